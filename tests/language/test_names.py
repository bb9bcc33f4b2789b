import unicodedata

import pytest

from language.names import (
    NameMatch,
    bank_name_form,
    compare_holder,
    display_name,
    given_name,
    same_identity,
)

ROSTER = "Nguyễn Thị Hoa"


@pytest.mark.parametrize(
    ("holder", "match", "why"),
    [
        ("NGUYEN THI HOA", NameMatch.FULL, "Giống nhau"),
        ("nguyễn  thị HOÀ", NameMatch.FULL, "Giống nhau"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Hoa"), NameMatch.FULL, "Giống nhau"),
        ("NGUYEN THIHOA", NameMatch.CLOSE, "cách chữ"),
        ("HOA NGUYEN THI", NameMatch.CLOSE, "thứ tự"),
        ("NGUYEN HOA", NameMatch.CLOSE, "tên đệm"),
        ("NGUYEN THI NGOC HOA", NameMatch.CLOSE, "tên đệm"),
        ("N T HOA", NameMatch.CLOSE, "viết tắt"),
        ("N.T. Hoa", NameMatch.CLOSE, "viết tắt"),
        ("NGUYEN THI HOAN", NameMatch.CLOSE, "một chữ cái"),
        ("NGUYEN THI HAO", NameMatch.CLOSE, "một chữ cái"),
        ("NGUYNE THI HOA", NameMatch.CLOSE, "một chữ cái"),
        ("NGUYEN THJ HOA", NameMatch.CLOSE, "một chữ cái"),
        ("TRAN THI HOA", NameMatch.MISMATCH, "Khác tên"),
        ("NGUYEN VAN HOA", NameMatch.MISMATCH, "Khác tên"),
        ("NGUYEN THI H", NameMatch.MISMATCH, "Khác tên"),
        ("NGUYEN HOAN", NameMatch.MISMATCH, "Khác tên"),
        ("HOA", NameMatch.MISMATCH, "đủ họ tên"),
        ("", NameMatch.MISMATCH, "Thiếu tên"),
        ("123", NameMatch.MISMATCH, "Thiếu tên"),
    ],
)
def test_the_holder_against_the_roster(holder: str, match: NameMatch, why: str) -> None:
    compared = compare_holder(holder, ROSTER)
    assert compared.match is match
    assert why in compared.reason
    assert compare_holder(ROSTER, holder) == compared


@pytest.mark.parametrize(
    ("a", "b", "match"),
    [
        ("Le A", "Le B", NameMatch.MISMATCH),
        ("Le Van An", "Le Van Am", NameMatch.MISMATCH),
        ("Trần Mỹ Lý", "Tran Mi Li", NameMatch.CLOSE),
        ("Đỗ Bình", "DO BINH", NameMatch.FULL),
        ("H'Hen Niê", "H HEN NIE", NameMatch.FULL),
    ],
)
def test_short_and_other_names(a: str, b: str, match: NameMatch) -> None:
    assert compare_holder(a, b).match is match


@pytest.mark.parametrize("holder", ["NGUYEN HOA", "TRAN VAN BINH", "NGUYEN THI HOAN", ""])
def test_the_reason_names_nobody(holder: str) -> None:
    reason = compare_holder(holder, ROSTER).reason.lower()
    assert not {"nguyễn", "nguyen", "hoa", "hoan", "binh"} & set(reason.split())


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nguyễn Thị Thúy", "Nguyễn Thị Thuý"),
        ("Mỹ", "Mĩ"),
        ("Lý Quý", "Lí Quí"),
        ("TRẦN THỊ HOÀ", "Trần  Thị Hòa"),
        ("H'Hen", "H’Hen"),
        (unicodedata.normalize("NFD", "Đỗ Kỳ"), "Đỗ Kì"),
    ],
)
def test_one_name_in_two_spellings(a: str, b: str) -> None:
    assert same_identity(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Hoa", "Hòa"), ("Hòa", "Hóa"), ("Thúy", "Thúi"), ("Tây", "Tâi"), ("Tay", "Tai"), ("Dung", "Đung"), ("", "")],
)
def test_marks_make_another_name(a: str, b: str) -> None:
    assert not same_identity(a, b)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("NGUYỄN  THỊ HOA", "Nguyễn Thị Hoa"),
        (" nguyễn thị\u00a0hoa\n", "Nguyễn Thị Hoa"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("K'Brếu", "K'Brếu"),
        ("ĐỖ THUÝ", "Đỗ Thuý"),
        ("", ""),
    ],
)
def test_display_name(written: str, shown: str) -> None:
    assert display_name(unicodedata.normalize("NFD", written)) == shown


@pytest.mark.parametrize(("name", "given"), [("TRẦN VĂN BÌNH", "Bình"), ("Hoa", "Hoa"), ("  ", "")])
def test_given_name(name: str, given: str) -> None:
    assert given_name(name) == given


@pytest.mark.parametrize(("name", "form"), [("Đặng Thị  Hoà", "DANG THI HOA"), ("H'Hen Niê", "H HEN NIE"), ("", "")])
def test_bank_name_form(name: str, form: str) -> None:
    assert bank_name_form(name) == form
