"""The check made right before a message leaves: may it still go? Pure.

A person who has answered, opted out or died gets nothing more of the wave, and nothing proactive goes out in the quiet
hours (`shared/design.md`, invariant 2). Answers to a person's own message are allowed at any hour; after `stop` only
what answers a word that came with it or later: the one confirmation, and replies to whoever writes again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from outreach.calendar import Hours, permitted
from outreach.message import MessageKind
from outreach.reasons import Reason
from outreach.step import OVER_THE_SURVEYS_PHONE, StepKind, StepState
from roster.campaign import CampaignState


class Link(StrEnum):
    """How the contact point stands to the person."""

    LINKED = "linked"
    UNLINKED = "unlinked"
    NONE = "none"


@dataclass(frozen=True)
class Standing:
    """What is known, at this moment, of a message, of one person whom it is about, and of what is around them.

    withdrew: the person has taken back the consent to be asked. own_stop: the person has said stop on a phone of his or
    her own, be it another one. still_meant: nothing has happened since that makes the step pointless for the person
    (`outreach.meant_for`). failures: attempts that came back with trouble.
    """

    kind: MessageKind
    created_at: datetime
    reply_to: int | None
    stopped_at: datetime | None
    failures: int = 0
    step_kind: StepKind | None = None
    step_state: StepState | None = None
    campaign_state: CampaignState | None = None
    deceased: bool = False
    paused: bool = False
    withdrew: bool = False
    own_stop: bool = False
    link: Link = Link.NONE
    still_meant: bool = True


class Decision(StrEnum):
    """What to do with the message now."""

    SEND = "send"
    WAIT = "wait"
    HOLD = "hold"
    CANCEL = "cancel"


@dataclass(frozen=True)
class Verdict:
    """A decision and, unless it is to send or wait, why."""

    decision: Decision
    reason: Reason | None = None


SEND = Verdict(Decision.SEND)
WAIT = Verdict(Decision.WAIT)


def verdict(standing: Standing, now: datetime, hours: Hours, most_attempts: int) -> Verdict:
    """Whether the message goes out now."""
    gone = _reason_gone(standing)
    if gone is not None:
        return Verdict(Decision.CANCEL, gone)
    if standing.failures >= most_attempts:
        return Verdict(Decision.HOLD, Reason.TOO_MANY_ATTEMPTS)
    if standing.kind is MessageKind.WAVE and not _may_go_now(standing, now, hours):
        return WAIT
    return SEND


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """What becomes of a household's one message: it goes for those for whom it may; for nobody, the first one's reason
    counts."""
    return next((one for one in verdicts if one.decision is not Decision.CANCEL), verdicts[0])


def _may_go_now(standing: Standing, now: datetime, hours: Hours) -> bool:
    return standing.campaign_state is not CampaignState.PAUSED and permitted(now, hours)


def _reason_gone(standing: Standing) -> Reason | None:
    if standing.kind is not MessageKind.WAVE:
        return None if _answers_a_word(standing) else Reason.STOPPED
    if standing.stopped_at is not None or standing.own_stop:
        return Reason.STOPPED
    if standing.deceased:
        return Reason.DECEASED
    if standing.paused:
        return Reason.PAUSED
    if standing.withdrew:
        return Reason.WITHDRAWN
    return _reason_gone_from_campaign(standing)


def _answers_a_word(standing: Standing) -> bool:
    """True unless `stop` came after what this answers."""
    if standing.stopped_at is None:
        return True
    return standing.reply_to is not None and standing.created_at >= standing.stopped_at


def _reason_gone_from_campaign(standing: Standing) -> Reason | None:
    if standing.campaign_state is CampaignState.CLOSED:
        return Reason.CAMPAIGN_CLOSED
    if standing.step_state is StepState.CANCELLED:
        return Reason.STEP_CANCELLED
    follows = standing.step_kind in OVER_THE_SURVEYS_PHONE
    if standing.link is Link.UNLINKED or (standing.link is Link.NONE and not follows):
        return Reason.UNLINKED
    return None if standing.still_meant else Reason.ANSWERED
