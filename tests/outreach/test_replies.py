"""Answers and officers' words: at any hour, in order, never behind a wave, and after `stop` only what answers it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from core.clock import VIETNAM
from core.database import transaction
from outreach.message import Message, MessageKind, MessageState
from outreach.reasons import Reason
from outreach.replies import queue_replies, send_reply_messages, wake_replies
from roster.contact import ContactKind, ContactPoint
from tests.outreach.office import Office, new_phone


def test_parts_of_an_answer_go_out_in_order_and_once(office: Office) -> None:
    phone = new_phone()
    ids = [office.reply(phone, f"Phần {n}", reply_to=1, ordinal=n) for n in range(3)]
    assert send_reply_messages(ids) == 3
    assert send_reply_messages(ids) == 0
    assert office.texts_to(phone) == ["Phần 0", "Phần 1", "Phần 2"]
    assert {office.message(id_).state for id_ in ids} == {MessageState.ACCEPTED}


@pytest.mark.parametrize("moment", ["2026-11-10T23:30", "2027-02-06T10:00"])
@pytest.mark.parametrize("kind", [MessageKind.REPLY, MessageKind.OFFICER])
def test_at_any_hour(office: Office, moment: str, kind: MessageKind) -> None:
    phone = new_phone()
    office.clock.set(datetime.fromisoformat(moment).replace(tzinfo=VIETNAM))
    assert send_reply_messages([office.reply(phone, "Vâng", reply_to=1, kind=kind)]) == 1


def test_after_stop_the_confirmation_and_then_silence(office: Office) -> None:
    phone = new_phone()
    earlier = office.reply(phone, "Câu hỏi tiếp", reply_to=1)
    office.clock.advance(timedelta(seconds=1))
    office.stop(phone)
    office.clock.advance(timedelta(seconds=1))
    confirmation = office.reply(phone, "Đã thôi nhắn", reply_to=2)
    unasked = office.reply(phone, "Cán bộ hỏi thăm", reply_to=None, kind=MessageKind.OFFICER)
    send_reply_messages([earlier, confirmation, unasked])
    assert office.texts_to(phone) == ["Đã thôi nhắn"]
    for silenced in (earlier, unasked):
        assert office.message(silenced).reason == Reason.STOPPED
        assert office.message(silenced).state is MessageState.CANCELLED


def test_whoever_writes_again_after_stop_is_answered(office: Office) -> None:
    phone = new_phone()
    office.stop(phone)
    office.clock.advance(timedelta(days=2))
    send_reply_messages([office.reply(phone, "Vâng, bác hỏi gì ạ", reply_to=3)])
    assert len(office.texts_to(phone)) == 1


def test_a_reply_about_somebody_paused_is_still_an_answer(office: Office) -> None:
    phone = new_phone()
    person = office.person(phone)
    office.change_person(person, paused_at=office.clock.now())
    reply = office.reply(phone, "Xin chia buồn", reply_to=4)
    with transaction() as session:
        session.get_one(Message, reply).person_id = person
    assert send_reply_messages([reply]) == 1


def test_the_first_that_cannot_go_keeps_the_later_parts_waiting(office: Office) -> None:
    phone = new_phone()
    ids = [office.reply(phone, f"Phần {n}", reply_to=1, ordinal=n) for n in range(2)]
    office.stand_in.fault("rate_limited", count=1)
    assert send_reply_messages(ids) == 0
    assert office.texts_to(phone) == []
    office.clock.advance(timedelta(seconds=31))
    assert send_reply_messages(ids) == 2
    assert office.texts_to(phone) == ["Phần 0", "Phần 1"]


def test_the_web_chats_messages_are_delivered_when_written(office: Office) -> None:
    with transaction() as session:
        contact = ContactPoint(
            kind=ContactKind.WEB, address="chat-1", address_index=b"chat-1", created_at=office.clock.now()
        )
        session.add(contact)
        session.flush()
        message = Message(
            kind=MessageKind.REPLY,
            contact_id=contact.id,
            reply_to=1,
            channel="web",
            account="web",
            provider="web",
            body="Dạ, chào bác",
            segments=1,
            created_at=office.clock.now(),
            changed_at=office.clock.now(),
        )
        session.add(message)
    assert send_reply_messages([message.id]) == 1
    shown = office.message(message.id)
    assert (shown.state, shown.provider_message_id) == (MessageState.DELIVERED, str(message.id))
    assert shown.delivered_at is not None


def test_what_was_left_behind_is_queued_again_once(office: Office) -> None:
    phone = new_phone()
    old = office.reply(phone, "Cũ", reply_to=1)
    office.clock.advance(timedelta(seconds=31))
    office.reply(phone, "Mới", reply_to=2)
    with transaction() as session:
        assert wake_replies(session, office.clock.now()) == 1
        assert wake_replies(session, office.clock.now()) == 0
        arguments = session.scalars(text("SELECT args FROM procrastinate_jobs")).all()
    assert arguments == [{"message_ids": [old]}]


def test_the_job_exists_exactly_if_the_reply_does(office: Office) -> None:
    phone, thread = new_phone(), uuid4()
    reply = office.reply(phone, "Vâng", reply_to=1)
    with pytest.raises(ZeroDivisionError), transaction() as session:
        queue_replies(session, [reply], thread)
        _ = 1 / 0
    with transaction() as session:
        queue_replies(session, [reply], thread)
        jobs = session.execute(text("SELECT task_name, lock FROM procrastinate_jobs")).all()
    assert jobs == [("outreach.deliver_replies", f"replies:{thread}")]


def test_a_wave_is_never_sent_through_the_lane_of_replies(office: Office) -> None:
    phone = new_phone()
    office.person(phone)
    office.campaign()
    office.seal()
    with transaction() as session:
        ids = list(session.scalars(select(Message.id)))
    assert send_reply_messages(ids) == 0
    assert office.texts_to(phone) == []
