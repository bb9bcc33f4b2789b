"""What was said in a person's own talks, as part of all that is held (`console.reading.holdings`)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.reading.held_record import Field, Section
from conversations.attachment import Attachment
from conversations.thread import InboundMessage, Thread
from outreach.message import Message


def received(session: Session, person_id: UUID, talks: Sequence[UUID]) -> Section:
    """What the person wrote in `talks`; how many others there are is said."""
    words = session.scalars(
        select(InboundMessage).where(InboundMessage.thread_id.in_(talks)).order_by(InboundMessage.id)
    )
    records = [
        [
            Field("received_at", "Lúc", word.received_at),
            Field("channel", "Kênh", word.channel),
            Field("text", "Nội dung", word.text if word.erased_at is None else None),
            Field("shared_phone", "Số điện thoại đã gửi", word.shared_phone),
            Field("erased_at", "Đã xóa lúc", word.erased_at),
        ]
        for word in words
    ]
    shared = len(session.scalars(select(Thread.id).where(Thread.person_id == person_id)).all()) - len(talks)
    note = (
        f"Còn {shared} cuộc trò chuyện trên số điện thoại dùng chung với người khác: xem tại cơ quan." if shared else ""
    )
    return Section("received", "Tin nhắn ông/bà đã gửi", records, note)


def sent(session: Session, person_id: UUID, talks: Sequence[UUID]) -> Section:
    """What was written in `talks`, and the invitations."""
    alone = (Message.person_id == person_id) & Message.thread_id.is_(None)
    messages = session.scalars(
        select(Message)
        .where(alone | Message.thread_id.in_(talks), Message.accepted_at.is_not(None))
        .order_by(Message.id)
    )
    records = [
        [
            Field("accepted_at", "Lúc", message.accepted_at),
            Field("channel", "Kênh", message.channel),
            Field("body", "Nội dung", message.body),
        ]
        for message in messages
    ]
    return Section("sent", "Tin nhắn đã gửi cho ông/bà", records)


def attachments(session: Session, talks: Sequence[UUID]) -> Section:
    """What came with the words of `talks`: named, and shown at the office."""
    came = session.scalars(
        select(Attachment)
        .join(InboundMessage, InboundMessage.id == Attachment.message_id)
        .where(InboundMessage.thread_id.in_(talks))
        .order_by(Attachment.id)
    )
    records = [
        [
            Field("received_at", "Lúc", one.received_at),
            Field("content_type", "Loại tệp", one.content_type),
            Field("state", "Tình trạng", one.state, "còn lưu, xem tại cơ quan" if one.content else "không còn lưu"),
        ]
        for one in came
    ]
    return Section("attachments", "Hình ảnh, ghi âm ông/bà đã gửi", records)
