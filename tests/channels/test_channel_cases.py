"""What every channel must pass going out, provider by provider, against its stand-in over HTTP.

It sends, refuses, throttles, times out after acceptance, answers late, rubbish, or not at all; a message leaves once at
most. `channel_case.py` says what a provider shows of itself for this, `table.py` who takes part; what comes in, and
what is told twice or late, is in `test_channel_cases_in.py`.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from outreach.channels.adapter import Accepted, Found, NotFound, NotSent, Throttled, Unknown
from outreach.channels.fuse import Fuse
from outreach.channels.registry import adapter_for
from tests.channels.channel_case import ChannelCase, Outbound
from tests.channels.playing import SENDING, point_at
from tests.channels.rubbish import BODIES, nobody, rubbish
from tests.channels.standing import Standing

TEXT = "Chào bà ạ"


@pytest.fixture
def out(case: ChannelCase, site: Standing) -> Outbound:
    """The provider's sending side."""
    assert case.outbound is not None
    return case.outbound


def lit() -> Fuse:
    return Fuse(60)


@SENDING
def test_it_sends(case: ChannelCase, site: Standing, out: Outbound) -> None:
    outcome = adapter_for(out.account).send(out.message(1, TEXT), lit())
    assert isinstance(outcome, Accepted) and outcome.provider_id
    assert out.taken(site) == [TEXT]


@SENDING
def test_it_sends_many_at_once_and_mixes_nothing_up(case: ChannelCase, site: Standing, out: Outbound) -> None:
    texts = [f"tin số {number}" for number in range(12)]
    adapter = adapter_for(out.account)
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(lambda n: adapter.send(out.message(n, texts[n]), lit()), range(len(texts))))
    assert all(isinstance(outcome, Accepted) for outcome in outcomes)
    assert len({outcome.provider_id for outcome in outcomes if isinstance(outcome, Accepted)}) == len(texts)
    assert sorted(out.taken(site)) == sorted(texts)


@SENDING
def test_it_refuses(case: ChannelCase, site: Standing, out: Outbound) -> None:
    for refusal in out.refusals:
        if refusal.fault is not None:
            site.fault(case.name, count=1, **refusal.fault)
        message = replace(out.message(1, TEXT), **refusal.changes)
        assert adapter_for(out.account).send(message, lit()) == refusal.expected
    assert out.taken(site) == []


@SENDING
def test_it_throttles(case: ChannelCase, site: Standing, out: Outbound) -> None:
    site.fault(case.name, "rate_limited", count=1)
    assert isinstance(adapter_for(out.account).send(out.message(1, TEXT), lit()), Throttled)
    assert out.taken(site) == []
    assert isinstance(adapter_for(out.account).send(out.message(1, TEXT), lit()), Accepted)


@SENDING
@pytest.mark.parametrize("kind", ["timeout_after_accept", "dropped_after_accept"])
def test_its_answer_is_lost_after_acceptance(
    case: ChannelCase, site: Standing, out: Outbound, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """It was sent once, nobody knows, and nobody finds that it was not sent."""
    point_at(monkeypatch, case, site.url, LOA_READ_TIMEOUT_SECONDS="0.5")
    site.fault(case.name, kind, count=1)
    message = out.message(1, TEXT)
    assert isinstance(adapter_for(out.account).send(message, lit()), Unknown)
    assert out.taken(site) == [TEXT]
    assert not isinstance(adapter_for(out.account).look_up(message, []), NotFound)


@SENDING
def test_its_connection_breaks_before_acceptance(case: ChannelCase, site: Standing, out: Outbound) -> None:
    """As seen from here the same; and it is asked once, whatever becomes of it."""
    site.fault(case.name, "dropped")
    message = out.message(1, TEXT)
    assert isinstance(adapter_for(out.account).send(message, lit()), Unknown)
    assert len(site.control.get("/log", params={"event": "dropped"}).json()["entries"]) == 1
    site.control.delete("/faults")
    assert out.taken(site) == []
    assert not isinstance(adapter_for(out.account).look_up(message, []), Found)


@SENDING
@pytest.mark.parametrize("status", [500, 502, 503])
def test_it_is_broken(case: ChannelCase, site: Standing, out: Outbound, status: int) -> None:
    site.fault(case.name, "server_error", count=1, code=status)
    assert adapter_for(out.account).send(out.message(1, TEXT), lit()) == Unknown(f"http_{status}")


@SENDING
def test_it_answers_late(case: ChannelCase, site: Standing, out: Outbound) -> None:
    site.fault(case.name, "slow", count=1, seconds=0.3)
    assert isinstance(adapter_for(out.account).send(out.message(1, TEXT), lit()), Accepted)
    assert out.taken(site) == [TEXT]


@SENDING
@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_it_answers_rubbish(
    case: ChannelCase, site: Standing, out: Outbound, monkeypatch: pytest.MonkeyPatch, body: bytes
) -> None:
    """Nobody knows what became of the message; it is not repeated, and nothing breaks."""
    with rubbish(body) as (url, asked):
        point_at(monkeypatch, case, url)
        assert isinstance(adapter_for(out.account).send(out.message(1, TEXT), lit()), Unknown)
        assert len(asked) == 1
        assert not isinstance(adapter_for(out.account).look_up(out.message(1, TEXT), []), Found)


@SENDING
def test_nobody_answers(case: ChannelCase, site: Standing, out: Outbound, monkeypatch: pytest.MonkeyPatch) -> None:
    with nobody() as url:
        point_at(monkeypatch, case, url)
        outcome = adapter_for(out.account).send(out.message(1, TEXT), lit())
    assert isinstance(outcome, NotSent) and outcome.away


@SENDING
def test_a_blown_fuse_lets_nothing_out(case: ChannelCase, site: Standing, out: Outbound) -> None:
    adapter, message = adapter_for(out.account), out.message(1, TEXT)
    assert adapter.send(message, Fuse(-1)) == NotSent("fuse_blown")
    looks = iter([0.0, 0.0])  # lit, and looked at in time; after the connection is made it has blown
    assert adapter.send(message, Fuse(5, lambda: next(looks, 99.0))) == NotSent("fuse_blown")
    assert out.taken(site) == []
