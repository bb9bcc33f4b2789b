"""On Zalo the phone comes by a form that may be typed into: it counts once the person's code agrees with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from conversations.events import Event
from conversations.thread import Channel, Thread
from core.database import transaction
from core.encryption import blind_index
from roster.contact import ContactKind, ContactPoint
from tests.bot.conftest import NewTalk
from tests.bot.talk import Heard, Talk, invite
from tests.console.ward import Citizen, citizen
from tests.outreach.conftest import read_settings_anew

SHARE, CODE, RESPONDENT = "Gửi số điện thoại", "mã hồ sơ", "hay người nhà"
ACCOUNT = {
    "LOA_ZALO_APP_ID": "1000000000000000001",
    "LOA_ZALO_APP_SECRET": "invented-app-secret",
    "LOA_ZALO_OA_ID": "2000000000000000002",
    "LOA_ZALO_OA_SECRET": "invented-oa-secret",
}


@pytest.fixture
def zalo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An Official Account is set up, so that answers have a way out."""
    for name, value in ACCOUNT.items():
        monkeypatch.setenv(name, value)
    read_settings_anew()
    yield
    monkeypatch.undo()
    read_settings_anew()


@pytest.fixture
def talk(zalo: None, new_talk: NewTalk) -> Talk:
    """Somebody on Zalo, asked for the code."""
    talk = new_talk(channel=Channel.ZALO)
    assert CODE in talk.converse("có", "đồng ý")
    return talk


def fill_in(talk: Talk, phone: str) -> Heard:
    return talk.say(event=Event.TYPED_CONTACT, shared_phone=phone)


def tied_to(talk: Talk) -> str | None:
    """The phone that the account is known to be of."""
    index = blind_index(ContactKind.ZALO.value, talk.address)
    with transaction() as session:
        account = session.scalars(
            select(ContactPoint).where(ContactPoint.kind == ContactKind.ZALO, ContactPoint.address_index == index)
        ).one()
        assert session.scalar(select(Thread.id).where(Thread.contact_id == account.id)) is not None
        return session.get_one(ContactPoint, account.same_as).address if account.same_as else None


@pytest.fixture
def invited(running_campaign: int) -> Citizen:
    person = citizen()
    invite(person, running_campaign)
    return person


def test_a_typed_phone_does_not_stand_for_the_code(talk: Talk, invited: Citizen) -> None:
    """Anybody could have typed a neighbour's."""
    heard = fill_in(talk, invited.phone)
    assert CODE in heard.text
    assert (talk.draft().person_id, tied_to(talk)) == (None, None)


def test_a_button_that_leads_nowhere_is_not_offered(zalo: None, new_talk: NewTalk) -> None:
    talk = new_talk(channel=Channel.ZALO)
    talk.say("có")
    heard = talk.say("đồng ý")
    assert CODE in heard.text
    assert SHARE not in heard.choices


def test_the_code_confirms_the_phone_typed_before_it(talk: Talk, invited: Citizen) -> None:
    fill_in(talk, invited.phone)
    assert RESPONDENT in talk.say(invited.reference).text
    assert (talk.draft().person_id, tied_to(talk)) == (invited.person_id, invited.phone)


def test_the_code_confirms_the_phone_typed_after_it(talk: Talk, invited: Citizen) -> None:
    talk.say(invited.reference)
    assert tied_to(talk) is None
    assert RESPONDENT in fill_in(talk, invited.phone).text
    assert tied_to(talk) == invited.phone


def test_a_code_does_not_confirm_somebody_elses_phone(talk: Talk, invited: Citizen, running_campaign: int) -> None:
    neighbour = citizen("Trần Văn Ba")
    invite(neighbour, running_campaign)
    fill_in(talk, neighbour.phone)
    talk.say(invited.reference)
    assert (talk.draft().person_id, tied_to(talk)) == (invited.person_id, None)


def test_who_has_no_code_is_not_tied(talk: Talk, invited: Citizen) -> None:
    fill_in(talk, invited.phone)
    talk.say("Không có mã")
    assert (talk.draft().person_id, tied_to(talk)) == (None, None)


def test_what_was_typed_and_a_code_are_no_answer_from_the_invited_phone(talk: Talk, invited: Citizen) -> None:
    """An officer looks at it: two things that a neighbour may have read are less than the phone itself."""
    fill_in(talk, invited.phone)
    talk.say(invited.reference)
    talk.converse("tôi", "không", "quen tiền mặt", "0912000111", "đúng rồi")
    [claim] = talk.claims()
    assert (claim.person_id, claim.from_invited_phone) == (invited.person_id, False)
