"""What the cast is given: phones of their own, and their codes in what they say."""

from __future__ import annotations

import unicodedata
from uuid import uuid4

from language.phones import PhoneKind, phone_kind
from loa.rehearsal.cast import Player, phone_number
from loa.rehearsal.citizen import Citizen

CITIZEN = Citizen.model_validate({"name": "a", "opens": "b", "person": {"full_name": "An"}, "expect": {}})
PLAYER = Player(CITIZEN, uuid4(), uuid4(), phone_number(0), "H3KR7M2P", "C2KR7M2P")


def test_every_citizen_has_a_mobile_of_its_own() -> None:
    numbers = [phone_number(place) for place in (0, 1, 59, 999_999)]
    assert len(set(numbers)) == len(numbers)
    assert all(phone_kind(number) is PhoneKind.MOBILE for number in numbers)


def test_codes_are_said_as_they_are_printed() -> None:
    said = PLAYER.fill("ma {reference}, khong phai {other_reference}, {khac}")
    assert said == "ma H3KR 7M2P, khong phai C2KR 7M2P, {khac}"


def test_words_are_said_in_one_form() -> None:
    decomposed = unicodedata.normalize("NFD", "đúng rồi")
    assert PLAYER.fill(decomposed) == "đúng rồi"
