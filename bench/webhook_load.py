"""Signed webhooks at a steady rate: is anything lost or taken twice, and how long does a provider wait for its answer?

Part of `python -m bench`: `python -m bench.webhook_load [A_SECOND [SECONDS [TIMES]]]`. Citizens' messages over Twilio,
Zalo and Telegram, signed as each signs, come to the public door as an installation runs it, and are acknowledged when
they are committed. One in twenty comes twice, as providers repeat what they think was lost. The machine's load is told
beside the figures: the door, its database and the providers played here share it with whatever else runs.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, text

from bench.figures import table
from bench.outreach_site import database_pid
from bench.process_cost import cpu_seconds
from bench.webhook_calls import Call, signed_calls
from bench.webhook_client import Acknowledged, Provider
from conversations.thread import InboundMessage
from core.database import transaction
from core.settings import settings
from loa.rehearsal.installation import own_installation, read_settings_anew
from loa.stack import Stack
from loa.stand_ins.accounts import development_accounts

A_SECOND, SECONDS, TIMES = 200, 30, 2
AIM_MILLISECONDS = 50
_WITHOUT = ("rasa", "actions", "answers", "waves", "scheduler", "public", "console", "simulator", "telegram")
_ALONE = 300
_REPEATED = 20
"""One call in so many is made twice."""


@dataclass(frozen=True)
class Run:
    """One run: how each call went, what each cost the door's and the database's processors, the machine's load."""

    calls: list[Acknowledged]
    seconds: float
    door_cpu: float
    database_cpu: float
    load: tuple[float, float]


def main() -> int:
    """Measure and print; the exit status is not 0 where a message was lost or taken twice."""
    given = [int(one) for one in sys.argv[1:4]]
    a_second, seconds, times = (*given, *(A_SECOND, SECONDS, TIMES)[len(given) :])
    with own_installation(without=_WITHOUT) as stack:
        _open_door(stack)
        provider = Provider(settings().public_port)
        alone = asyncio.run(provider.one_after_the_other(signed_calls(0, _ALONE)))
        runs = [_loaded(stack, _ALONE + run * a_second * seconds, a_second, seconds) for run in range(times)]
        everything = [*alone, *(call for run in runs for call in run.calls)]
        lost, twice = _lost(everything), _twice(everything)
        print(_told(alone, runs, a_second))
        print(f"  of {len({one.call.name for one in everything})} messages {lost} lost, {twice} taken or queued twice")
        return 1 if lost or twice else 0


def _open_door(stack: Stack) -> None:
    """Start the public door, with an account at each of the providers."""
    for account in development_accounts(settings()):
        os.environ.update(account)
    read_settings_anew()
    stack.start(stack.process("public"))
    stack.wait_until_up(["public"])


def _loaded(stack: Stack, first: int, a_second: int, seconds: int) -> Run:
    calls = _with_repeats(signed_calls(first, a_second * seconds))[: a_second * seconds]
    door, database = stack.running["public"].pid, database_pid()
    before, load_before = [cpu_seconds(door), cpu_seconds(database)], os.getloadavg()[0]
    began = time.perf_counter()
    acknowledged = asyncio.run(Provider(settings().public_port).at_a_steady_rate(calls, a_second))
    took = time.perf_counter() - began
    after = [cpu_seconds(door), cpu_seconds(database)]
    each = [1000 * (late - early) / len(calls) for early, late in zip(before, after, strict=True)]
    return Run(acknowledged, took, each[0], each[1], (load_before, os.getloadavg()[0]))


def _with_repeats(calls: Sequence[Call]) -> list[Call]:
    """Every so many calls one that was made a little before comes again."""
    return [
        one
        for number, call in enumerate(calls)
        for one in ([call, calls[number - 5]] if number % _REPEATED == _REPEATED - 1 else [call])
    ]


def _lost(calls: Sequence[Acknowledged]) -> int:
    """Messages of which a call was not acknowledged, or that are not there."""
    kept = set(_kept())
    return len({one.call.name for one in calls if one.status not in range(200, 300) or one.call.name not in kept})


def _twice(calls: Sequence[Acknowledged]) -> int:
    """Messages with more than one row, and jobs that answer beyond the number of messages."""
    kept = Counter(_kept())
    with transaction() as session:
        jobs = session.scalar(
            select(func.count())
            .select_from(text("procrastinate_jobs"))
            .where(text("task_name = 'conversations.answer'"))
        )
    return sum(count > 1 for count in kept.values()) + abs((jobs or 0) - len({one.call.name for one in calls}))


def _kept() -> list[str]:
    with transaction() as session:
        return list(session.scalars(select(InboundMessage.provider_message_id)))


def _told(alone: Sequence[Acknowledged], runs: Sequence[Run], a_second: int) -> str:
    header = ["acknowledging a webhook", "calls", "median ms", "p95", "p99", "longest", "a second", "load"]
    rows = [["one after the other", *_times(alone), "", ""]]
    for run in runs:
        rate = f"{len(run.calls) / run.seconds:.0f}"
        rows.append([f"{a_second} a second", *_times(run.calls), rate, "{:.1f} to {:.1f}".format(*run.load)])
        for channel in dict.fromkeys(one.call.channel for one in run.calls):
            rows.append(
                [f"  of these {channel}", *_times([one for one in run.calls if one.call.channel is channel]), "", ""]
            )
    door, database = (
        statistics.mean(costs) for costs in zip(*((one.door_cpu, one.database_cpu) for one in runs), strict=True)
    )
    best = min(_at(run.calls, 0.99) for run in runs)
    return "\n".join(
        (
            table(header, rows),
            f"  a call costs the door {door:.1f} ms of a processor and the database {database:.1f} ms;"
            f" this machine has {os.cpu_count()} processors",
            f"  p99 {best:.0f} ms in the calmest run; aimed at {AIM_MILLISECONDS} ms",
        )
    )


def _times(calls: Sequence[Acknowledged]) -> list[str]:
    return [str(len(calls)), *(f"{_at(calls, share):.1f}" for share in (0.5, 0.95, 0.99, 1.0))]


def _at(calls: Sequence[Acknowledged], share: float) -> float:
    times = sorted(call.milliseconds for call in calls)
    return times[min(len(times) - 1, int(len(times) * share))]


if __name__ == "__main__":
    sys.exit(main())
