import random
import secrets
import string

import pytest

from language.codes import (
    find_codes,
    find_wrong_codes,
    group_code,
    is_valid,
    looks_like_code,
    new_code,
    read_code,
)

RNG = random.Random(13)
CODES = [new_code(RNG.randrange) for _ in range(40)]
EVERY_CHARACTER = string.ascii_uppercase + string.digits

# Messages of people who are not giving a code.
NO_CODES = [
    "vang a toi la con gai ba Hoa",
    "co, bac co tk vietcom so 0011 0041 23456 ten Hoa",
    "8h30 sang thu 7 duoc khong",
    "t7 hoac cn deu duoc",
    "bien so 29A12345",
    "30H1 23456",
    "711A12345678",
    "AB3D 9KXM",
    "cccd 001148012345",
    "nghiêng nghiêng",
    "cam3 o7n nhie6u2",
    "o73 d9a6u",
    "chuyenkhoan",
    "toi 78 tuoi sinh nam 1948",
    "nha so 12 ngo 345 pho Hue",
    "covid19 4G 5G",
    "A3",
    "",
]


def ways_of_typing(code: str) -> list[str]:
    return [
        code,
        code.lower(),
        group_code(code),
        group_code(code).lower(),
        f"{code[:4]}-{code[4:]}",
        f"{code[:4]}.{code[4:]}",
        f"{code[:3]} {code[3:]}",
        f"{code[:2]} {code[2:4]} {code[4:6]} {code[6:]}",
        " ".join(code),
        "-".join(code.lower()),
        f"ma cua bac la {code.lower()} nhe",
        f"Mã: {group_code(code)}.",
        f"({code})",
        code[0] + code[1:].replace("0", "O").replace("1", "l"),
        code.replace("0", "o").replace("1", "I"),
        code.replace("5", "S").replace("2", "z").replace("8", "B"),
    ]


@pytest.mark.parametrize("code", CODES[:12])
def test_a_code_is_found_however_it_is_typed(code: str) -> None:
    for typed in ways_of_typing(code):
        assert [f.value for f in find_codes(typed)] == [code], typed
        assert not looks_like_code(typed), typed


def test_the_span_is_what_was_typed() -> None:
    code = CODES[0]
    text = f"mã của bác là {group_code(code).lower()} nhé"
    (found,) = find_codes(text)
    assert text[found.start : found.end] == group_code(code).lower()


def test_two_codes_in_one_message() -> None:
    text = f"bo toi {group_code(CODES[1])}, me toi {CODES[2]}"
    assert [f.value for f in find_codes(text)] == [CODES[1], CODES[2]]


def test_new_codes_are_valid_and_have_no_look_alikes_or_vowels() -> None:
    for _ in range(300):
        code = new_code(secrets.randbelow)
        assert is_valid(code)
        assert len(code) == 8
        assert not set(code) & set("AEIOUYWBDLQSZ")
        assert sum(c.isdigit() for c in code) == 3


@pytest.mark.parametrize("code", CODES)
def test_every_single_wrong_character_is_noticed(code: str) -> None:
    for i in range(8):
        for char in EVERY_CHARACTER:
            wrong = code[:i] + char + code[i + 1 :]
            if read_code(wrong) != code:
                assert not is_valid(read_code(wrong))


@pytest.mark.parametrize("code", CODES)
def test_every_exchange_of_two_characters_is_noticed(code: str) -> None:
    for i in range(7):
        for j in range(i + 1, 8):
            chars = list(code)
            chars[i], chars[j] = chars[j], chars[i]
            wrong = "".join(chars)
            if wrong != code:
                assert not is_valid(read_code(wrong))


@pytest.mark.parametrize("text", NO_CODES)
def test_ordinary_messages_hold_no_code_and_no_attempt_at_one(text: str) -> None:
    assert find_codes(text) == []
    assert not looks_like_code(text)


@pytest.mark.parametrize("code", CODES[:10])
def test_attempts_are_recognised(code: str) -> None:
    wrong_check = code[:-1] + next(c for c in "CFGH" if c != code[-1])
    for attempt in (wrong_check, group_code(wrong_check).lower(), code[:-1], code[:3] + code[4:], code + "K"):
        assert find_codes(attempt) == []
        assert looks_like_code(f"ma {attempt}"), attempt


def test_a_wrong_code_beside_a_right_one_is_the_only_wrong_one() -> None:
    code = CODES[3]
    wrong = code[:-1] + next(c for c in "CFGH" if c != code[-1])
    assert [f.value for f in find_wrong_codes(f"{code} hay la {wrong}")] == [wrong]


@pytest.mark.parametrize("not_stored", ["", "h3kr7m2p", "H3KR 7M2P", "A3KR7M2P", "ẢKR7M2P"])
def test_only_the_stored_form_is_valid(not_stored: str) -> None:
    assert not is_valid(not_stored)
