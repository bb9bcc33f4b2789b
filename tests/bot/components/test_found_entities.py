"""Entities that rules find."""

import pytest

from bot.components.found_entities import found_entities


def entities(text: str) -> list[tuple[str, str]]:
    return [(one["entity"], one["value"]) for one in found_entities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("có, bác có tk vietcom số 0011 0041 23456", [("bank", "Vietcombank"), ("account_number", "0011004123456")]),
        ("0912 345 678", [("phone", "0912345678")]),
        ("sđt của con gái 0912.345.678", [("relation", "con gái"), ("phone", "0912345678")]),
        ("+84912345678", [("phone", "0912345678")]),
        ("momo 0912345678", [("bank", "MoMo"), ("account_number", "0912345678")]),
        ("bidv 21510001234567, sdt 0987112340",
         [("bank", "BIDV"), ("account_number", "21510001234567"), ("phone", "0987112340")]),
        ("stk 0987112340", [("account_number", "0987112340")]),
        ("0987112340 là số điện thoại của tôi, bidv", [("phone", "0987112340"), ("bank", "BIDV")]),
        ("cccd 001148012345", [("citizen_id", "001148012345")]),
        ("001148012345", [("citizen_id", "001148012345")]),
        ("chứng minh thư 012345678", [("citizen_id", "012345678")]),
        ("2205205344118", [("account_number", "2205205344118")]),
        ("tôi ở phường Láng", [("ward", "Phường Láng")]),
        ("sáng thứ 7 nhé", [("time", "sáng thứ 7")]),
        ("cháu là cháu nội cụ", [("relation", "cháu nội")]),
        ("tôi nhắn hộ mẹ tôi", []),
        ("có mất phí không", []),
        ("", []),
    ],
)  # fmt: skip
def test_each_kind_by_its_value(text: str, expected: list[tuple[str, str]]) -> None:
    assert entities(text) == expected


def test_a_code_is_no_number_besides() -> None:
    from language.codes import new_code

    code = new_code(lambda n: n - 1)
    assert entities(f"ma ho so {code.lower()}") == [("reference", code)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("tên tôi là Trần Thị Lan", ["Trần Thị Lan"]),
        ("chu tk nguyen van an, bidv", ["nguyen van an"]),
        ("chủ thẻ: PHẠM THỊ HOA nhé", ["PHẠM THỊ HOA"]),
        ("em là cháu cụ Mận", ["Mận"]),
        ("tôi là Khuất Duy Hưng", ["Khuất Duy Hưng"]),
        ("toi la nguyen van tinh", ["nguyen van tinh"]),
        ("không quen ai tên Hoa", ["Hoa"]),
        ("nguyen ngoc lan", ["nguyen ngoc lan"]),
        ("tên tôi ghi sai rồi", []),
        ("tên gì cơ", []),
        ("khong dong y", []),
        ("đang lăn tăn quá", []),
        ("ở Ba Vì có rút được không", []),
        ("con đang bận", []),
    ],
)
def test_names_as_they_were_typed(text: str, names: list[str]) -> None:
    assert [value for kind, value in entities(text) if kind == "person_name"] == names


@pytest.mark.parametrize("text", ["bác có tk vietcom số 0011 0041 23456 chủ tk Nguyễn Thị Hoa, chiều mai"])
def test_places_point_into_the_text(text: str) -> None:
    found = {one["entity"]: text[one["start"] : one["end"]] for one in found_entities(text)}
    assert found["account_number"] == "0011 0041 23456"
    assert found["person_name"] == "Nguyễn Thị Hoa"
    assert found["bank"] == "vietcom"
