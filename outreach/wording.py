"""From the people on one phone to the text of their message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from language.address import Gender as AddressGender
from language.address import address_for
from language.codes import group_code
from language.names import given_name
from outreach.channels.adapter import ProviderTemplate
from outreach.channels.provider import Account
from outreach.channels.shapes import shape_of
from outreach.channels.zalo.templates import ParameterRefused, ZaloTemplate, as_text, fill
from outreach.members import Member
from outreach.template_checks import faults
from outreach.templates import (
    CampaignWords,
    Housemate,
    PhoneOf,
    PlaceholderError,
    Recipient,
    for_sms,
    render,
)
from roster.campaign import Campaign
from roster.contact import Holder
from roster.people import whole_years
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
COMMUNES = "communes"
"""Under this key `campaign.facts` holds, by commune code, what one commune states otherwise."""


class CannotWord(ValueError):
    """The text cannot be made, or may not go out as it would read. `why` is a code without personal data."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class DoesNotFit(CannotWord):
    """The channel's approved template does not take this person's values, or there is none for the step."""


@dataclass(frozen=True)
class Wording:
    """A finished text, what it costs in segments, and the approved template that it fills, where there is one."""

    body: str
    segments: int
    template: ProviderTemplate | None = None


def words_of(campaign: Campaign) -> CampaignWords:
    """What the campaign says in its texts, all communes' own facts with it."""
    return CampaignWords(campaign.deadline, campaign.facts)


def in_commune(words: CampaignWords, commune_code: str | None) -> CampaignWords:
    """The words of one commune: what the campaign says, and what the commune states otherwise."""
    general = {key: value for key, value in words.facts.items() if key != COMMUNES}
    communes = words.facts.get(COMMUNES)
    own = communes.get(commune_code) if isinstance(communes, dict) else None
    return replace(words, facts={**general, **(own or {})})


def communes_with_own_words(words: CampaignWords) -> list[str]:
    """The communes that state something of their own."""
    communes = words.facts.get(COMMUNES)
    return sorted(communes) if isinstance(communes, dict) else []


class Wordsmith:
    """Makes the texts of one template for one account. What differs in nothing but the file code is worked out once.

    Most phones are not confirmed, so most texts of a commune differ only in the code; and taking the marks off is by
    far the dearest part of making one.
    """

    def __init__(
        self, template: str, account: Account, words: CampaignWords, today: date, zalo: ZaloTemplate | None = None
    ) -> None:
        self._template, self._account, self._today = template, account, today
        self._words = replace(words, how_to_reply=account.how_to_reply)
        self._zalo = zalo
        self._made: dict[tuple[str, Recipient], Wording] = {}
        self._checked: dict[str, CampaignWords] = {}

    def word(self, people: Sequence[Member]) -> Wording:
        """The text for `people`, who share a phone and live in one commune. Raises CannotWord, DoesNotFit."""
        reader, words = recipient(people, self._today), self._words_for(people[0].commune_code)
        if reader.household or self._zalo is not None:
            return self._make(reader, words)
        alike = (people[0].commune_code, replace(reader, reference=_SOME_CODE))
        if alike not in self._made:
            if len(self._made) >= _MOST_KEPT:
                self._made.clear()
            self._made[alike] = self._make(alike[1], words)
        made = self._made[alike]
        return replace(made, body=made.body.replace(group_code(_SOME_CODE), group_code(reader.reference)))

    def _words_for(self, commune_code: str) -> CampaignWords:
        """Facts may have been changed since a second person released the text: they are held to the same rules."""
        if commune_code not in self._checked:
            words = in_commune(self._words, commune_code)
            found = faults(self._template if self._zalo is None else as_text(self._zalo), words)
            if found:
                raise CannotWord(f"{found[0].fault}: {found[0].found}")
            self._checked[commune_code] = words
        return self._checked[commune_code]

    def _make(self, reader: Recipient, words: CampaignWords) -> Wording:
        if self._account.channel == "zalo":
            return self._filled(reader, words)
        body = self._free(reader, words)
        if len(body) > shape_of(self._account.channel).letters:
            body = self._free(_by_code_alone(reader), words)  # a household's names take room
        if len(body) > shape_of(self._account.channel).letters:
            raise CannotWord("too_long")
        return Wording(body, self._account.segments(body))

    def _free(self, reader: Recipient, words: CampaignWords) -> str:
        try:
            text = render(self._template, reader, words)
        except PlaceholderError as error:
            raise CannotWord(str(error)) from None
        return for_sms(text) if self._account.channel == "sms" else text

    def _filled(self, reader: Recipient, words: CampaignWords) -> Wording:
        if self._zalo is None:
            raise DoesNotFit("no_template")
        try:
            filled = fill(self._zalo, reader, words)
        except ParameterRefused as refusal:
            raise DoesNotFit(refusal.parameter) from None
        return Wording(filled.body, self._account.segments(filled.body), filled.template)


def recipient(people: Sequence[Member], today: date) -> Recipient:
    """Whom the text is about and who reads it. Each of `people` has the same phone.

    Of several, whoever's own phone it is reads it; where that is nobody, or several, the reader is not known.
    """
    if len(people) == 1:
        return _alone(people[0], today)
    own = [one for one in people if _holder(one) is Holder.SELF]
    first = own[0] if len(own) == 1 else people[0]
    in_order = [first, *(one for one in people if one is not first)]
    any_relative = any(_holder(one) is Holder.RELATIVE for one in people)
    if len(own) == 1:
        phone_of = PhoneOf.BENEFICIARY
    else:
        phone_of = PhoneOf.RELATIVE if any_relative and not own else PhoneOf.UNKNOWN
    household = tuple(_housemate(one, today) for one in in_order)
    return replace(_alone(first, today), phone_of=phone_of, household=household)


def _alone(member: Member, today: date) -> Recipient:
    assert member.phone is not None
    return Recipient(
        address=address_for(whole_years(member.birth_date, member.birth_year, today), _GENDER[member.gender], False),
        given_name=given_name(member.full_name),
        reference=member.reference,
        commune=member.commune_name,
        phone_of=_PHONE_OF[member.phone.holder],
        confirmed=member.phone.confirmed,
    )


def _by_code_alone(reader: Recipient) -> Recipient:
    return replace(reader, household=tuple(replace(one, called="") for one in reader.household))


def _housemate(member: Member, today: date) -> Housemate:
    """By name only where the phone is confirmed as the person's or a relative's."""
    alone = _alone(member, today)
    named = alone.confirmed and alone.phone_of is not PhoneOf.UNKNOWN and alone.given_name
    return Housemate(member.reference, alone.address.with_name(alone.given_name) if named else "")


def _holder(member: Member) -> Holder | None:
    return member.phone.holder if member.phone else None
