"""From a member of an audience to the text of the message."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from language.address import Gender as AddressGender
from language.address import address_for
from language.codes import group_code
from language.names import given_name
from language.sms import segments
from outreach.audience import Member, Phone
from outreach.templates import CampaignWords, PhoneOf, Recipient, for_sms, render
from roster.campaign import Campaign
from roster.contact import Holder
from roster.person import Gender

_PHONE_OF = {
    Holder.SELF: PhoneOf.BENEFICIARY,
    Holder.RELATIVE: PhoneOf.RELATIVE,
    Holder.UNKNOWN: PhoneOf.UNKNOWN,
}
_GENDER = {Gender.MALE: AddressGender.MALE, Gender.FEMALE: AddressGender.FEMALE, None: AddressGender.UNKNOWN}
_SOME_CODE = "C0CC0C0C"
"""Stands for any code while a text is made: same letters' and digits' places, so the same length and neighbours."""
_MOST_KEPT = 4096


@dataclass(frozen=True)
class Wording:
    """A finished text and what it costs in segments (1 where the channel knows none)."""

    body: str
    segments: int


def words_of(campaign: Campaign) -> CampaignWords:
    """What the campaign says in every text."""
    return CampaignWords(campaign.deadline, campaign.facts)


class Wordsmith:
    """Makes the texts of one template. What differs in nothing but the file code is worked out once.

    Most phones are not confirmed, so most texts of a commune differ only in the code; and taking the marks off is by
    far the dearest part of sealing a wave.
    """

    def __init__(self, template: str, channel: str, campaign: CampaignWords, today: date) -> None:
        self._template, self._channel, self._campaign, self._today = template, channel, campaign, today
        self._made: dict[Recipient, Wording] = {}

    def word(self, member: Member, phone: Phone) -> Wording:
        """The text for `member` on `phone`. Raises PlaceholderError."""
        reader = recipient(member, phone, self._today)
        alike = replace(reader, reference=_SOME_CODE)
        if alike not in self._made:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            self._made[alike] = self._make(alike)
        made = self._made[alike]
        body = made.body.replace(group_code(_SOME_CODE), group_code(reader.reference))
        return Wording(body, made.segments)

    def _make(self, reader: Recipient) -> Wording:
        text = render(self._template, reader, self._campaign)
        if self._channel != "sms":
            return Wording(text, 1)
        plain = for_sms(text)
        return Wording(plain, segments(plain).segments)


def word(template: str, channel: str, member: Member, phone: Phone, campaign: CampaignWords, today: date) -> Wording:
    """The text of `template` for one `member` on `phone`. Raises PlaceholderError."""
    return Wordsmith(template, channel, campaign, today).word(member, phone)


def recipient(member: Member, phone: Phone, today: date) -> Recipient:
    """Whom the text is about and who reads it."""
    address = address_for(age(member.birth_date, member.birth_year, today), _GENDER[member.gender], False)
    return Recipient(
        address=address,
        given_name=given_name(member.full_name),
        reference=member.reference,
        commune=member.commune_name,
        phone_of=_PHONE_OF[phone.holder],
        confirmed=phone.confirmed,
    )


def age(born: date | None, year: int | None, today: date) -> int | None:
    """Whole years; by the year alone where the roster has no more; None for nothing or a birth in the future."""
    if born is not None:
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    elif year is not None:
        years = today.year - year
    else:
        return None
    return years if years >= 0 else None
