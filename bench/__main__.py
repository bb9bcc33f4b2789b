"""`python -m bench [part…]`: prints what was measured; without a part, all of them.

roster     rows a second and peak memory when a list of 100,000 people is read, staged and merged.
search     milliseconds of the console's searches among 300,000 people, under row-level security, as an officer of one
           commune and as a manager; and of the queue of 50,000 claims.
dialogue   whole turns through relay, Rasa, action server and tracker: median, p95, turns a second at 1, 8 and 32 at
           once; seconds to start; peak memory; where a turn's milliseconds go; and the same bot on Rasa's default
           pipeline beside it, trained in the same run, as ratios.
sending    messages a second of a wave to a stand-in, beside a bare loop with the same HTTP client, and one job a
           message.
sealing    seconds and memory until a step for 300,000 and for 1,000,000 people has its rows.
webhooks   200 signed webhooks a second for 30 seconds: what was lost, and how long the acknowledgement takes.
"""

from __future__ import annotations

import subprocess
import sys

PARTS = {
    "roster": "bench.roster_import",
    "search": "bench.search",
    "dialogue": "bench.dialogue",
    "sending": "bench.outreach_sending",
    "sealing": "bench.outreach_sealing",
    "webhooks": "bench.webhook_load",
}


def main(wanted: list[str]) -> int:
    """Measure the wanted parts one after the other, each in a process of its own; the exit status."""
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        print(f"no such part: {', '.join(unknown)}\n\n{__doc__}", file=sys.stderr)
        return 2
    # A process of its own: the peak memory of one part is not that of the part before.
    statuses = [subprocess.run([sys.executable, "-m", PARTS[name]]).returncode for name in wanted or PARTS]
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
