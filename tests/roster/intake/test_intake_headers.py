"""Headers: under titles, over two rows, merged or not, in any words and any order."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from language.text import strip_marks
from roster.intake import Role
from roster.intake.header_names import load_header_names
from roster.intake.settings import DATA
from tests.roster.intake.books import HEADER, HOA, people, save

NAMES = load_header_names(DATA / "headers.yml")
TITLES = [
    ["UBND THÀNH PHỐ HÀ NỘI", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["SỞ Y TẾ", None, None, "Độc lập - Tự do - Hạnh phúc"],
    [],
    ["DANH SÁCH ĐỐI TƯỢNG HƯỞNG CHÍNH SÁCH"],
    ["(Kèm theo Công văn số 12/2026)"],
]


@pytest.mark.parametrize(
    ("role", "labels"),
    [
        (
            Role.FULL_NAME,
            [
                "Họ tên",
                "Họ và tên",
                "HỌ VÀ TÊN NGƯỜI HƯỞNG",
                "Họ, tên",
                "Họ và tên đối tượng",
                "ho va ten",
                "Họ, chữ đệm và tên khai sinh",
                "Tên người thụ hưởng",
                "Họ và\ntên",
            ],
        ),
        (
            Role.BIRTH,
            ["Năm sinh", "Ngày sinh", "Ngày, tháng, năm sinh", "Ngày/tháng/năm sinh", "Ngày sinh (dd/mm/yyyy)", "NTNS"],
        ),
        (Role.GENDER, ["Giới tính", "Giới tính (Nam/Nữ)", "Giới", "Phái"]),
        (
            Role.CITIZEN_ID,
            [
                "CCCD",
                "Số CCCD/ĐDCN",
                "Số định danh",
                "CMND/CCCD",
                "Số định danh cá nhân/CCCD",
                "Căn cước công dân",
                "Số thẻ căn cước",
                "Số CCCD (12 số)",
            ],
        ),
        (
            Role.CATEGORY,
            ["Nhóm đối tượng", "Loại đối tượng", "Đối tượng", "Diện", "Diện hưởng", "Đối tượng thụ hưởng", "Chế độ"],
        ),
        (
            Role.WARD,
            [
                "Xã/Phường",
                "Phường/xã",
                "Xã, phường, thị trấn",
                "Phường",
                "Xã",
                "Tên phường/xã",
                "Nơi cư trú (xã/phường)",
            ],
        ),
        (Role.ADDRESS, ["Địa chỉ", "Địa chỉ thường trú", "Nơi ở hiện nay", "HKTT", "Nơi cư trú"]),
        (Role.PHONES, ["SĐT", "Điện thoại", "Số điện thoại liên hệ", "Số ĐT", "Di động", "SĐT/Zalo"]),
        (Role.RELATIVE, ["Người thân", "Họ tên người thân", "Người giám hộ", "Người nhận thay"]),
        (Role.RELATIVE_PHONES, ["SĐT người thân", "Điện thoại người giám hộ", "Số điện thoại của người thân"]),
        (Role.AMOUNT, ["Mức hưởng (đồng)", "Mức trợ cấp", "Số tiền"]),
        (Role.PAID_BY, ["Hình thức nhận", "Hình thức chi trả"]),
        (Role.NOTE, ["Ghi chú"]),
        (Role.HOUSEHOLD, ["Họ tên chủ hộ", "Mã hộ"]),
        (Role.IGNORED, ["Ngày cấp CCCD", "Nơi sinh", "Quê quán", "Số tài khoản", "Tên chủ tài khoản", "Dân tộc"]),
    ],
)
def test_columns_by_their_names(role: Role, labels: list[str]) -> None:
    assert {label: NAMES.role_of(label) for label in labels} == dict.fromkeys(labels, role)


def test_the_header_is_found_under_title_rows(tmp_path: Path) -> None:
    [row] = people(save(tmp_path, [*TITLES, HEADER, HOA], merges=["A4:H4", "A1:C1"]))
    assert row.row == 7 and row.findings == []


@pytest.mark.parametrize("form", ["upper", "decomposed", "unaccented", "spaced"])
def test_the_header_in_other_letters(tmp_path: Path, form: str) -> None:
    forms: dict[str, Callable[[str], str]] = {
        "upper": str.upper,
        "decomposed": lambda s: unicodedata.normalize("NFD", s),
        "unaccented": strip_marks,
        "spaced": lambda s: "  " + s.replace(" ", "\u00a0 ") + "\n",
    }
    [row] = people(save(tmp_path, [[forms[form](label) for label in HEADER], HOA]))
    assert row.findings == [] and row.person is not None and row.person.phones == ("0912345678",)


def test_columns_in_any_order_and_with_gaps(tmp_path: Path) -> None:
    order = [7, 4, 1, 6, 3, 2, 5]
    header = [None, *(HEADER[i] for i in order[:3]), None, *(HEADER[i] for i in order[3:])]
    values = [None, *(HOA[i] for i in order[:3]), None, *(HOA[i] for i in order[3:])]
    [row] = people(save(tmp_path, [[], header, values]))
    assert row.findings == [] and row.person is not None and row.person.full_name == "Nguyễn Thị Hoa"


@pytest.mark.parametrize("merged", [True, False])
def test_birth_years_in_a_column_for_each_gender(tmp_path: Path, merged: bool) -> None:
    rows = [
        ["TT", "Họ và tên", "Năm sinh", None, "CCCD", "Diện", "Xã"],
        [None, None, "Nam", "Nữ"],
        [1, 2, 3, 4, 5, 6, 7],
        [1, "Lê Văn Tám", 1950, None, "001050000001", "HN", "Xã Hạ Bằng"],
        [2, "Lê Thị Chín", None, "12/03/1948", "001148000002", "HN", "Xã Hạ Bằng"],
        [3, "Lê Thị Mười", 1950, 1950, None, "HN", "Xã Hạ Bằng"],
    ]
    merges = ["C1:D1", *(f"{c}1:{c}2" for c in "ABEFG")] if merged else []
    man, woman, both = people(save(tmp_path, rows, merges=merges))
    assert man.person is not None and (man.person.birth_year, man.person.gender) == (1950, "male")
    assert woman.person is not None and (woman.person.birth_year, woman.person.gender) == (1948, "female")
    assert both.person is not None and (both.person.birth_year, both.person.gender) == (1950, None)


def test_unaccented_nam_beside_nu_is_a_man_and_behind_thang_a_year(tmp_path: Path) -> None:
    genders = [
        ["stt", "ho ten", "nam sinh", None, "xa", "dien"],
        [None, None, "nam", "nu"],
        [1, "Lê Văn Tám", 1950, None, "Láng", "HN"],
    ]
    dates = [
        ["stt", "ho ten", "ngay sinh", None, None, "xa", "dien"],
        [None, None, "ngay", "thang", "nam"],
        [1, "Lê Văn Tám", 12, 5, 1950, "Láng", "HN"],
    ]
    [man] = people(save(tmp_path, genders))
    [dated] = people(save(tmp_path, dates))
    assert man.person is not None and man.person.gender == "male" and man.person.birth_year == 1950
    assert dated.person is not None and str(dated.person.birth_date) == "1950-05-12"


def test_columns_ticked_for_gender_and_category(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ và tên", "Năm sinh", "Nữ", "CCCD", "Xã", "Đối tượng", None, None],
        [None] * 6 + ["BTXH", "NCC", "Hộ nghèo"],
        [1, "Trần Thị An", 1950, "x", "001150000001", "Xã Hạ Bằng", "x"],
        [2, "Trần Văn An", 1950, None, "001050000001", "Xã Hạ Bằng", None, "x", "X"],
        [3, "Trần Văn Ba", 1950, None, None, "Xã Hạ Bằng", "x"],
    ]
    first, second, third = people(save(tmp_path, rows, merges=["G1:I1"]))
    assert first.person is not None and (first.person.gender, first.person.category) == ("female", "social_protection")
    assert second.person is not None and second.person.gender == "male"
    assert (second.person.category, second.person.further_categories) == ("meritorious", ("poor_household",))
    assert third.person is not None and third.person.gender is None


@pytest.mark.parametrize(
    ("header", "merges"),
    [
        (["STT", "Họ và tên đệm", "Tên", "CCCD", "Diện", "Xã"], []),
        (["STT", "Họ và tên", None, "CCCD", "Diện", "Xã"], ["B1:C1"]),
    ],
)
def test_a_name_in_two_columns(tmp_path: Path, header: list[str | None], merges: list[str]) -> None:
    [row] = people(save(tmp_path, [header, [1, "NGUYỄN THỊ", "HOA", "001148000001", "HN", "Láng"]], merges=merges))
    assert row.person is not None and row.person.full_name == "Nguyễn Thị Hoa"


def test_a_group_of_columns_for_the_guardian(tmp_path: Path) -> None:
    rows = [
        ["STT", "Đối tượng", None, None, None, "Người giám hộ", None, "Xã", "Diện"],
        [None, "Họ và tên", "Ngày sinh", "CCCD", "SĐT", "Họ tên", "SĐT"],
        [1, "Trần Bé An", "1/1/2018", "001218000001", None, "TRẦN VĂN BA", "0912345678", "Láng", "BTXH"],
    ]
    [row] = people(save(tmp_path, rows, merges=["B1:E1", "F1:G1", "A1:A2", "H1:H2", "I1:I2"]))
    assert row.person is not None and row.person.full_name == "Trần Bé An" and row.person.phones == ()
    assert row.person.relative_name == "Trần Văn Ba" and row.person.relative_phones == ("0912345678",)


def test_the_household_heads_name_is_not_the_persons(tmp_path: Path) -> None:
    header = ["STT", "Họ tên chủ hộ", "Họ và tên", "Năm sinh", "Diện", "Xã"]
    [row] = people(save(tmp_path, [header, [1, "Lê Văn Chủ", "Lê Văn Tám", 1950, "HN", "Láng"]]))
    assert row.person is not None
    assert (row.person.full_name, row.person.household) == ("Lê Văn Tám", "Lê Văn Chủ")


@pytest.mark.parametrize("label", ["Họ và tên người nhận", "Họ tên chủ hộ", "Họ và tên người nhận tiền"])
def test_the_only_name_is_the_persons(tmp_path: Path, label: str) -> None:
    [row] = people(
        save(tmp_path, [["STT", label, "CCCD", "Diện", "Xã"], [1, "Lê Văn Tám", "001050000001", "HN", "Láng"]])
    )
    assert row.person is not None and row.person.full_name == "Lê Văn Tám"


def test_old_and_new_communes_side_by_side(tmp_path: Path) -> None:
    header = ["STT", "Họ và tên", "CCCD", "Diện", "Xã/phường cũ", "Xã/phường mới", "Nơi thường trú"]
    row = [1, "Lê Văn Tám", "001050000001", "HN", "Láng Hạ, Đống Đa", "Phường Giảng Võ", "Số 5"]
    [found] = people(save(tmp_path, [header, row]))
    assert found.person is not None and found.person.ward == "Phường Giảng Võ" and found.errors == []


def test_a_group_over_hamlet_commune_and_district(tmp_path: Path) -> None:
    rows = [
        ["STT", "Họ và tên", "CCCD", "Diện", "Nơi thường trú", None, None],
        [None, None, None, None, "Thôn/Tổ", "Xã", "Huyện"],
        [1, "Lê Văn Tám", "001050000001", "HN", "Thôn 3", "Minh Khai", "Hoài Đức"],
    ]
    [row] = people(save(tmp_path, rows, merges=["E1:G1"]))
    assert row.person is not None and (row.person.neighbourhood, row.person.ward) == ("Thôn 3", "Xã Dương Hòa")


def test_a_line_of_english_below_the_header(tmp_path: Path) -> None:
    english = ["No", "Full name", "Date of birth", "Sex", "ID number", "Category", "Ward", "Phone number"]
    [row] = people(save(tmp_path, [HEADER, english, HOA]))
    assert row.row == 3 and row.findings == []


def test_a_second_table_with_its_columns_in_another_order(tmp_path: Path) -> None:
    other = ["STT", "Số CCCD", "Họ và tên", "Năm sinh", "Giới tính", "Xã", "Diện"]
    rows = [HEADER, HOA, other, [1, "001050000001", "Trần Văn An", 1950, "Nam", "Xã Hạ Bằng", "HN"]]
    first, second = people(save(tmp_path, rows))
    assert first.findings == second.findings == []
    assert second.person is not None and second.person.full_name == "Trần Văn An"


def test_a_two_row_header_repeated_on_every_page(tmp_path: Path) -> None:
    header = [["TT", "Họ và tên", "Năm sinh", None, "CCCD", "Diện", "Xã"], [None, None, "Nam", "Nữ"]]
    man = [1, "Lê Văn Tám", 1950, None, "001050000001", "HN", "Xã Hạ Bằng"]
    woman = [2, "Lê Thị Chín", None, 1948, "001148000002", "HN", "Xã Hạ Bằng"]
    rows = people(save(tmp_path, [*header, man, *header, woman], merges=["C1:D1", "A1:A2", "B1:B2"]))
    assert [r.person.gender for r in rows if r.person] == ["male", "female"]
