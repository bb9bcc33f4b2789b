"""Threads that wait for a provider, or for the database, get their turn soon.

Python lets a thread that works keep the interpreter for five milliseconds before another, whose answer has come, may go
on. While the next batch is claimed that costs a third of the messages a second (measured: `bench/outreach_sending.py`);
at the public door, where a word waits for the database six times, it makes the slow answers (`bench/webhook_load.py`).
"""

from __future__ import annotations

import sys

SECONDS = 0.0005


def take_quick_turns() -> None:
    """For the whole process, and for good. A shorter time that somebody has set stays."""
    sys.setswitchinterval(min(SECONDS, sys.getswitchinterval()))
