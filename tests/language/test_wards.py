"""Communes named in a message."""

import pytest

from language.tables import read_table
from language.wards import find_wards


@pytest.mark.parametrize(
    ("text", "wards"),
    [
        ("tôi ở phường Láng", ["Phường Láng"]),
        ("toi o phuong lang", ["Phường Láng"]),
        ("P. Cửa Nam", ["Phường Cửa Nam"]),
        ("p.ô chợ dừa", ["Phường Ô Chợ Dừa"]),
        ("xã Sóc Sơn", ["Xã Sóc Sơn"]),
        ("nha toi o soc son", ["Xã Sóc Sơn"]),
        ("ba vi", ["Xã Ba Vì"]),
        ("Đống Đa", ["Phường Đống Đa"]),
        ("phường Văn Miếu", ["Phường Văn Miếu - Quốc Tử Giám"]),
        ("phường Dịch Vọng cũ", ["phường Dịch Vọng"]),
        ("phường 5", ["phường 5"]),
        ("phg Láng", ["Phường Láng"]),
        ("toi o phg lang", ["Phường Láng"]),
        ("F. Bồ Đề", ["Phường Bồ Đề"]),
        ("p Cửa Nam", ["Phường Cửa Nam"]),
        ("ph. Láng", ["Phường Láng"]),
        ("x Sóc Sơn", ["Xã Sóc Sơn"]),
        ("10p nữa", []),
        ("p ra chưa", []),
        ("lên phg hỏi", []),
        ("ở Gia Lâm, hộ khẩu ở Đống Đa", ["Xã Gia Lâm", "Phường Đống Đa"]),
        ("ra phường có được không", []),
        ("lên xã hỏi", []),
        ("UBND xã mình", []),
        ("bố tôi ba vị thế", []),
        ("PHƯỜNG BẢO THẾ", []),
        ("", []),
    ],
)
def test_names_with_and_without_their_kind(text: str, wards: list[str]) -> None:
    found = [ward.value for ward in find_wards(text)]
    assert [name.lower() for name in found] == [name.lower() for name in wards]


def test_every_present_commune_is_found_by_its_full_name() -> None:
    for row in read_table("communes_hanoi.csv"):
        assert [ward.value for ward in find_wards(f"tôi ở {row['name']}, Hà Nội")][:1] == [row["name"]]


def test_places_point_into_the_text() -> None:
    text = "nhà em ở phường Láng ạ"
    (ward,) = find_wards(text)
    assert text[ward.start : ward.end] == "phường Láng"


def test_there_are_126() -> None:
    assert len(read_table("communes_hanoi.csv")) == 126
