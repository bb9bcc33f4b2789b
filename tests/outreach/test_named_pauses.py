"""A provider names the time before which it takes nothing: nobody knocks earlier, answers to people included."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.database import transaction
from outreach.account_pause import is_held, is_paused
from outreach.channels.adapter import Outgoing, Throttled
from outreach.channels.fuse import Fuse
from outreach.channels.registry import adapter_for
from outreach.dispatch import due_accounts
from outreach.message import Message, MessageState
from outreach.replies import send_reply_messages, wake_replies
from tests.channels.domestic_site import Site, StartSite, answers_always, emptied, start_site
from tests.environment import TestClock
from tests.outreach.conftest import read_settings_anew
from tests.outreach.office import Office, new_phone

__all__ = ["emptied", "start_site"]

GATEWAY = "speedsms"
NAMED = 90
BEFORE, AFTER = timedelta(seconds=NAMED - 10), timedelta(seconds=11)


@pytest.fixture
def site(emptied: str, start_site: StartSite) -> Site:
    """A gateway that says, in its 429, when it takes messages again."""
    return start_site(GATEWAY, {"LOA_SPEEDSMS_PER_MINUTE": "6000"})


@pytest.fixture
def office(clock: TestClock, site: Site) -> Office:
    return Office(clock, None)  # type: ignore[arg-type]  # another provider's


def invite(office: Office, count: int) -> list[str]:
    phones = [new_phone() for _ in range(count)]
    for phone in phones:
        office.person(phone)
    office.campaign()
    office.seal()
    return phones


def reply(office: Office, phone: str, to: int) -> int:
    """An answer that goes out over the gateway."""
    number = office.reply(phone, "Dạ, vâng ạ", reply_to=to)
    with transaction() as session:
        row = session.get_one(Message, number)
        row.account = row.provider = GATEWAY
    return number


def taken(site: Site, phones: list[str]) -> int:
    return sum(len(site.texts_to("+84" + phone[1:])) for phone in phones)


def refused(site: Site) -> int:
    return len(site.log("refused"))


def test_a_wave_waits_as_long_as_the_provider_has_said(office: Office, site: Site) -> None:
    phones = invite(office, 30)
    site.fault("rate_limited", seconds=NAMED)
    office.send(GATEWAY)
    knocked = refused(site)
    assert 0 < knocked <= 16, "what had not left yet stayed here"
    site.standing.control.delete("/faults")
    later = office.clock.advance(BEFORE)
    with transaction() as session:
        assert due_accounts(session, later) == []
    assert office.send(GATEWAY).looked_at == 0
    assert (taken(site, phones), refused(site)) == (0, knocked)
    after = office.clock.advance(AFTER)
    with transaction() as session:
        assert due_accounts(session, after) == [GATEWAY]
    office.send(GATEWAY)
    assert taken(site, phones) == 30


def test_an_answer_waits_too_and_so_does_the_wave_after_it(office: Office, site: Site) -> None:
    phones = invite(office, 2)
    first, second = (reply(office, phone, to) for to, phone in enumerate(phones))
    site.fault("rate_limited", count=1, seconds=NAMED)
    assert send_reply_messages([first]) == 0
    assert send_reply_messages([second]) == 0
    later = office.clock.advance(BEFORE)
    assert (send_reply_messages([first, second]), office.send(GATEWAY).looked_at) == (0, 0)
    with transaction() as session:
        assert wake_replies(session, later) == 0
    assert (taken(site, phones), refused(site)) == (0, 1)
    after = office.clock.advance(AFTER)
    with transaction() as session:
        assert wake_replies(session, after) == 2
    assert send_reply_messages([first, second]) == 2
    assert {office.message(one).state for one in (first, second)} == {MessageState.ACCEPTED}


def test_an_account_that_rests_for_another_reason_still_answers(office: Office, site: Site) -> None:
    [phone] = invite(office, 1)
    site.fault("refused", code=300, count=1)
    office.send(GATEWAY)
    with transaction() as session:
        assert is_paused(session, GATEWAY, office.clock.now())
        assert not is_held(session, GATEWAY, office.clock.now())
    assert send_reply_messages([reply(office, phone, 1)]) == 1


@pytest.mark.parametrize(("said", "expected"), [("17", 17.0), ("0", 0.0), ("soon", None), (None, None)])
def test_twilio_names_its_time_in_a_header(said: str | None, expected: float | None, office: Office) -> None:
    headers = {"Retry_After": said} if said else {}
    body = '{"code": 20429, "message": "Too Many Requests", "status": 429}'
    with answers_always(429, body, **headers) as url, pytest.MonkeyPatch.context() as settings:
        settings.setenv("LOA_TWILIO_BASE_URL", url)
        read_settings_anew()
        assert adapter_for("twilio").send(Outgoing(1, "0912345678", "Chào bà"), Fuse(60)) == Throttled(expected)
