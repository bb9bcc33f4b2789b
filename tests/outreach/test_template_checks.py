"""What no text may say."""

from __future__ import annotations

from datetime import date

import pytest

from outreach.template_checks import Fault, faults
from outreach.templates import WARNING, CampaignWords
from outreach.usual_texts import INVITATION, REMINDER

CAMPAIGN = CampaignWords(date(2027, 1, 20), {"phone": "024 3834 0000", "office": "12 phố Láng, loaphuong.vn"})


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("", Fault.EMPTY),
        ("   ", Fault.EMPTY),
        ("Chào {ten}", Fault.PLACEHOLDER),
        ("Gửi bà thuộc diện bảo trợ xã hội", Fault.CATEGORY),
        ("Gui ho ngheo", Fault.CATEGORY),
        ("Gửi thân nhân LIỆT SĨ", Fault.CATEGORY),
        ("Loa Phường kính chào", Fault.PRODUCT),
        ("loa phuong kinh chao", Fault.PRODUCT),
        ("Xem https://hanoi.gov.vn", Fault.LINK),
        ("Xem www.hanoi.gov", Fault.LINK),
        ("Xem bit.ly/abc", Fault.LINK),
        ("Xem hanoi.gov.vn nhé", Fault.LINK),
        ("Viết về canbo@lang.hanoi.gov.vn", Fault.LINK),
        ("Hỏi tại {noi_lam_viec}", Fault.LINK),
        ("Gửi lại mã OTP", Fault.SECRET),
        ("Cho biết mật khẩu", Fault.SECRET),
        ("Nhắn số tài khoản về đây", Fault.SECRET),
        ("nhan STK ve day", Fault.SECRET),
        (WARNING, Fault.SECRET),
    ],
)
def test_refused(template: str, fault: Fault) -> None:
    assert fault in [finding.fault for finding in faults(template, CAMPAIGN)]


@pytest.mark.parametrize(
    "template",
    [
        INVITATION,
        REMINDER,
        "Kính gửi {xung_ho} {ten_goi}: hạn ngày 20.1.2027. {canh_bao}",
        "Tiền vào tài khoản từ tháng sau.",
    ],
)
def test_let_through(template: str) -> None:
    assert faults(template, CAMPAIGN) == []


def test_a_finding_speaks_plainly() -> None:
    (finding,) = faults("Chào {ten}", CAMPAIGN)
    assert str(finding) == "Chỗ điền “ten” không dùng được: không có chỗ điền này."
    (secret,) = faults("Gửi mã OTP", CAMPAIGN)
    assert "{canh_bao}" in str(secret)
