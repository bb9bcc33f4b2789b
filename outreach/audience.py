"""Whom a step is meant for, as a manager chooses: what is stored, and the same as SQL."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from sqlalchemy import ColumnElement, Text, and_, cast, exists, func, not_, or_

from core.clock import VIETNAM
from outreach.message import Message, MessageKind, MessageMember
from outreach.survey_state import has_claim, has_not_answered
from roster.claim import Claim
from roster.claim_states import STANDING
from roster.contact import ContactKind, ContactPoint, PersonContact
from roster.person import Entitlement, Person
from roster.survey.draft import Draft, DraftState

_PARTS = 10_000
"""A sample is so many parts of this."""


class Survey(StrEnum):
    """How far somebody has come with the campaign's survey."""

    NOT_BEGUN = "not_begun"
    UNFINISHED = "unfinished"
    """Begun, nothing declared yet."""
    ENDED = "ended"
    """Ended without a declaration: refused, a wrong number, done at the ward."""
    DECLARED = "declared"


class ReachedBy(StrEnum):
    """Over what somebody can be written to."""

    MOBILE = "mobile"
    ZALO = "zalo"
    TELEGRAM = "telegram"
    NOTHING = "nothing"


class AudienceRefused(ValueError):
    """A stored audience that cannot be read; the text, in Vietnamese, says why."""


@dataclass(frozen=True)
class Audience:
    """Whom a step is meant for; what is empty or None sets no limit, and all limits hold together.

    communes: codes; categories: keys; age_from, age_to: whole years, both included, people of unknown age are left out;
    groups: outcome groups of a standing claim; survey, reach: any of these. quiet_days: nobody written to within so
    many days; never_written: nobody ever written to. sample: this share (0 to 1) of them, always the same people.
    """

    communes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    age_from: int | None = None
    age_to: int | None = None
    groups: tuple[str, ...] = ()
    survey: tuple[Survey, ...] = ()
    reach: tuple[ReachedBy, ...] = ()
    quiet_days: int | None = None
    never_written: bool = False
    sample: float | None = None

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """From what `as_json` gave. Raises AudienceRefused."""
        unknown = set(stored) - {one.name for one in fields(cls)}
        if unknown:
            raise AudienceRefused(f"Không có điều kiện này: {', '.join(sorted(unknown))}.")
        try:
            return cls(
                communes=tuple(stored.get("communes") or ()),
                categories=tuple(stored.get("categories") or ()),
                age_from=stored.get("age_from"),
                age_to=stored.get("age_to"),
                groups=tuple(stored.get("groups") or ()),
                survey=tuple(Survey(one) for one in stored.get("survey") or ()),
                reach=tuple(ReachedBy(one) for one in stored.get("reach") or ()),
                quiet_days=stored.get("quiet_days"),
                never_written=bool(stored.get("never_written")),
                sample=stored.get("sample"),
            )
        except ValueError as error:
            raise AudienceRefused(f"Điều kiện không đọc được: {error}.") from None

    def as_json(self) -> dict[str, Any]:
        """As `step.audience` keeps it: what sets a limit, and the two lists that are always there."""
        kept = {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}
        always = ("communes", "categories")
        limits = (name for name, value in kept.items() if value is not None and value is not False and value != [])
        return {name: kept[name] for name in (*always, *limits)}

    def conditions(self, campaign_id: int, now: datetime) -> list[ColumnElement[bool]]:
        """SQL on Person."""
        today = now.astimezone(VIETNAM).date()
        found: list[ColumnElement[bool]] = []
        if self.communes:
            found.append(Person.commune_code.in_(self.communes))
        if self.categories:
            found.append(exists().where(Entitlement.person_id == Person.id, Entitlement.category.in_(self.categories)))
        if self.age_from is not None:
            found.append(_at_least(self.age_from, today))
        if self.age_to is not None:
            found.append(_at_most(self.age_to, today))
        if self.groups:
            found.append(_in_group(self.groups, campaign_id))
        if self.survey:
            found.append(or_(*(_survey(one, campaign_id) for one in self.survey)))
        if self.reach:
            found.append(or_(*(_reached_by(one) for one in self.reach)))
        if self.quiet_days is not None:
            found.append(not_(_written_since(now - timedelta(days=self.quiet_days))))
        if self.never_written:
            found.append(not_(_written_since(None)))
        if self.sample is not None:
            found.append(_in_sample(self.sample, campaign_id))
        return found


def _at_least(years: int, today: date) -> ColumnElement[bool]:
    """As `roster.people.whole_years` reckons."""
    by_year = and_(Person.birth_date.is_(None), Person.birth_year <= today.year - years)
    return or_(Person.birth_date <= _years_before(today, years), by_year)


def _at_most(years: int, today: date) -> ColumnElement[bool]:
    by_year = and_(Person.birth_date.is_(None), Person.birth_year >= today.year - years)
    return or_(Person.birth_date > _years_before(today, years + 1), by_year)


def _years_before(day: date, years: int) -> date:
    """The same day so many years ago; the 28th for a 29 February that was not."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _in_group(groups: tuple[str, ...], campaign_id: int) -> ColumnElement[bool]:
    return exists().where(
        Claim.person_id == Person.id,
        Claim.campaign_id == campaign_id,
        Claim.state.in_(STANDING),
        Claim.outcome_group.in_(groups),
    )


def _survey(state: Survey, campaign_id: int) -> ColumnElement[bool]:
    draft = exists().where(Draft.person_id == Person.id, Draft.campaign_id == campaign_id)
    declared = has_claim(Person.id, campaign_id)
    match state:
        case Survey.NOT_BEGUN:
            return has_not_answered(Person.id, campaign_id)
        case Survey.UNFINISHED:
            return and_(draft.where(Draft.state == DraftState.OPEN), not_(declared))
        case Survey.ENDED:
            still_open = draft.where(Draft.state != DraftState.CLOSED)
            return and_(draft, not_(still_open), not_(declared))
        case Survey.DECLARED:
            return declared


def _reached_by(means: ReachedBy) -> ColumnElement[bool]:
    match means:
        case ReachedBy.MOBILE:
            return _has_mobile()
        case ReachedBy.ZALO:
            return _has_account(ContactKind.ZALO)
        case ReachedBy.TELEGRAM:
            return _has_account(ContactKind.TELEGRAM)
        case ReachedBy.NOTHING:
            ways = (_has_mobile(), _has_account(ContactKind.ZALO), _has_account(ContactKind.TELEGRAM))
            return and_(*(not_(way) for way in ways))


def _has_mobile() -> ColumnElement[bool]:
    return exists().where(
        PersonContact.person_id == Person.id,
        PersonContact.unlinked_at.is_(None),
        ContactPoint.id == PersonContact.contact_id,
        ContactPoint.mobile,
        ContactPoint.stopped_at.is_(None),
        ContactPoint.left_at.is_(None),
    )


def _has_account(kind: ContactKind) -> ColumnElement[bool]:
    """An account of the person's own, or one whose holder has shared a phone of the person's."""
    return exists().where(
        PersonContact.person_id == Person.id,
        PersonContact.unlinked_at.is_(None),
        or_(ContactPoint.id == PersonContact.contact_id, ContactPoint.same_as == PersonContact.contact_id),
        ContactPoint.kind == kind,
        ContactPoint.stopped_at.is_(None),
        ContactPoint.left_at.is_(None),
    )


def _written_since(since: datetime | None) -> ColumnElement[bool]:
    """A message of any campaign went to the person, alone or with a household."""
    went = Message.accepted_at.is_not(None) if since is None else Message.accepted_at > since
    alone = exists().where(Message.person_id == Person.id, Message.kind == MessageKind.WAVE, went)
    together = exists().where(
        MessageMember.person_id == Person.id,
        MessageMember.reason.is_(None),
        Message.id == MessageMember.message_id,
        went,
    )
    return or_(alone, together)


def _in_sample(share: float, campaign_id: int) -> ColumnElement[bool]:
    drawn = func.hashtext(cast(Person.id, Text) + f":{campaign_id}").op("&")(0x7FFFFFFF)
    return drawn % _PARTS < round(share * _PARTS)
