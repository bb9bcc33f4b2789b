"""Signed webhooks at a steady rate: is anything lost, and how long does the provider wait for its acknowledgement?

Part of `python -m bench`: `python -m bench.webhook_load [A_SECOND [SECONDS]]`. Each webhook is a citizen's SMS, signed
as Twilio signs; it is acknowledged when the answer is there, which comes after the message is committed. Calls begin
when they are due, whether the ones before are answered or not, as a provider's do.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx
from sqlalchemy import func, select
from twilio.request_validator import RequestValidator

from bench.figures import table
from bench.process_cost import cpu_seconds
from conversations.thread import InboundMessage
from core.database import transaction
from core.settings import settings
from loa.many_people import phone_of
from loa.rehearsal.installation import own_installation
from loa.stack import Stack

A_SECOND, SECONDS = 200, 30
_PATH = "/webhooks/twilio/sms"
_WITHOUT = ("rasa", "actions", "answers", "waves", "scheduler", "console", "simulator", "telegram")
_PHONES = 2000
_ALONE = 200
_WORDS = ("có", "Tôi muốn nhận qua tài khoản, đã có tài khoản Vietcombank", "bao gio co tien chau oi", "tu choi")


@dataclass(frozen=True)
class Call:
    """One signed request."""

    id: str
    body: bytes
    signature: str


@dataclass(frozen=True)
class Acknowledged:
    """How one call went."""

    id: str
    status: int
    milliseconds: float


def main() -> int:
    """Measure and print; the exit status is not 0 where a message was lost."""
    a_second = int(sys.argv[1]) if len(sys.argv) > 1 else A_SECOND
    seconds = int(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    with own_installation(without=_WITHOUT) as stack:
        calls = _signed(_ALONE + a_second * seconds)
        alone = asyncio.run(_one_after_the_other(calls[:_ALONE]))
        before, began = cpu_seconds(stack.running["public"].pid), time.perf_counter()
        loaded = asyncio.run(_at_a_steady_rate(calls[_ALONE:], a_second))
        took = time.perf_counter() - began
        print(_told(stack, alone, loaded, a_second, took, before))
        return 1 if _lost([*alone, *loaded]) else 0


def _signed(count: int) -> list[Call]:
    address = settings().public_base + _PATH
    validator = RequestValidator(settings().twilio_auth_token.get_secret_value())
    calls = []
    for number in range(count):
        fields = {
            "MessageSid": f"SM{number:032x}",
            "From": "+84" + phone_of(number % _PHONES)[1:],
            "To": settings().twilio_from,
            "Body": _WORDS[number % len(_WORDS)],
            "NumMedia": "0",
        }
        signature = str(validator.compute_signature(address, fields))
        calls.append(Call(fields["MessageSid"], urlencode(fields).encode(), signature))
    return calls


async def _one_after_the_other(calls: list[Call]) -> list[Acknowledged]:
    async with _client() as client:
        return [await _post(client, call, time.perf_counter()) for call in calls]


async def _at_a_steady_rate(calls: list[Call], a_second: int) -> list[Acknowledged]:
    async with _client() as client:
        began, under_way = time.perf_counter(), []
        for number, call in enumerate(calls):
            due = began + number / a_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            under_way.append(asyncio.create_task(_post(client, call, due)))
        return list(await asyncio.gather(*under_way))


async def _post(client: httpx.AsyncClient, call: Call, due: float) -> Acknowledged:
    """Timed from when it was due: a client that comes late is no excuse."""
    headers = {"X-Twilio-Signature": call.signature, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        answer = await client.post(_PATH, content=call.body, headers=headers)
        status = answer.status_code
    except httpx.HTTPError:
        status = 0
    return Acknowledged(call.id, status, 1000 * (time.perf_counter() - due))


def _client() -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=64, max_keepalive_connections=64, keepalive_expiry=1.0)
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings().public_port}", timeout=30, limits=limits)


def _lost(calls: list[Acknowledged]) -> int:
    """Calls that were not acknowledged, and acknowledged messages that are not in the database once."""
    with transaction() as session:
        rows = session.execute(
            select(InboundMessage.provider_message_id, func.count()).group_by(InboundMessage.provider_message_id)
        )
        kept: dict[str, int] = dict(rows.tuples().all())
    return sum(call.status != 200 or kept.get(call.id) != 1 for call in calls)


def _told(
    stack: Stack, alone: list[Acknowledged], loaded: list[Acknowledged], a_second: int, took: float, before: float
) -> str:
    spent = cpu_seconds(stack.running["public"].pid) - before
    rows = [_row("one after the other", alone), _row(f"{a_second} a second", loaded)]
    middle = [statistics.median(call.milliseconds for call in calls) for calls in (loaded, alone)]
    header = ["acknowledging a webhook", "calls", "median ms", "p95", "p99", "longest"]
    return "\n".join(
        (
            table(header, rows),
            f"  lost {_lost([*alone, *loaded])} of {len(alone) + len(loaded)};"
            f" {len(loaded) / took:.0f} a second were taken, {1000 * spent / len(loaded):.1f} ms CPU of the door each",
            f"  ratio: under this load the middle acknowledgement takes {middle[0] / middle[1]:.1f} times that alone",
        )
    )


def _row(title: str, calls: list[Acknowledged]) -> list[str]:
    times = sorted(call.milliseconds for call in calls)
    at = [times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99, 1.0)]
    return [title, str(len(calls)), *(f"{one:.1f}" for one in at)]


if __name__ == "__main__":
    sys.exit(main())
