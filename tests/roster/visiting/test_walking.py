"""Addresses as offices write them, in the order in which one walks."""

from __future__ import annotations

import random

import pytest

from roster.visiting.walking import door_of, natural


@pytest.mark.parametrize(
    ("address", "neighbourhood", "street", "house"),
    [
        ("Số 12, ngõ 5, phố Lâm Hạ, tổ 3", "Tổ 3", "lam ha", "12"),
        ("SN 8 ngách 2/14 ngõ 5 Bồ Đề, TDP số 7", "TDP số 7", "bo de", "8"),
        ("12A Nguyễn Văn Cừ, Tổ dân phố 12", "Tổ dân phố 12", "nguyen van cu", "12a"),
        ("Xóm Đình, thôn Hạ", "Xóm Đình", "", ""),
        ("Thôn 2", "Thôn 2", "", ""),
        ("Số 7 phố Tô Hiệu", "", "to hieu", "7"),
        ("số 3 tổ 4", "Tổ 4", "", "3"),
        ("", "", "", ""),
        (None, "", "", ""),
    ],
)
def test_a_written_address_is_taken_apart(address: str | None, neighbourhood: str, street: str, house: str) -> None:
    door = door_of(address)
    assert (door.neighbourhood, door.street, door.house) == (neighbourhood, street, house)


def test_one_walks_by_neighbourhood_street_lane_and_house() -> None:
    walked = [
        "Số 2, phố Lâm Hạ, Tổ 3",
        "Số 12, phố Lâm Hạ, Tổ 3",
        "Số 12A, phố Lâm Hạ, Tổ 3",
        "Số 100, phố Lâm Hạ, Tổ 3",
        "Số 1, ngõ 5, phố Lâm Hạ, Tổ 3",
        "Số 3, ngõ 40, phố Lâm Hạ, Tổ 3",
        "Số 1, phố Phú Viên, Tổ 3",
        "Số 1, phố Lâm Hạ, Tổ 20",
        "Số 9, phố Ái Mộ",
        "không rõ",
    ]
    mixed = random.Random(5).sample(walked, len(walked))
    assert sorted(mixed, key=lambda address: door_of(address).walk) == walked


def test_one_neighbourhood_is_one_however_it_is_written() -> None:
    areas = {door_of(f"Số 1, {written}").area for written in ("Tổ 3", "tổ 03", "TDP số 3", "tổ dân phố 3", "To 3")}
    assert len(areas) == 1
    assert door_of("Thôn Hạ").area != door_of("Thôn Thượng").area


def test_neighbourhoods_of_one_number_and_another_kind_are_two() -> None:
    written = ("Tổ 3", "Thôn 3", "Xóm 3", "Khu 3", "Ấp 3", "Cụm 3", "Đội 3")
    assert len({door_of(f"Số 1, {one}").area for one in written}) == len(written)
    assert door_of("Số 1, thôn 03").area == door_of("Số 9, Thôn số 3").area


def test_neighbourhoods_with_numbers_are_walked_by_number() -> None:
    written = ["Thôn 10", "Tổ 2", "Thôn 2", "Tổ 10"]
    walked = sorted(written, key=lambda one: door_of(f"Số 1, {one}").walk)
    assert walked == ["Thôn 2", "Tổ 2", "Thôn 10", "Tổ 10"]


def test_numbers_go_by_their_value() -> None:
    assert sorted(["100", "12a", "12", "2", "b1"], key=natural) == ["2", "12", "12a", "100", "b1"]
