"""All finders on the same messages: what each takes, and that none trips over odd input."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.banks import bank_candidates, find_banks
from language.choices import pick_choice
from language.codes import find_codes, find_wrong_codes
from language.corrections import find_correction
from language.dates import find_birth_year
from language.digits import find_digit_runs
from language.number_words import find_number_words
from language.phones import find_phones
from language.relations import find_holder_relation, find_relation
from language.secrets_guard import find_secrets, mask_secrets
from language.spans import Found
from language.stop_words import is_resume, is_stop
from language.times import describe, find_visit_time


@dataclass
class Read:
    """What a message should yield; all that is not named must be empty."""

    text: str
    bank: str | None = None
    numbers: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    relation: str | None = None
    time: str | None = None
    stop: bool = False
    secrets: int = 0
    correction: str | None = None
    birth_year: int | None = None


MESSAGES = [
    Read("co, bac co tk vietcom so 0011 0041 23456 ten Hoa", bank="Vietcombank", numbers=["0011004123456"]),
    Read(
        "Dạ em là con gái bà Hoa, mẹ em có tài khoản Agribank 3112205001234, sđt 0912 345 678",
        bank="Agribank",
        numbers=["3112205001234", "0912345678"],
        phones=["0912345678"],
        relation="child",
    ),
    Read("toi la con trai ba, sang thu 7 can bo den nhe", relation="child", time="sáng thứ Bảy"),
    Read(
        "mai den luc 8h, goi truoc so 0912345678",
        time="lúc 8 giờ ngày mai",
        numbers=["0912345678"],
        phones=["0912345678"],
    ),
    Read("a nham so cuoi la 7", correction="last_digits"),
    Read("nham, ngan hang agribank co", bank="Agribank", correction="new_value"),
    Read("dung roi chau", stop=False),
    Read("thoi dung nhan tin nua, toi 78 tuoi roi", stop=True, birth_year=1948),
    Read("vietin 103 456 789 012 ten NGUYEN THI HOA", bank="VietinBank", numbers=["103456789012"]),
    Read("khong chin mot hai ba bon nam sau bay tam", numbers=["0912345678"], phones=["0912345678"]),
    Read("co nguoi goi 0912345678 xin ma otp", numbers=["0912345678"], phones=["0912345678"]),
    Read("otp 482913 tk 0011004123456 vcb", bank="Vietcombank", numbers=["482913", "0011004123456"], secrets=1),
    Read("toi khong biet chu chau oi"),
    Read("bac o nha ca ngay, chieu cung duoc", time="buổi chiều"),
    Read("me toi nam vien, cho toi hoi con trai da", relation="child"),
    Read("toi nhan tien mat thoi, di lai kho khan lam"),
    Read("sinh nam 1948, cccd 001148012345", numbers=["001148012345"], birth_year=1948),
]


def one(found: Found[object] | None) -> object:
    return None if found is None else found.value


@pytest.mark.parametrize("expected", MESSAGES, ids=lambda read: read.text)
def test_each_finder_takes_its_own(expected: Read) -> None:
    text = expected.text
    time = find_visit_time(text)
    correction = find_correction(text)
    read = Read(
        text,
        bank=next((f.value.short_name for f in find_banks(text)), None),
        numbers=[f.value for f in find_digit_runs(text)],
        phones=[f.value for f in find_phones(text)],
        relation=one(find_relation(text)),  # type: ignore[arg-type]
        time=describe(time.value) if time else None,
        stop=is_stop(text),
        secrets=len(find_secrets(text)),
        correction=correction.kind.value if correction else None,
        birth_year=one(find_birth_year(text, 2026)),  # type: ignore[arg-type]
    )
    assert read == expected
    assert find_codes(text) == []
    assert pick_choice(text, ["Tại nhà", "Ra phường"]) is None


LISTS: list[Callable[[str], list[Found[object]]]] = [
    find_banks,
    find_codes,
    find_wrong_codes,
    find_digit_runs,
    find_number_words,
    find_phones,
    find_secrets,
]  # type: ignore[list-item]
PIECES = st.sampled_from(
    [
        "0",
        "1",
        "9",
        "09",
        "0912",
        "345",
        "678",
        "00110041",
        "một",
        "hai",
        "không",
        "chín",
        "năm",
        "đúng",
        "dung",
        "dừng",
        "tối",
        "toi",
        "mai",
        "sang",
        "sáng",
        "t7",
        "cn",
        "8h",
        "25/12",
        "tk",
        "vcb",
        "nông",
        "nghiệp",
        "nam",
        "a",
        "otp",
        "mã",
        "là",
        "số",
        "cuối",
        "con",
        "gái",
        "cháu",
        "ơi",
        "\n",
        ",",
        ".",
        "-",
        "/",
        "đ",
        "ơ",
        "O",
        "l",
        "I",
        "👍",
        "́",
        "\u200b",
        "Ａ",
        "９",
        "²",
        "ß",
        "İ",
        "ﬁ",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=14).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_finder_trips_and_every_span_lies_in_the_text(text: str) -> None:
    singles = [
        find_relation(text),
        find_holder_relation(text),
        find_visit_time(text),
        find_birth_year(text, 2026),
    ]
    found = [f for find in LISTS for f in find(text)] + [f for f in singles if f is not None]
    for finding in found:
        assert 0 <= finding.start < finding.end <= len(text)
    assert len(mask_secrets(text)) == len(text)
    bank_candidates(text)
    find_correction(text)
    pick_choice(text, ["Tại nhà", "Ra phường"])
    assert not (is_stop(text) and is_resume(text))
