"""Placeholders, and what a text shows to whom."""

from __future__ import annotations

from datetime import date

import pytest

from language.address import Gender, address_for
from outreach.templates import (
    WARNING,
    CampaignWords,
    PhoneOf,
    PlaceholderError,
    Recipient,
    for_sms,
    placeholders,
    render,
)

CAMPAIGN = CampaignWords(date(2027, 1, 20), {"phone": "024 3834 0000"})


def hoa(phone_of: PhoneOf = PhoneOf.BENEFICIARY, confirmed: bool = True) -> Recipient:
    return Recipient(
        address=address_for(78, Gender.FEMALE, False),
        given_name="Hoa",
        reference="H3KR7M2P",
        commune="Phường Láng",
        phone_of=phone_of,
        confirmed=confirmed,
    )


@pytest.mark.parametrize(
    ("recipient", "expected"),
    [
        (hoa(), "Kính gửi bà Hoa"),
        (hoa(confirmed=False), "Kính gửi bà (mã H3KR 7M2P)"),
        (hoa(PhoneOf.RELATIVE), "Kính gửi anh/chị (người thân của bà Hoa)"),
        (hoa(PhoneOf.RELATIVE, confirmed=False), "Kính gửi anh/chị (mã H3KR 7M2P)"),
        (hoa(PhoneOf.UNKNOWN), "Kính gửi ông/bà (mã H3KR 7M2P)"),
        (hoa(PhoneOf.UNKNOWN, confirmed=False), "Kính gửi ông/bà (mã H3KR 7M2P)"),
    ],
)
def test_a_name_only_on_a_confirmed_phone(recipient: Recipient, expected: str) -> None:
    assert render("Kính gửi {xung_ho} {ten_goi}", recipient, CAMPAIGN) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{Xung_ho} gọi {dien_thoai}.", "Bà gọi 024 3834 0000."),
        ("Mã {ma_ho_so}, {phuong_xa}, hạn {han_chot}", "Mã H3KR 7M2P, Phường Láng, hạn 20/01/2027"),
        ("{da}{toi} xin hỏi {xung_ho}{a}?", "Dạ, cháu xin hỏi bà ạ?"),
        ("{canh_bao}", WARNING),
        ("{cach_tra_loi}", "trả lời tin này"),
        ("Không có gì  để điền ", "Không có gì để điền"),
    ],
)
def test_placeholders_are_filled(template: str, expected: str) -> None:
    assert render(template, hoa(), CAMPAIGN) == expected


@pytest.mark.parametrize(
    ("template", "named"),
    [("Chào {ten}", "ten"), ("Hỏi tại {noi_lam_viec}", "noi_lam_viec"), ("Chào {} ạ", ""), ("Chào {xung_ho ạ", "")],
)
def test_an_error_names_the_placeholder(template: str, named: str) -> None:
    with pytest.raises(PlaceholderError) as caught:
        render(template, hoa(), CAMPAIGN)
    assert caught.value.placeholder == named
    assert "{" + named + "}" in str(caught.value)


def test_a_value_with_braces_is_not_read_again() -> None:
    tricky = CampaignWords(date(2027, 1, 20), {"phone": "{ten_goi}"})
    assert render("Gọi {dien_thoai}", hoa(), tricky) == "Gọi {ten_goi}"


def test_placeholders_are_listed_once_each() -> None:
    assert placeholders("{xung_ho} {ma_ho_so} {xung_ho}") == ["xung_ho", "ma_ho_so"]


def test_the_sms_variant_has_no_marks_and_no_bad_words() -> None:
    text = render("Mời {xung_ho} {ten_goi} đến buổi sáng, {canh_bao}", hoa(), CAMPAIGN)
    assert for_sms(text) == "Moi ba Hoa den sang, Can bo khong bao gio hoi ma OTP hay mat khau."
