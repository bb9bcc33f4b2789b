"""One run of the crash test, from an empty installation to the reckoning."""

from __future__ import annotations

import asyncio
import os
import random
import secrets
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from core.clock import now, today
from core.database import transaction
from loa.crash_test.blows import LONG, plan
from loa.crash_test.progress import Progress
from loa.crash_test.reckoning import Reckoning, reckon
from loa.crash_test.stage import Stage
from loa.many_people import add_people
from loa.rehearsal.installation import own_installation, read_settings_anew
from outreach.campaign_setup import CampaignPlan, plan_campaign, steps_of
from outreach.channels.registry import accounts_for
from outreach.releasing import release_step
from outreach.rungs import ONLY_SMS

NOT_NEEDED = ("rasa", "actions", "answers", "waves", "scheduler", "public", "console")
FACTS = {"phone": "024 3852 0000", "office": "bộ phận một cửa", "hours": "8h-17h", "payday": "5"}
WORKERS = 3
_PLANNER, _RELEASER = 1, 2
_SECONDS_A_BLOW = 1.5
_LEAST_SECONDS, _SECONDS_A_KILL, _LEAST_A_SECOND = 120, 30, 20
"""A run that takes longer than this has got stuck."""

HURRIED = {
    # Patience scaled down, in the same order of size: who waits for whom stays as it is in earnest.
    "LOA_CONNECT_TIMEOUT_SECONDS": "1",
    "LOA_READ_TIMEOUT_SECONDS": "2",
    "LOA_FUSE_SECONDS": "2",
    "LOA_SETTLING_SECONDS": "6",
    "LOA_SILENT_WORKER_SECONDS": "30",
    "LOA_RETRY_PAUSE_SECONDS": "1",
    "LOA_ACCOUNT_PAUSE_SECONDS": "5",
    "LOA_HEARTBEAT_SECONDS": "0.5",
    "LOA_STALLED_AFTER_SECONDS": "2",
    "LOA_LOOK_FOR_JOBS_SECONDS": "0.5",
    "LOA_TICKS_FASTER": "10",
    # A row that a run of blows strikes again and again must not be given up for that.
    "LOA_MOST_ATTEMPTS": "50",
    "LOA_TWILIO_DAILY_QUOTA": "100000000",
    "LOA_WATCH_ERROR_SHARE": "1",
    "LOA_WATCH_LEAST_OUTCOMES": "1000000",
    # Nobody listens for receipts here: the stand-in's calls fail at once.
    "LOA_PUBLIC_URL": "http://127.0.0.1:9",
}


@dataclass(frozen=True)
class Ended:
    """How a run ended: what was done, how long it took, what came of it."""

    kills: Counter[str]
    others: Counter[str]
    calls_from_elsewhere: int
    seconds: float
    sent_by: list[str]
    reckoning: Reckoning


def run_crash_test(
    people: int, kills: int, seed: int, keep_logs: Path | None = None, *, workers: int = WORKERS
) -> Ended:
    """A wave to `people` with `kills` kills and what else `seed` brings. Raises NeverEnded, StackFailed.

    workers: so many here (at least 2), and one less on another machine that joins and leaves.
    """
    chance = random.Random(seed)
    with (
        _sms_accounts(at_esms=kills >= LONG),
        own_installation(without=NOT_NEEDED),
        tempfile.TemporaryDirectory(prefix="loa-crash-") as scratch,
    ):
        blows = plan(kills, chance)
        os.environ.update({**HURRIED, **_pace(people, len(blows))})
        read_settings_anew()
        folder = keep_logs or Path(scratch)
        folder.chmod(0o755)
        add_people(people, now())
        _release_wave()
        stage, began = Stage(folder, chance, workers), time.monotonic()
        longest = _LEAST_SECONDS + kills * _SECONDS_A_KILL + people / _LEAST_A_SECOND
        asyncio.run(stage.play(blows, Progress(people), longest))
        seconds = time.monotonic() - began
        sent_by = [account.name for account in accounts_for("sms")]
        tally = stage.tally
        return Ended(tally.kills, tally.others, tally.calls_from_elsewhere, seconds, sent_by, reckon(people))


def _pace(people: int, blows: int) -> dict[str, str]:
    """So slow that the wave is not out before every blow has fallen."""
    per_second = str(max(2.0, people / (blows * _SECONDS_A_BLOW)))
    return {"LOA_ESMS_PER_SECOND": per_second, "LOA_TWILIO_PER_SECOND": per_second, "LOA_TWILIO_COUNTS": "messages"}


@contextmanager
def _sms_accounts(*, at_esms: bool) -> Iterator[None]:
    """Twilio's stand-in, and perhaps eSMS's before it, so that there is one to fail over to.

    A provider that keeps keys forgives whoever sends twice; Twilio does not, so a short run sends over it alone.
    """
    before = dict(os.environ)
    os.environ.update({"LOA_ESMS_API_KEY": "", "LOA_SPEEDSMS_TOKEN": "", **(_esms_account() if at_esms else {})})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _esms_account() -> dict[str, str]:
    return {
        "LOA_ESMS_API_KEY": secrets.token_hex(15).upper(),
        "LOA_ESMS_SECRET_KEY": secrets.token_hex(15).upper(),
        "LOA_ESMS_BRANDNAME": "UBND-LANG",
        "LOA_ESMS_CALLBACK_SECRET": secrets.token_hex(16),
    }


def _release_wave() -> None:
    """One invitation to everybody over SMS, due now, released by a second person."""
    wanted = CampaignPlan(
        name="Thử sức chịu lỗi",
        deadline=today() + timedelta(days=60),
        due_at=now(),
        facts=FACTS,
        ladder=ONLY_SMS,
        reminder=None,
    )
    with transaction() as session:
        campaign = plan_campaign(session, wanted, _PLANNER, now())
        for step in steps_of(session, campaign.id):
            release_step(session, step.id, _RELEASER, now())


def told(ended: Ended) -> str:
    """The report, the last line being what counts."""
    done = ", ".join(f"{name} {count}" for name, count in sorted(ended.kills.items()))
    others = ", ".join(f"{name} {count}" for name, count in sorted(ended.others.items()))
    states = ", ".join(f"{state} {count}" for state, count in ended.reckoning.states.items() if count)
    return "\n".join(
        (
            f"people {ended.reckoning.people}, {ended.seconds:.0f} s, accounts {', '.join(ended.sent_by)},"
            f" settling time {HURRIED['LOA_SETTLING_SECONDS']} s",
            f"kills {ended.kills.total()}: {done}",
            f"besides: {others}; calls from the other machine {ended.calls_from_elsewhere}",
            f"ledger: {states}; rows that say what is not so {ended.reckoning.untrue},"
            f" that break the ledger's equation {ended.reckoning.unbalanced}",
            str(ended.reckoning),
        )
    )
