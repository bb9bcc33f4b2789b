"""Every intent, in every open question, gets a reply; so does every medium, a stray button and no word at all."""

from __future__ import annotations

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from conversations.escalation import Escalation
from conversations.events import NEEDS_NO_ANSWER, Event
from conversations.thread import Channel, Owner, Thread
from core.clock import now
from core.database import transaction
from language.sms import segments
from language.text import fold
from loa.dialogue.source import read_dialogue
from loa.dialogue.wording import MOST_SEGMENTS_OF_TWO
from roster.claim import Claim
from roster.contact import ContactPoint, PersonContact
from roster.person import Person
from roster.survey.draft import Draft, DraftState
from roster.survey.questions import Question
from tests.bot.rasa_part import RasaPart
from tests.bot.talk import Heard, Talk, invite
from tests.console.ward import citizen

LABELS = sorted(read_dialogue().labels)
SAYS_NOTHING = "zzz"
"""No answer to any question: only what it is classified as counts."""
Q = Question
OWN = {Q.CONSENT: "yes", Q.RESPONDENT: "self", Q.WANTS_ACCOUNT: "yes", Q.HAS_ACCOUNT: "own"}
TO_OPEN = {**OWN, Q.HAS_ACCOUNT: "none"}
BANK = {Q.BANK: "Vietcombank", Q.ACCOUNT_NUMBER: "0011004123457", Q.HOLDER_NAME: "NGUYEN THI HOA"}
BEFORE: dict[Question, dict[Question, str]] = {
    Q.CONSENT: {},
    Q.REFERENCE: {Q.CONSENT: "yes"},
    Q.RESPONDENT: {Q.CONSENT: "yes"},
    Q.RELATION: {Q.CONSENT: "yes", Q.RESPONDENT: "relative"},
    Q.WANTS_ACCOUNT: {Q.CONSENT: "yes", Q.RESPONDENT: "self"},
    Q.HAS_ACCOUNT: {Q.CONSENT: "yes", Q.RESPONDENT: "self", Q.WANTS_ACCOUNT: "yes"},
    Q.BANK: OWN,
    Q.ACCOUNT_NUMBER: {**OWN, Q.BANK: "Vietcombank"},
    Q.HOLDER_NAME: {**OWN, Q.BANK: "Vietcombank", Q.ACCOUNT_NUMBER: "0011004123457"},
    Q.HOLDER_RELATION: {**OWN, Q.HAS_ACCOUNT: "relatives", **BANK},
    Q.OPENING: TO_OPEN,
    Q.VISIT_TIME: {**TO_OPEN, Q.OPENING: "home"},
    Q.CASH_REASON: {Q.CONSENT: "yes", Q.RESPONDENT: "self", Q.WANTS_ACCOUNT: "no"},
    Q.CONTACT_PHONE: {Q.CONSENT: "yes", Q.REFERENCE: "none", **TO_OPEN, Q.OPENING: "self"},
    Q.CONFIRM: {**OWN, **BANK},
}  # fmt: skip
"""What was answered when a question comes up."""
NOT_BY_PHONE = frozenset({Q.REFERENCE, Q.CONTACT_PHONE})
"""Asked only where no invitation tells who writes, or no number is known."""


def reopen(talk: Talk, question: Question) -> None:
    """Put the talk back to where `question` is open, whatever came of the last word."""
    answers = {key.value: value for key, value in BEFORE[question].items()}
    with transaction() as session:
        thread = session.get_one(Thread, talk.thread_id)
        thread.owner, thread.offered, thread.staff_id, thread.writes_marks = Owner.BOT, None, None, None
        first, *later = session.scalars(
            select(Draft).where(Draft.thread_id == thread.id).order_by(Draft.started_at)
        ).all()
        here = [draft.id for draft in (first, *later)]
        session.execute(delete(Escalation).where(Escalation.thread_id == thread.id))
        session.execute(delete(Claim).where(Claim.draft_id.in_(here)))
        session.execute(delete(Draft).where(Draft.id.in_(here[1:])))
        session.get_one(ContactPoint, thread.contact_id).stopped_at = None
        session.execute(
            update(PersonContact).where(PersonContact.contact_id == thread.contact_id).values(unlinked_at=None)
        )
        session.execute(update(Person).values(paused_at=None))
        first.answers, first.open_question, first.state, first.closing = answers, question, DraftState.OPEN, None
        first.failures, first.notice, first.last_message_at = 0, None, now()
    talk.rasa.in_form.add(str(talk.thread_id))


@pytest.fixture(scope="module")
def talks(rasa: RasaPart, running_campaign: int) -> dict[bool, Talk]:
    """Somebody invited by SMS, and somebody in the web chat whom nobody has invited; both have begun."""
    invited = citizen()
    invite(invited, running_campaign)
    found = {True: Talk(rasa, Channel.SMS, invited.phone), False: Talk(rasa, Channel.WEB, uuid4().hex)}
    for talk in found.values():
        talk.say("khai", "start_survey")
    return found


@pytest.fixture(params=list(Question))
def at(request: pytest.FixtureRequest, talks: dict[bool, Talk]) -> tuple[Talk, Question]:
    question: Question = request.param
    return talks[question not in NOT_BY_PHONE], question


ASKS = {
    Q.CONSENT: r"dong y",
    Q.REFERENCE: r"ma ho so",
    Q.RESPONDENT: r"hay nguoi nha|khai giup nguoi khac",
    Q.RELATION: r"la gi cua nguoi huong|quan he the nao",
    Q.WANTS_ACCOUNT: r"qua tai khoan ngan hang|vao tai khoan hay",
    Q.HAS_ACCOUNT: r"da co tai khoan ngan hang|tai khoan dung ten minh chua",
    Q.BANK: r"ngan hang hay vi nao|ten ngan hang",
    Q.ACCOUNT_NUMBER: r"so tai khoan",
    Q.HOLDER_NAME: r"chu tai khoan la gi|ten cua chu tai khoan",
    Q.HOLDER_RELATION: r"chu tai khoan la ",
    Q.OPENING: r"mo tai khoan o dau|den nha mo giup",
    Q.VISIT_TIME: r"thu bay|thu may",
    Q.CASH_REASON: r"tien mat tien hon|ly do",
    Q.CONTACT_PHONE: r"so dien thoai",
    Q.CONFIRM: r"xin doc lai",
}
TAKES_LEAVE = frozenset({"goodbye", "later", "stop"})
BRACES = re.compile(r"[{}]")


def complaint_about(talk: Talk, question: Question, label: str = "", **word: Any) -> str | None:
    """What is wrong with the reply to a word said while `question` was open; None where all is well.

    Where the survey goes on and nothing else was asked back, its open question stands in the reply.
    """
    reopen(talk, question)
    heard = talk.say(**word)
    if not heard.text.strip():
        return "silence"
    if BRACES.search(heard.text):
        return f"an unfilled placeholder: {heard.text}"
    if talk.channel is Channel.SMS and segments(heard.text).segments > MOST_SEGMENTS_OF_TWO:
        return f"{segments(heard.text).segments} segments"
    return None if label in TAKES_LEAVE or _asks_on(talk, heard) else f"the question is not asked: {heard.text}"


def _asks_on(talk: Talk, heard: Heard) -> bool:
    draft, thread = talk.draft(), talk.thread()
    offered = json.loads(thread.offered or "[]")
    asked_back = any(choice["payload"].split("=")[0] in ("life", "correct", "restart") for choice in offered)
    if draft.open_question is None or thread.owner is Owner.OFFICER or asked_back:
        return True
    return bool(re.search(ASKS[Question(draft.open_question)], fold(heard.text)))


def test_every_intent_gets_a_reply(at: tuple[Talk, Question]) -> None:
    talk, question = at
    wrong = {}
    for label in LABELS:
        talk.rasa.hears(SAYS_NOTHING, label)
        if complaint := complaint_about(talk, question, label, text=SAYS_NOTHING):
            wrong[label] = complaint
    assert wrong == {}


def test_every_medium_gets_a_reply(at: tuple[Talk, Question]) -> None:
    talk, question = at
    wrong = {
        event: complaint
        for event in Event
        if event not in NEEDS_NO_ANSWER and (complaint := complaint_about(talk, question, event=event))
    }
    assert wrong == {}


@pytest.mark.parametrize("question", [Q.CONSENT, Q.BANK, Q.CONFIRM])
@pytest.mark.parametrize(
    "word",
    [
        *({"text": text} for text in ("", "   ", "…", "?", "👍", ".", "/session_start", "1", "9")),
        *({"text": "Đồng ý", "payload": payload} for payload in ("consent=yes", "life=death_yes", "x", "intent=stop")),
        *({"text": SAYS_NOTHING, "event": event} for event in (Event.PICTURE, Event.VOICE, Event.FOLLOW)),
    ],
    ids=lambda word: "-".join(map(str, word.values())),
)
def test_buttons_old_and_new_media_with_words_and_no_word_at_all_get_a_reply(
    talks: dict[bool, Talk], question: Question, word: dict[str, Any]
) -> None:
    assert complaint_about(talks[True], question, **word) is None
