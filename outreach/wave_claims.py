"""Claiming the rows of a wave: whom each is still about, how often the phone was written to, the text, the money.

In this order, because the locks are taken in this order everywhere: messages, phones, the campaign's money, the audit
log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core.clock import VIETNAM
from outreach.attempts import Claimed, begin
from outreach.campaign_pause import PauseReason, pause_campaign
from outreach.channels.provider import Account
from outreach.delivery_settings import delivery_settings
from outreach.limits import Limits, PhoneLog
from outreach.reasons import Reason
from outreach.rechecks import Decision, Verdict, together, verdict
from outreach.setting_aside import leave_out, set_aside
from outreach.smiths import smith_for
from outreach.spending import commit_prices, lock_budget
from outreach.standing import About, Seen
from outreach.wording import CannotWord, DoesNotFit, Wording
from roster.campaign import Campaign


@dataclass(frozen=True)
class Going:
    """A message that may go out, for `people`; the others of its household have a reason why not."""

    seen: Seen
    people: tuple[About, ...]
    left_out: tuple[tuple[About, Verdict], ...]


def claim_looked_at(
    session: Session, account: Account, campaign_id: int, seen: Sequence[Seen], now: datetime, worker: int
) -> list[Claimed]:
    """Claim what may go out of one campaign's rows (locked, planned); the others are set aside, or wait."""
    going = [one for one in (_still_going(session, one, now) for one in seen) if one is not None]
    worded = _worded(account, _whose_turn(session, going, now), now)
    if not worded:
        return []
    paid, ceiling_reached = _paid(session, account, campaign_id, worded)
    claimed = begin(session, [one.seen for one in paid], now, worker)
    if ceiling_reached:
        campaign = session.get_one(Campaign, campaign_id)
        pause_campaign(session, campaign, PauseReason.CEILING, now, words=f"{campaign.ceiling_dong} đồng")
    return claimed


def _still_going(session: Session, seen: Seen, now: datetime) -> Going | None:
    most_attempts = delivery_settings().most_attempts
    verdicts = [verdict(standing, now, seen.hours, most_attempts) for standing in seen.standings]
    decided = together(verdicts)
    about = list(zip(seen.people, verdicts, strict=False))
    left_out = tuple((one, told) for one, told in about if told.decision is Decision.CANCEL)
    if decided.decision is Decision.SEND:
        kept = tuple(one for one, told in about if told.decision is not Decision.CANCEL)
        return Going(seen, kept, left_out)
    set_aside(seen, decided, now)
    if decided.decision is Decision.CANCEL:
        leave_out(session, seen.message, left_out, [])
    return None


def _whose_turn(session: Session, going: Sequence[Going], now: datetime) -> list[Going]:
    """Those whose phone may be written to now. The others wait for their turn, and are not looked at before."""
    if not going:
        return []
    own = delivery_settings()
    limits = Limits(own.most_a_day, own.most_in_24_hours)
    log = PhoneLog(session, {one.seen.message.contact_id for one in going}, now)
    ready = []
    for one in going:
        turn = log.next_turn(one.seen.message, limits, one.seen.hours)
        if turn is None:
            log.note(one.seen.message)
            ready.append(one)
        else:
            one.seen.message.due_at = turn
    return ready


def _worded(account: Account, going: Sequence[Going], now: datetime) -> list[tuple[Going, Wording]]:
    """Each with its text; where none can be made, the message is set aside and stops nobody else's."""
    worded = []
    for one in going:
        try:
            worded.append((one, _wording(account, one, now)))
        except CannotWord as error:
            set_aside(one.seen, _without_text(one, error), now, error.why)
    return worded


def _wording(account: Account, going: Going, now: datetime) -> Wording:
    """A text that was made before stays, unless it would name somebody who is meant no more. Raises CannotWord."""
    message, step, campaign = going.seen.message, going.seen.step, going.seen.campaign
    if message.body is not None and not going.left_out:
        return Wording(message.body, message.segments)
    if step is None or campaign is None or not going.people:
        raise CannotWord("nobody")
    smith = smith_for(step, campaign, account, now.astimezone(VIETNAM).date())
    return smith.word([one.member for one in going.people])


def _without_text(going: Going, error: CannotWord) -> Verdict:
    """What does not fit one channel's template is said over the next rung; else a human has to look."""
    step, message = going.seen.step, going.seen.message
    if isinstance(error, DoesNotFit) and step is not None and message.rung + 1 < len(step.rungs):
        return Verdict(Decision.CANCEL, Reason.NOT_THIS_CHANNEL)
    return Verdict(Decision.HOLD, Reason.NO_TEXT)


def _paid(
    session: Session, account: Account, campaign_id: int, worded: Sequence[tuple[Going, Wording]]
) -> tuple[list[Going], bool]:
    """As many, in their order, as the campaign's ceiling allows, with their texts and prices written into them; whether
    the ceiling stopped one."""
    left = lock_budget(session, campaign_id)
    paid: list[Going] = []
    total = 0
    for going, wording in worded:
        price = account.price_dong * wording.segments
        if left is not None and total + price > left:
            break
        total += price
        _write(session, going, wording, price)
        paid.append(going)
    with session.no_autoflush:  # texts, prices and states are written together, once a row
        commit_prices(session, campaign_id, total)
    return paid, len(paid) < len(worded)


def _write(session: Session, going: Going, wording: Wording, price: int) -> None:
    message = going.seen.message
    leave_out(session, message, going.left_out, going.people)
    if message.body != wording.body:
        message.body, message.segments = wording.body, wording.segments
        used = wording.template
        message.template = {"id": used.id, "data": dict(used.data)} if used else None
    message.price_dong = price
