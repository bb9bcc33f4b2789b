"""The ladder: whom a message does not reach is tried over the next channel, then called, then visited; until the first
answer.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, text

from core.database import transaction
from language.phones import to_e164
from outreach.campaign_setup import TextRefused, usual_ladder
from outreach.follow_up import FollowUp, FollowUpKind
from outreach.ledger import unbalanced_rows
from outreach.message import Message, MessageState
from outreach.reasons import Reason
from outreach.releasing import ReleaseRefused
from outreach.rungs import ONLY_SMS, ZALO_FIRST, Rung
from outreach.step import StepKind, StepState
from outreach.ticks import finish
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.outreach.office import Office, new_phone
from tests.simulator.zalo_customer import ZaloStandIn

__all__ = ["zalo_site"]

LANDLINE = "02438340000"
SMS_THEN_OFFICERS = (Rung("sms"), Rung("call", timedelta(hours=24)), Rung("visit"))
TEMPLATE = {
    "id": "700001",
    "body": "<phuong> kính gửi <ten>. Trợ cấp vẫn trả như trước. Mã hồ sơ: <ma>. Hạn: <han>. Hỏi tổ trưởng.",
    "parameters": {
        "phuong": {"text": "UBND {phuong_xa}", "longest": 50},
        "ten": {"text": "{xung_ho} {ten_goi}"},
        "ma": {"text": "{ma_ho_so}"},
        "han": {"text": "{han_chot}", "longest": 20, "kind": "date"},
    },
}


@pytest.fixture
def zalo(office: Office, zalo_site: StartSite, tmp_path: Path) -> ZaloStandIn:
    """An Official Account beside the SMS account, with a template for invitations."""
    path = tmp_path / "templates.json"
    path.write_text(json.dumps({"invitation": TEMPLATE}), encoding="utf-8")
    site = zalo_site({"LOA_ZALO_TEMPLATES_FILE": str(path)})
    authorise()
    return site


def tasks() -> dict[tuple[UUID, FollowUpKind], FollowUp]:
    with transaction() as session:
        found = session.scalars(select(FollowUp))
        return {(one.person_id, one.kind): one for one in found if one.person_id is not None}


def invite(office: Office, *ladder: Rung) -> None:
    office.campaign(ladder=ladder, reminder=None)
    office.seal()
    for account in sorted({"zalo" if one.channel == "zalo" else "twilio" for one in ladder if one.by_message}):
        office.send(account)


def make(office: Office, person: UUID, state: MessageState, reason: Reason | None = None) -> None:
    """The person's last message ends so."""
    with transaction() as session:
        message = session.get_one(Message, office.messages_of(person)[-1].id)
        message.state, message.reason = state, reason


def balanced() -> bool:
    with transaction() as session:
        return unbalanced_rows(session) == 0


def test_zalo_first_and_sms_after_six_hours_without_delivery(office: Office, zalo: ZaloStandIn) -> None:
    phone = new_phone()
    person = office.person(phone)
    invite(office, *ZALO_FIRST)
    [first] = office.messages_of(person)
    assert (first.channel, first.state, first.contact_id) == ("zalo", MessageState.ACCEPTED, office.contact(phone))
    assert first.template is not None and first.template["data"]["han"] == "20/01/2027"
    assert (first.body or "").startswith("UBND Phường Láng kính gửi ông/bà (mã ")
    office.clock.advance(timedelta(hours=5, minutes=50))
    assert office.climb() == 0
    office.clock.advance(timedelta(minutes=20))
    assert office.climb() == 1
    assert office.climb() == 0
    office.send()
    assert [one.channel for one in office.messages_of(person)] == ["zalo", "sms"]
    assert len(office.texts_to(phone)) == 1, "the day's one message, over another channel"
    assert balanced()


def test_a_refusal_is_not_waited_for(office: Office, zalo: ZaloStandIn) -> None:
    phone = new_phone()
    person = office.person(phone)
    zalo.person(to_e164(phone), has_zalo=False)
    invite(office, *ZALO_FIRST)
    [first] = office.messages_of(person)
    assert (first.state, first.reason) == (MessageState.REJECTED, Reason.UNREACHABLE)
    assert office.climb() == 1
    office.send()
    assert len(office.texts_to(phone)) == 1


def test_what_does_not_fit_the_template_goes_on_at_once(office: Office, zalo: ZaloStandIn) -> None:
    """Three codes of a household are longer than the parameter may be."""
    phone = new_phone()
    people = [office.person(phone) for _ in range(3)]
    invite(office, *ZALO_FIRST)
    with transaction() as session:
        [row] = session.scalars(select(Message))
        assert (row.state, row.reason, row.error_code) == (MessageState.CANCELLED, Reason.NOT_THIS_CHANNEL, "ma")
    assert office.climb() == 1
    office.send()
    [body] = office.texts_to(phone)
    with transaction() as session:
        assert len(session.scalars(select(Message)).all()) == 2
    assert body.count(", ") >= len(people) - 1
    assert balanced()


def test_the_last_channels_misfit_is_held_for_a_human(office: Office, zalo: ZaloStandIn) -> None:
    phone = new_phone()
    for _ in range(3):
        office.person(phone)
    other = office.person(new_phone())
    invite(office, Rung("zalo"))
    with transaction() as session:
        held = session.scalars(select(Message).where(Message.state == MessageState.HELD)).one()
        assert held.reason == Reason.NO_TEXT
    assert office.message_of(other).state is MessageState.ACCEPTED, "nobody else is stopped by it"


def test_the_template_is_the_one_of_the_release(office: Office, zalo: ZaloStandIn, tmp_path: Path) -> None:
    person = office.person(new_phone())
    office.campaign(ladder=ZALO_FIRST, reminder=None)
    (tmp_path / "templates.json").write_text("{}")
    office.seal()
    office.send("zalo")
    assert (office.message_of(person).body or "").startswith("UBND Phường")


def test_without_a_template_a_ladder_with_zalo_is_not_released(
    office: Office, zalo: ZaloStandIn, tmp_path: Path
) -> None:
    (tmp_path / "templates.json").write_text("{}")
    with pytest.raises(ReleaseRefused, match="Chưa khai mẫu Zalo"):
        office.campaign(ladder=ZALO_FIRST, reminder=None)
    (tmp_path / "templates.json").write_text(json.dumps({"invitation": {**TEMPLATE, "body": "Xem http://a.vn",
                                                                        "parameters": {}}}))  # fmt: skip
    with pytest.raises(TextRefused):
        office.campaign(ladder=ZALO_FIRST, reminder=None)


def test_the_usual_ladder_is_sms_alone_unless_zalo_is_ready(office: Office) -> None:
    assert usual_ladder(StepKind.INVITATION) == ONLY_SMS


def test_the_usual_ladder_begins_with_zalo_where_it_is_ready(office: Office, zalo: ZaloStandIn) -> None:
    assert usual_ladder(StepKind.INVITATION) == ZALO_FIRST
    assert usual_ladder(StepKind.FINAL) == ONLY_SMS


def undelivered(office: Office, person: UUID, phone: str) -> None:
    make(office, person, MessageState.UNDELIVERED, Reason.UNREACHABLE)


def test_a_failed_sms_becomes_a_call(office: Office) -> None:
    phone = new_phone()
    person = office.person(phone)
    invite(office, *SMS_THEN_OFFICERS)
    undelivered(office, person, phone)
    assert office.climb() == 1
    assert office.climb() == 0
    [task] = tasks().values()
    assert (task.kind, task.contact_id, task.step_id) == (FollowUpKind.CALL, office.contact(phone), office.step().id)
    assert task.due_at > task.opened_at == office.clock.now().replace(microsecond=task.opened_at.microsecond)


def test_what_was_taken_and_never_arrived_becomes_a_call_after_a_day(office: Office) -> None:
    office.person(new_phone())
    invite(office, *SMS_THEN_OFFICERS)
    office.clock.advance(timedelta(hours=23))
    assert office.climb() == 0
    office.clock.advance(timedelta(hours=2))
    assert office.climb() == 1


def is_delivered(office: Office, person: UUID, phone: str) -> None:
    make(office, person, MessageState.DELIVERED)


def is_unknown(office: Office, person: UUID, phone: str) -> None:
    make(office, person, MessageState.UNKNOWN, Reason.ANSWER_LOST)


def is_held(office: Office, person: UUID, phone: str) -> None:
    make(office, person, MessageState.HELD, Reason.FAULTY)


def had_stopped_us_there(office: Office, person: UUID, phone: str) -> None:
    make(office, person, MessageState.REJECTED, Reason.OPTED_OUT)


def answers(office: Office, person: UUID, phone: str) -> None:
    undelivered(office, person, phone)
    office.draft(person, phone, idle=timedelta(0))


def writes(office: Office, person: UUID, phone: str) -> None:
    undelivered(office, person, phone)
    office.hear(phone)


def stops(office: Office, person: UUID, phone: str) -> None:
    undelivered(office, person, phone)
    office.stop(phone)


def dies(office: Office, person: UUID, phone: str) -> None:
    undelivered(office, person, phone)
    office.change_person(person, deceased_at=office.clock.now())


def takes_consent_back(office: Office, person: UUID, phone: str) -> None:
    undelivered(office, person, phone)
    office.change_person(person, withdrew_at=office.clock.now())


def campaign_is_paused(office: Office, person: UUID, phone: str) -> None:
    undelivered(office, person, phone)
    office.change_campaign(state="paused")


@pytest.mark.parametrize(
    "happens",
    [is_delivered, is_unknown, is_held, had_stopped_us_there, answers, writes, stops, dies, takes_consent_back,
     campaign_is_paused],
)  # fmt: skip
@pytest.mark.parametrize("ladder", [(Rung("sms"), Rung("call", timedelta(hours=1)))])
def test_nobody_climbs_who_needs_not_or_must_not(
    office: Office, happens: Callable[[Office, UUID, str], None], ladder: tuple[Rung, ...]
) -> None:
    phone = new_phone()
    person = office.person(phone)
    invite(office, *ladder)
    office.clock.advance(timedelta(minutes=5))
    happens(office, person, phone)
    office.clock.advance(timedelta(hours=3))
    assert office.climb() == 0
    assert tasks() == {}


@pytest.mark.parametrize("happens", [answers, writes, stops, dies])
def test_nor_to_the_next_message(
    office: Office, zalo: ZaloStandIn, happens: Callable[[Office, UUID, str], None]
) -> None:
    phone = new_phone()
    person = office.person(phone)
    invite(office, *ZALO_FIRST)
    office.clock.advance(timedelta(minutes=5))
    happens(office, person, phone)
    office.clock.advance(timedelta(hours=7))
    assert office.climb() == 0
    assert len(office.messages_of(person)) == 1


def test_an_answer_after_climbing_stops_what_is_planned(office: Office, zalo: ZaloStandIn) -> None:
    phone = new_phone()
    person = office.person(phone)
    invite(office, *ZALO_FIRST)
    office.clock.advance(timedelta(hours=7))
    office.climb()
    office.draft(person, phone, idle=timedelta(0))
    office.send()
    assert office.texts_to(phone) == []
    assert office.messages_of(person)[1].reason == Reason.ANSWERED


def test_a_household_climbs_together_without_whom_it_left_out(office: Office, zalo: ZaloStandIn) -> None:
    phone = new_phone()
    stays, gone = office.person(phone, name="An Thị An"), office.person(phone, name="Yến Thị Yến")
    office.campaign(ladder=ZALO_FIRST, reminder=None)
    office.seal()
    office.draft(gone, phone, idle=timedelta(0))
    office.send("zalo")
    office.clock.advance(timedelta(hours=7))
    assert office.climb() == 1
    office.send()
    assert len(office.texts_to(phone)) == 1
    assert len(office.messages_of(stays)) == 2
    assert balanced()


def test_a_step_that_was_done_goes_on(office: Office, zalo: ZaloStandIn) -> None:
    office.person(new_phone())
    invite(office, *ZALO_FIRST)
    finish(office.clock.now())
    assert office.step().state is StepState.DONE
    office.clock.advance(timedelta(hours=7))
    office.climb()
    assert office.step().state is StepState.SEALED


def test_who_has_no_mobile_is_called_and_who_has_no_phone_is_visited(office: Office) -> None:
    landline, nothing = office.person(LANDLINE), office.person()
    stopped = office.person(new_phone())
    with transaction() as session:
        session.execute(text("UPDATE contact_point SET stopped_at = now() WHERE mobile"))
    assert stopped
    invite(office, *SMS_THEN_OFFICERS)
    assert office.climb() == 2
    found = tasks()
    assert set(found) == {(landline, FollowUpKind.CALL), (nothing, FollowUpKind.VISIT)}
    assert found[landline, FollowUpKind.CALL].contact_id == office.contact(LANDLINE)
