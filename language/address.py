"""Forms of address: what the bot calls the one who writes, and what it calls itself (dialogue.md, rule 8).

The beneficiary is addressed by age and gender: 80 and over cụ; 70-79 ông or bà; 60-69 bác; 45-59 chú or cô;
16-44 anh or chị; under 16 em. A relative who writes for somebody is anh/chị, whatever the beneficiary's
age; where nothing is known it is ông/bà and the office speaks ("chúng tôi").

Templates use the placeholders of `Address.placeholders()`: `{xung_ho}` `{Xung_ho}` the person ("bác", "Bác"),
`{toi}` `{Toi}` the bot ("cháu", "Cháu"), `{da}` the polite opening with its comma and space ("Dạ, ", "" to
a child), `{a}` the polite close with its space (" ạ", "" to a child). Example: "{da}{toi} đã ghi số của
{xung_ho} rồi{a}."
"""

from dataclasses import dataclass
from enum import Enum


class Gender(str, Enum):
    """The gender on the roster."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Address:
    """One pair of words: `second` for the person, `self_word` for the bot, both as inside a sentence."""

    second: str
    self_word: str
    polite: bool = True

    @property
    def second_title(self) -> str:
        """`second` as it begins a sentence: "Bác", "Ông/bà"."""
        return _capitalised(self.second)

    @property
    def self_title(self) -> str:
        """`self_word` as it begins a sentence: "Cháu", "Chúng tôi"."""
        return _capitalised(self.self_word)

    @property
    def opening(self) -> str:
        """The polite start of a reply, comma and space included: "Dạ, "; to a child ""."""
        return "Dạ, " if self.polite else ""

    @property
    def closing(self) -> str:
        """The polite end of a sentence before its full stop, space included: " ạ"; to a child ""."""
        return " ạ" if self.polite else ""

    def vocative(self) -> str:
        """How the person is called: "bác ơi"; formally, where the age is not known, "thưa ông/bà"."""
        formal = self.polite and self.self_word == UNKNOWN.self_word
        return f"thưa {self.second}" if formal else f"{self.second} ơi"

    def with_name(self, given_name: str) -> str:
        """The form of address and the given name: "bác Hoa"; without a name only the form of address."""
        return f"{self.second} {given_name}".strip()

    def placeholders(self) -> dict[str, str]:
        """The words that templates fill in; see the module's docstring."""
        return {
            "xung_ho": self.second,
            "Xung_ho": self.second_title,
            "toi": self.self_word,
            "Toi": self.self_title,
            "da": self.opening,
            "a": self.closing,
        }


UNKNOWN = Address("ông/bà", "chúng tôi")
RELATIVE = Address("anh/chị", "em")
_CHILD = Address("em", "chúng tôi", polite=False)

# From this age on: (man, woman, gender unknown), and what the bot is to them. Oldest first.
_BY_AGE = (
    (80, ("cụ", "cụ", "cụ"), "cháu"),
    (70, ("ông", "bà", "ông/bà"), "cháu"),
    (60, ("bác", "bác", "bác"), "cháu"),
    (45, ("chú", "cô", "cô/chú"), "cháu"),
    (16, ("anh", "chị", "anh/chị"), "em"),
)
_COLUMN = {Gender.MALE: 0, Gender.FEMALE: 1, Gender.UNKNOWN: 2}


def _capitalised(words: str) -> str:
    return words[:1].upper() + words[1:]


def _without_age(gender: Gender) -> Address:
    """The roster tells at most man or woman: ông or bà, as an office writes to anybody."""
    return Address(("ông", "bà", UNKNOWN.second)[_COLUMN[gender]], UNKNOWN.self_word)


def address_for(age: int | None, gender: Gender, is_relative: bool) -> Address:
    """The form of address for the one who is writing.

    `age` (whole years) and `gender` are the beneficiary's, as the roster knows them; None or UNKNOWN where it
    does not. `is_relative`: somebody else writes for the beneficiary. ValueError for a negative age.
    """
    if age is not None and age < 0:
        raise ValueError("an age cannot be negative")
    if is_relative:
        return RELATIVE
    if age is None:
        return _without_age(gender)
    for youngest, forms, self_word in _BY_AGE:
        if age >= youngest:
            return Address(forms[_COLUMN[gender]], self_word)
    return _CHILD
