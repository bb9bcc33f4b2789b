"""Communes of today and of before July 2025: found by any name, asked about where several could be meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from vietnam_provinces import Ward
from vietnam_provinces.legacy import District
from vietnam_provinces.legacy import Ward as OldWard

from language.text import strip_marks
from roster.intake import Field, Status
from roster.intake.communes import load_communes
from roster.intake.divisions import load_divisions
from tests.roster.intake.books import HEADER, HOA, people, read_one, reasons, save

COMMUNES = load_communes(1)


def test_hanoi_has_its_126_communes_and_every_old_one_became_something() -> None:
    divisions = load_divisions(1)
    assert len(divisions.communes) == 126
    assert all(old.successors for old in divisions.old)


@pytest.mark.parametrize(
    "form", [str, str.upper, strip_marks, lambda n: n.replace("Phường ", "P.").replace("Xã ", "X. ")]
)
def test_every_commune_of_today_is_found_by_its_name(form: Callable[[str], str]) -> None:
    found = {c.name: COMMUNES.find(form(c.name)).commune for c in load_divisions(1).communes}
    assert [name for name, commune in found.items() if commune is None or commune.name != name] == []


def _abbreviated(place: str) -> str:
    for kind, short in (
        ("Phường ", "P."),
        ("Thị trấn ", "TT. "),
        ("Quận ", "Q. "),
        ("Huyện ", "H."),
        ("Thị xã ", "TX "),
    ):
        place = place.replace(kind, short)
    return place.replace("Xã ", "X. ")


@pytest.mark.parametrize(
    "form",
    [str, strip_marks, str.upper, _abbreviated, lambda p: p.replace(", ", " - "), lambda p: p.replace(", ", " "),
     lambda p: p + ", thành phố Hà Nội", lambda p: strip_marks(p.replace(", ", " ")).lower() + " ha noi"],
)  # fmt: skip
def test_every_old_commune_with_its_district_gives_what_the_table_of_2025_says(form: Callable[[str], str]) -> None:
    wrong = []
    for old in OldWard.iter_all():
        if int(old.province_code) != 1:
            continue
        text = form(f"{old.name}, {District.from_code(old.district_code).name}")
        names = sorted({target.ward.name for target in Ward.search_from_legacy(code=int(old.code))})
        match = COMMUNES.find(text)
        got = [match.commune.name] if match.commune else sorted(match.candidates)
        if got != names:
            wrong.append((text, got, names))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hạ Bằng", "Xã Hạ Bằng"),
        ("x hạ bằng", "Xã Hạ Bằng"),
        ("UBND xã Hạ Bằng", "Xã Hạ Bằng"),
        ("Văn Miếu Quốc Tử Giám", "Phường Văn Miếu - Quốc Tử Giám"),
        ("P.Văn Miếu–Quốc Tử Giám", "Phường Văn Miếu - Quốc Tử Giám"),
        ("P Yên Hoà", "Phường Yên Hòa"),
        ("xã Hoà Lạc", "Xã Hòa Lạc"),
        ("Phuong Liet", "Phường Phương Liệt"),
        ("Phường Láng, quận Đống Đa, TP Hà Nội", "Phường Láng"),
        ("Phú Diễn, Bắc Từ Liêm", "Phường Phú Diễn"),
        ("Số 5 thôn 2 xã Hạ Bằng", "Xã Hạ Bằng"),
        ("Đồng Trúc (nay là Hạ Bằng)", "Xã Hạ Bằng"),
    ],
)
def test_forms_of_a_name_of_today(text: str, name: str) -> None:
    match = COMMUNES.find(text)
    assert match.commune is not None and (match.commune.name, match.reason) == (name, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tản Lĩnh, Ba Vì", "Xã Suối Hai"),
        ("TT Xuân Mai", "Xã Xuân Mai"),
        ("TT. Sóc Sơn", "Xã Sóc Sơn"),
        ("Đồng Trúc - Thạch Thất - Hà Nội", "Xã Hạ Bằng"),
        ("Xã Đồng Trúc cũ", "Xã Hạ Bằng"),
        ("Xã Minh Khai", "Xã Dương Hòa"),
        ("Minh Khai, H. Hoài Đức", "Xã Dương Hòa"),
        ("Yên Sở, Hoài Đức", "Xã Dương Hòa"),
        ("Xã Sơn Đông", "Xã Đoài Phương"),
        ("Phường Chương Dương", "Phường Hồng Hà"),
        ("Xã Bồ Đề", "Phường Bồ Đề"),
        ("Xã Hạ Bàng", "Xã Hạ Bằng"),
        ("Xã Hòa Phú", "Xã Hòa Phú"),
    ],
)
def test_forms_that_an_officer_should_see_mapped(text: str, name: str) -> None:
    match = COMMUNES.find(text)
    assert match.commune is not None and match.commune.name == name and match.reason


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Láng Hạ, Đống Đa", {"Phường Giảng Võ", "Phường Láng", "Phường Đống Đa"}),
        ("Lang Ha Dong Da", {"Phường Giảng Võ", "Phường Láng", "Phường Đống Đa"}),
        ("P. Láng Hạ - Q. Đống Đa - TP Hà Nội", {"Phường Giảng Võ", "Phường Láng", "Phường Đống Đa"}),
        ("Đống Đa, Láng Hạ", {"Phường Giảng Võ", "Phường Láng", "Phường Đống Đa"}),
        ("Phường Bồ Đề, Long Biên", {"Phường Hồng Hà", "Phường Bồ Đề", "Phường Long Biên"}),
        ("Hạ Bằng (Thạch Thất)", {"Xã Hạ Bằng", "Xã Hòa Lạc"}),
        ("Kim Chung", {"Xã Thiên Lộc", "Xã Vĩnh Thanh", "Phường Tây Tựu", "Xã Hoài Đức"}),
        ("Trần Phú", {"Xã Trần Phú", "Phường Lĩnh Nam", "Phường Hoàng Mai", "Phường Yên Sở"}),
        ("Chương Dương", {"Xã Chương Dương", "Phường Hồng Hà"}),
        ("Phường Láng, Hoàng Mai", {"Phường Láng"}),
        ("TX Sơn Tây", {"Phường Sơn Tây", "Phường Tùng Thiện", "Xã Đoài Phương", "Xã Hòa Lạc"}),
        ("Phường Không Có Thật", set()),
        ("Phường 5, Gò Vấp, TP HCM", set()),
        ("Xã Kim Sơn, Đông Triều, Quảng Ninh", set()),
        ("12345", set()),
    ],
)
def test_what_is_open_is_a_question_and_never_a_guess(text: str, candidates: set[str]) -> None:
    match = COMMUNES.find(text)
    assert match.commune is None and set(match.candidates) == candidates and match.reason


def test_an_unknown_name_in_a_known_district_offers_what_the_district_became() -> None:
    match = COMMUNES.find("Ngã Tư Sở, Đống Đa")
    assert match.commune is None and "Phường Kim Liên" in match.candidates


def test_a_slip_of_one_letter_is_offered_not_taken() -> None:
    match = COMMUNES.find("Xã Xuân Mia")
    assert match.commune is None and "Xã Xuân Mai" in match.candidates


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("Thôn 3, xã Hạ Bằng", "Xã Hạ Bằng"),
        ("Tổ 5 P. Láng", "Phường Láng"),
        ("Thôn 3 - Đồng Trúc - Thạch Thất - Hà Nội", "Xã Hạ Bằng"),
    ],
)
def test_a_commune_inside_an_address(address: str, name: str) -> None:
    match = COMMUNES.find_in_address(address)
    assert match is not None and match.commune is not None and match.commune.name == name


@pytest.mark.parametrize("address", ["Số 217 ngõ 93", "12 Khâm Thiên", "Số 5 Láng Hạ, Đống Đa"])
def test_a_street_is_no_commune(address: str) -> None:
    assert COMMUNES.find_in_address(address) is None


def test_the_address_stands_in_for_a_missing_column(tmp_path: Path) -> None:
    header = (*HEADER[:6], "Địa chỉ")
    first, second = people(
        save(tmp_path, [header, (*HOA[:6], "Thôn 3, xã Hạ Bằng"), (2, "Lê Văn Tám", 1950, "Nam", None, "HN", "Số 5")])
    )
    assert first.person is not None and first.person.ward == "Xã Hạ Bằng"
    assert Field.WARD in second.errors


def test_the_district_may_have_a_column_of_its_own(tmp_path: Path) -> None:
    header = (*HEADER[:6], "Phường/Xã", "Quận/Huyện")
    first, second = people(
        save(tmp_path, [header, (*HOA[:6], "Minh Khai", "Hoài Đức"), (*HOA[:6], "Láng Hạ", "Q. Đống Đa")])
    )
    assert first.person is not None and first.person.ward == "Xã Dương Hòa"
    assert second.person is not None and "Phường Láng" in second.person.candidates


def test_an_address_that_names_one_of_the_candidates_decides(tmp_path: Path) -> None:
    header = (*HEADER[:6], "Xã/Phường", "Địa chỉ")
    [row] = people(save(tmp_path, [header, (*HOA[:6], "Láng Hạ, Đống Đa", "Số 5, phường Giảng Võ")]))
    assert row.person is not None and row.person.ward == "Phường Giảng Võ" and row.status is Status.WARNING


def test_the_code_of_the_statistics_office_comes_along(tmp_path: Path) -> None:
    row = read_one(tmp_path, ward="P. Láng")
    assert row.person is not None and row.person.ward_code is not None
    assert Ward.from_code(int(row.person.ward_code)).name == "Phường Láng"  # type: ignore[arg-type]


def test_an_open_commune_keeps_the_rest_of_the_row(tmp_path: Path) -> None:
    row = read_one(tmp_path, ward="Láng Hạ, Đống Đa")
    assert row.errors == [Field.WARD] and row.person is not None
    assert row.person.ward is None and row.person.citizen_id == "001148000001"
    assert "xin chọn" in reasons(row)
