"""What the player knows from our database: whether a word was answered, what is open, and what was left behind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversations.escalation import Reason
from conversations.escalations import open_escalation
from conversations.thread import InboundMessage, Thread
from loa.rehearsal.citizen import NO_GROUP
from loa.rehearsal.ending import Ending
from loa.rehearsal.script import CORRECT, DEATH, DID_YOU_MEAN
from outreach.message import Message, MessageKind, MessageState
from roster.claim import Claim, ClaimState
from roster.contact import ContactPoint
from roster.survey.draft import Closing, Draft, DraftState, DraftWrite
from roster.survey.drafts import latest_draft
from roster.survey.outcome import OutcomeGroup
from roster.survey.questions import Question

_ON_ITS_WAY = (MessageState.PLANNED, MessageState.CLAIMED)
_ARRIVES = (MessageState.ACCEPTED, MessageState.DELIVERED)
_ASIDE_BY_PAYLOAD = {"life": DEATH, "intent": DID_YOU_MEAN, "correct": CORRECT}
_ENDS_FOR_AN_OFFICER = (Closing.DEATH_REPORTED, Closing.WRONG_NUMBER)
_SAYS_LITTLE = (Reason.NOT_UNDERSTOOD, Reason.UNDECIDED)
"""Of somebody who is nobody on the roster these leave nothing that could stand on a list."""


@dataclass(frozen=True)
class Answered:
    """A word that was answered. `replies`: the keys under which its replies reach the handset, without the lost."""

    thread_id: UUID
    replies: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """How the thread stands after a turn. `aside`: what the bot asked instead of the open question."""

    open_question: str | None = None
    aside: str | None = None
    declared: bool = False
    escalated: bool = False
    broke_down: bool = False
    """It was escalated because the bot failed, not because the citizen needs an officer."""
    listed: bool = False
    """Whether the matter for an officer stands on list F."""
    opted_out: bool = False
    closing: Closing | None = None


def answered(session: Session, provider_message_id: str) -> Answered | None:
    """The answer to a word, once it was handled and its replies have left; None while it is awaited."""
    word = session.scalars(
        select(InboundMessage).where(InboundMessage.provider_message_id == provider_message_id)
    ).first()
    if word is None or word.handled_at is None:
        return None
    replies = session.scalars(select(Message).where(Message.reply_to == word.id).order_by(Message.id)).all()
    if any(reply.state in _ON_ITS_WAY for reply in replies):
        return None
    return Answered(word.thread_id, tuple(_key(reply) for reply in replies if reply.state in _ARRIVES))


def invitation(session: Session, person_id: UUID, campaign_id: int) -> str | None:
    """The key of the person's invitation once the provider has taken it."""
    row = session.scalars(
        select(Message).where(
            Message.person_id == person_id,
            Message.campaign_id == campaign_id,
            Message.kind == MessageKind.WAVE,
            Message.state.in_(_ARRIVES),
        )
    ).first()
    return _key(row) if row else None


def standing(session: Session, thread_id: UUID) -> Standing:
    """How the thread stands now."""
    thread = session.get_one(Thread, thread_id)
    draft = latest_draft(session, thread_id)
    state = draft.state if draft else None
    matter = open_escalation(session, thread)
    return Standing(
        open_question=draft.open_question if draft and state is DraftState.OPEN else None,
        aside=_aside(thread),
        declared=state is DraftState.DECLARED,
        escalated=matter is not None,
        broke_down=matter is not None and matter.reason is Reason.BOT_FAILURE,
        listed=matter is not None and (matter.person_id is not None or matter.reason not in _SAYS_LITTLE),
        opted_out=session.get_one(ContactPoint, thread.contact_id).stopped_at is not None,
        closing=draft.closing if draft and state is DraftState.CLOSED else None,
    )


def ending(session: Session, thread_id: UUID, said: list[str]) -> Ending:
    """What the conversation left behind. `said`: the texts that reached the citizen."""
    now = standing(session, thread_id)
    claim = _claim(session, thread_id)
    return Ending(
        group=_group(claim, now),
        claim=_values(claim) if claim else None,
        escalated=now.escalated,
        opted_out=now.opted_out,
        answered=_answered_questions(session, thread_id),
        said=said,
    )


def _key(message: Message) -> str:
    """On SMS the provider's id; the web chat's page names a message by ours."""
    return str(message.id) if message.channel == "web" else str(message.provider_message_id)


def _aside(thread: Thread) -> str | None:
    choices = json.loads(thread.offered or "[]")
    kinds = {str(choice["payload"]).partition("=")[0] for choice in choices}
    return _ASIDE_BY_PAYLOAD.get(kinds.pop()) if len(kinds) == 1 else None


def _claim(session: Session, thread_id: UUID) -> Claim | None:
    """The claim that stands of this thread: found by its draft, for a code that is nobody's names no person."""
    return session.scalars(
        select(Claim)
        .join(Draft, Draft.id == Claim.draft_id)
        .where(Draft.thread_id == thread_id, Claim.state != ClaimState.WITHDRAWN)
        .order_by(Claim.declared_at.desc())
        .limit(1)
    ).first()


def _group(claim: Claim | None, now: Standing) -> str:
    if claim is not None:
        return claim.outcome_group
    for_an_officer = now.listed or now.closing in _ENDS_FOR_AN_OFFICER
    return OutcomeGroup.OFFICER.value if for_an_officer else NO_GROUP


def _values(claim: Claim) -> dict[str, str]:
    """The claim's columns where it has them, the answers beside them."""
    columns = {
        "state": claim.state.value,
        Question.BANK.value: claim.bank,
        Question.ACCOUNT_NUMBER.value: claim.account_number,
        Question.HOLDER_NAME.value: claim.holder_name,
        Question.RESPONDENT.value: claim.respondent,
        Question.RELATION.value: claim.relation,
        Question.REFERENCE.value: claim.reference_given,
    }
    answers = {name: str(value) for name, value in claim.answers.items() if not name.startswith("_")}
    return {**answers, **{name: value for name, value in columns.items() if value is not None}}


def _answered_questions(session: Session, thread_id: UUID) -> frozenset[str]:
    """The sub-intents of `faq` that were answered."""
    return frozenset(
        session.scalars(
            select(DraftWrite.kind)
            .join(InboundMessage, InboundMessage.id == DraftWrite.message_id)
            .where(InboundMessage.thread_id == thread_id, DraftWrite.kind.startswith("faq/"))
        )
    )
