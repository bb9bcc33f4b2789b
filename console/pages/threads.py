"""Conversations that the bot should not lead: the inbox, one conversation; taking, passing on, answering, closing."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console.closing_words import canned_answers, outcome_named, outcomes_for
from console.desk import current_desk, log_view, scoped
from console.permissions import Action, for_action
from console.reading.colleagues import colleagues
from console.reading.inbox import InboxRow, inbox, one, shelf_counts
from console.reading.shelves import Shelf
from console.reading.staff_names import staff_names
from console.reading.transcript import newest_event, of_thread
from console.words import CHANNELS, MESSAGE_STATES, PRIORITIES, REASONS
from conversations.escalation import Priority
from conversations.escalations import close, hand_over, settle_priority, still_has, take, take_over
from conversations.replies import write_officer_word
from conversations.routing import CannotBeWritten
from core.clock import now
from roster.contact import ContactPoint
from roster.deaths import confirm_death, dismiss_death

blueprint = Blueprint("threads", __name__, url_prefix="/tro-chuyen")
LONGEST_ANSWER = 1000
LONGEST_NOTE = 300
EVERYBODY = "all"
"""Instead of a colleague: back to where it waits for whoever takes it."""


@blueprint.get("/")
@for_action(Action.CONVERSATIONS)
def inbox_page() -> str:
    """What waits, the gravest and oldest first."""
    asked = request.args.get("xem", "")
    shelf = Shelf(asked) if asked in set(Shelf) else Shelf.WAITING
    with scoped() as session:
        staff_id = current_desk().staff_id
        rows = inbox(session, shelf, staff_id)
        counts = shelf_counts(session, staff_id)
        names = staff_names(
            session, [who for row in rows for who in (row.escalation.taken_by, row.escalation.handed_by)]
        )
    return render_template(
        "threads/inbox.html",
        rows=rows,
        shelf=shelf,
        counts=counts,
        names=names,
        reasons=REASONS,
        channels=CHANNELS,
        priorities=PRIORITIES,
    )


@blueprint.get("/<int:escalation_id>")
@for_action(Action.CONVERSATIONS)
def thread_page(escalation_id: int) -> str:
    """One conversation with everything said so far."""
    with scoped() as session:
        row = _found(session, escalation_id)
        log_view(session, f"thread:{row.thread.id}", row.escalation.commune_code, "transcript")
        return render_template("threads/thread.html", **_shown(session, row))


@blueprint.get("/<int:escalation_id>/moi")
@for_action(Action.CONVERSATIONS)
def talk(escalation_id: int) -> str:
    """The conversation alone, fetched again every few seconds while the page is open."""
    with scoped() as session:
        row = _found(session, escalation_id)
        said, newest = of_thread(session, row.thread), newest_event(session, row.thread)
    return render_template("threads/talk.html", said=said, message_states=MESSAGE_STATES, newest=newest)


@blueprint.post("/<int:escalation_id>/nhan")
@for_action(Action.CONVERSATIONS)
def take_it(escalation_id: int) -> Response:
    """Take the conversation: the first who asks gets it."""
    with scoped() as session:
        row = _found(session, escalation_id)
        taken = take(session, row.escalation, current_desk().staff_id, now())
    if not taken:
        flash("Một cán bộ khác vừa nhận cuộc trò chuyện này, hoặc nó đã được đóng.", "error")
    return redirect(url_for("threads.thread_page", escalation_id=escalation_id))


@blueprint.post("/<int:escalation_id>/nhan-thay")
@for_action(Action.CONVERSATIONS)
def take_it_over(escalation_id: int) -> Response:
    """Take what a colleague has, who is away; the reason is kept."""
    reason = _note("reason")
    with scoped() as session:
        row = _found(session, escalation_id)
        if not reason:
            flash("Xin ghi lý do nhận thay.", "error")
        elif not take_over(session, row.escalation, current_desk().staff_id, reason, now()):
            flash("Cuộc này không còn ở đồng nghiệp nào khác. Xin xem lại.", "error")
    return redirect(url_for("threads.thread_page", escalation_id=escalation_id))


@blueprint.post("/<int:escalation_id>/chuyen")
@for_action(Action.CONVERSATIONS)
def pass_on(escalation_id: int) -> Response:
    """Give the conversation to a colleague, or back to all, with a note for whoever looks after it next."""
    to, note = request.form.get("to", ""), _note("note")
    with scoped() as session:
        row = _mine(session, escalation_id)
        staff_id = current_desk().staff_id
        known = {str(one.id): one for one in colleagues(session, row.escalation.commune_code, staff_id)}
        if not note or (to != EVERYBODY and to not in known):
            flash("Xin chọn người nhận và ghi vài lời cho đồng nghiệp.", "error")
            return redirect(url_for("threads.thread_page", escalation_id=escalation_id))
        colleague = known.get(to)
        hand_over(session, row.escalation, staff_id, colleague.id if colleague else None, note, now())
        receiver = colleague.full_name if colleague else "mục Đang chờ"
    flash(f"Đã chuyển cho {receiver}.", "success")
    return redirect(url_for("threads.inbox_page", xem=Shelf.MINE.value))


@blueprint.post("/<int:escalation_id>/muc-gap")
@for_action(Action.CONVERSATIONS)
def prioritise(escalation_id: int) -> Response:
    """Settle how soon the conversation should be looked at; the reason is kept."""
    asked, reason = request.form.get("priority", ""), _note("reason")
    with scoped() as session:
        row = _found(session, escalation_id)
        if asked not in set(Priority) or not reason:
            flash("Xin chọn mức gấp và ghi lý do.", "error")
        elif settle_priority(session, row.escalation, Priority(asked), current_desk().staff_id, reason, now()):
            flash("Đã ghi mức gấp.", "success")
        else:
            flash("Cuộc này đã được đóng.", "error")
    return redirect(url_for("threads.thread_page", escalation_id=escalation_id))


@blueprint.post("/<int:escalation_id>/tra-loi")
@for_action(Action.CONVERSATIONS)
def answer(escalation_id: int) -> Response | str:
    """Send the officer's words on the channel the person used, unless more was said than the officer has read."""
    text = request.form.get("text", "").strip()
    with scoped() as session:
        row = _mine(session, escalation_id)
        if request.form.get("read_to", "") != newest_event(session, row.thread):
            flash("Chưa gửi: vừa có tin mới trong cuộc này. Xin đọc lại rồi bấm Gửi.", "error")
            return render_template("threads/thread.html", **_shown(session, row), written=text)
        if text and len(text) <= LONGEST_ANSWER:
            _send(session, row, text)
        else:
            flash(f"Câu trả lời cần có nội dung, dài nhất {LONGEST_ANSWER} ký tự.", "error")
    return redirect(url_for("threads.thread_page", escalation_id=escalation_id))


def _send(session: Session, row: InboxRow, text: str) -> None:
    try:
        write_officer_word(session, row.thread, text, now())
    except CannotBeWritten as error:
        flash(f"Chưa gửi: {error}. Xin gọi điện hoặc đến gặp.", "error")
    else:
        flash("Đã gửi câu trả lời.", "success")


@blueprint.post("/<int:escalation_id>/dong")
@for_action(Action.CONVERSATIONS)
def close_it(escalation_id: int) -> Response:
    """Close with an outcome: from now on the bot answers in this conversation again."""
    with scoped() as session:
        row = _mine(session, escalation_id)
        outcome = outcome_named(row.escalation.reason, request.form.get("outcome", ""))
        if outcome is None:
            flash("Xin chọn kết quả trước khi đóng.", "error")
            return redirect(url_for("threads.thread_page", escalation_id=escalation_id))
        _settle_death(session, row, outcome.key)
        close(session, row.escalation, current_desk().staff_id, outcome.title, now(), _note("note") or None)
    flash("Đã đóng. Từ giờ máy lại trả lời trong cuộc trò chuyện này.", "success")
    return redirect(url_for("threads.inbox_page"))


def _found(session: Session, escalation_id: int) -> InboxRow:
    row = one(session, escalation_id)
    if row is None:
        abort(404)
    return row


def _note(name: str) -> str:
    return request.form.get(name, "").strip()[:LONGEST_NOTE]


def _mine(session: Session, escalation_id: int) -> InboxRow:
    """The open conversation, if this desk has taken it; else 403. It stays this desk's until the transaction ends."""
    row = _found(session, escalation_id)
    if not still_has(session, row.escalation, current_desk().staff_id):
        abort(403)
    return row


def _settle_death(session: Session, row: InboxRow, outcome: str) -> None:
    if row.person is None:
        return
    if outcome == "dead":
        confirm_death(session, row.person, current_desk().staff_id, now())
    elif outcome == "alive":
        dismiss_death(session, row.person, current_desk().staff_id, now())


def _shown(session: Session, row: InboxRow) -> dict[str, object]:
    escalation = row.escalation
    names = staff_names(session, [escalation.taken_by, escalation.handed_by])
    return {
        "row": row,
        "said": of_thread(session, row.thread),
        "message_states": MESSAGE_STATES,
        "reason": REASONS[escalation.reason],
        "channel": CHANNELS[row.thread.channel],
        "newest": newest_event(session, row.thread),
        "taken_by": names.get(escalation.taken_by or 0),
        "handed_by": names.get(escalation.handed_by or 0),
        "colleagues": colleagues(session, escalation.commune_code, current_desk().staff_id),
        "everybody": EVERYBODY,
        "priorities": PRIORITIES,
        "longest_note": LONGEST_NOTE,
        "is_mine": escalation.taken_by == current_desk().staff_id and escalation.closed_at is None,
        "stopped": _stopped(session, row.thread.contact_id),
        "canned": canned_answers(escalation.reason),
        "outcomes": outcomes_for(escalation.reason),
        "longest": LONGEST_ANSWER,
    }


def _stopped(session: Session, contact_id: UUID) -> bool:
    """Whether the person wants no messages; a web chat's contact is nobody's on the roster and is not seen."""
    contact = session.get(ContactPoint, contact_id)
    return contact is not None and contact.stopped_at is not None
