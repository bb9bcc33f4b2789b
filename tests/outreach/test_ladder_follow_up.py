"""The ladder: whom a message does not reach is tried over the next channel, then called, then visited; until the first
answer.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from core.database import transaction
from outreach.follow_up import FollowUp, FollowUpKind, FollowUpOutcome
from outreach.ledger import unbalanced_rows
from outreach.message import Message, MessageState
from outreach.reasons import Reason
from outreach.releasing import cancel_step
from outreach.rungs import ZALO_FIRST, LadderRefused, Rung, ladder_as_json, ladder_from_json
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.outreach.office import RELEASER, Office, new_phone
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


def undelivered(office: Office, person: UUID, phone: str) -> None:
    make(office, person, MessageState.UNDELIVERED, Reason.UNREACHABLE)


def answers(office: Office, person: UUID, phone: str) -> None:
    undelivered(office, person, phone)
    office.draft(person, phone, idle=timedelta(0))


def dies(office: Office, person: UUID, phone: str) -> None:
    undelivered(office, person, phone)
    office.change_person(person, deceased_at=office.clock.now())


def close(office: Office, person: UUID, **values: object) -> None:
    with transaction() as session:
        task = session.scalars(select(FollowUp).where(FollowUp.person_id == person)).one()
        for name, value in values.items():
            setattr(task, name, value)


@pytest.mark.parametrize(
    ("values", "visits"),
    [
        ({"tries": 2}, 0),
        ({"tries": 3}, 1),
        ({"outcome": FollowUpOutcome.WRONG_NUMBER, "closed_at": "now"}, 1),
        ({"outcome": FollowUpOutcome.REFUSED, "closed_at": "now"}, 0),
        ({"outcome": FollowUpOutcome.DECLARED, "closed_at": "now"}, 0),
    ],
)
def test_a_call_that_leads_nowhere_becomes_a_visit(office: Office, values: dict[str, object], visits: int) -> None:
    phone = new_phone()
    person = office.person(phone)
    invite(office, *SMS_THEN_OFFICERS)
    undelivered(office, person, phone)
    office.climb()
    close(office, person, **{key: office.clock.now() if value == "now" else value for key, value in values.items()})
    assert office.climb() == visits
    assert ((person, FollowUpKind.VISIT) in tasks()) is bool(visits)


def test_a_number_that_is_somebody_elses_is_visited_not_called(office: Office) -> None:
    phone = new_phone()
    person = office.person(phone)
    office.campaign(ladder=SMS_THEN_OFFICERS, reminder=None)
    office.seal()
    office.unlink(person)
    office.send()
    assert office.climb() == 1
    assert set(tasks()) == {(person, FollowUpKind.VISIT)}


@pytest.mark.parametrize("ends", ["answers", "dies", "cancelled"])
def test_a_task_that_nobody_needs_any_more_is_closed(office: Office, ends: str) -> None:
    phone = new_phone()
    person = office.person(phone)
    invite(office, *SMS_THEN_OFFICERS)
    undelivered(office, person, phone)
    office.climb()
    match ends:
        case "answers":
            office.draft(person, phone, idle=timedelta(0))
        case "dies":
            office.change_person(person, deceased_at=office.clock.now())
        case _:
            with transaction() as session:
                cancel_step(session, office.step().id, RELEASER, office.clock.now(), "nhầm")
    assert office.climb() == 1
    [task] = tasks().values()
    assert task.closed_at is not None
    assert task.outcome is (FollowUpOutcome.ANSWERED if ends == "answers" else FollowUpOutcome.NEEDLESS)


def test_a_task_that_an_officer_has_taken_stays(office: Office) -> None:
    phone = new_phone()
    person = office.person(phone)
    invite(office, *SMS_THEN_OFFICERS)
    undelivered(office, person, phone)
    office.climb()
    close(office, person, taken_by=7)
    office.draft(person, phone, idle=timedelta(0))
    assert office.climb() == 0


@pytest.mark.parametrize(
    "stored",
    [
        [],
        [{"channel": "telegram"}],
        [{"channel": "call"}],
        [{"channel": "sms"}, {"channel": "sms"}],
        [{"channel": "sms"}, {"channel": "call"}, {"channel": "zalo"}],
        [{"channel": "sms", "after_hours": -1}],
        [{"channel": "sms"}, {"channel": "call", "after_hours": 721}],
        [{"channel": "sms", "after_hours": "6"}],
        ["sms"],
    ],
)
def test_ladders_that_cannot_be(stored: list[object]) -> None:
    with pytest.raises(LadderRefused):
        ladder_from_json(stored)


def test_a_ladder_is_kept_as_it_was_planned() -> None:
    assert ladder_as_json(ZALO_FIRST) == [
        {"channel": "zalo"},
        {"channel": "sms", "after_hours": 6},
        {"channel": "call", "after_hours": 24},
        {"channel": "visit"},
    ]
    half = (Rung("sms"), Rung("visit", timedelta(hours=1.5)))
    assert ladder_from_json(ladder_as_json(half)) == half
