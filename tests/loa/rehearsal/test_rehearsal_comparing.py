"""Values are compared as the roster stores them."""

from __future__ import annotations

import pytest

from loa.rehearsal.comparing import same_value


@pytest.mark.parametrize(
    ("field", "expected", "actual"),
    [
        ("bank", "ngân hàng vietcom", "Vietcombank"),
        ("bank", "VCB", "Vietcombank"),
        ("account_number", "0011 0041 23457", "0011004123457"),
        ("contact_phone", "+84 987 654 321", "0987654321"),
        ("contact_phone", "none", "none"),
        ("holder_name", "Nguyễn Thị Hoa", "NGUYEN THI HOA"),
        ("relation", "child", "child"),
        ("holder_relation", "child", "child+papers"),
        ("has_account", "none", "none"),
        ("visit_time", "sang thu 7", "sáng thứ Bảy"),
        ("visit_time", "sau 5h chiều", "sau 17 giờ"),
        ("cash_reason", "does not trust", "distrust"),
        ("cash_reason", "cannot_travel", "cannot_travel"),
        ("reference", "H3KR 7M2P", "H3KR7M2P"),
        ("state", "declared", "declared"),
        ("bank", "none", None),
        ("bank", "none", "officer"),
        ("bank", "", None),
        ("account_number", "null", None),
    ],
)
def test_alike(field: str, expected: str, actual: str | None) -> None:
    assert same_value(field, expected, actual)


@pytest.mark.parametrize(
    ("field", "expected", "actual"),
    [
        ("bank", "VietinBank", "Vietcombank"),
        ("bank", "Vietcombank", None),
        ("bank", "none", "Vietcombank"),
        ("account_number", "0011004123457", "0011004123456"),
        ("account_number", "none", "0011004123456"),
        ("contact_phone", "0987654321", "0987654320"),
        ("holder_name", "Nguyễn Thị Hoa", "NGUYEN THI HOAN"),
        ("relation", "child", "grandchild"),
        ("visit_time", "sáng thứ bảy", "chiều thứ Bảy"),
        ("opening", "home", "ward"),
        ("cash_reason", "no ATM near", "no_phone"),
    ],
)
def test_not_alike(field: str, expected: str, actual: str | None) -> None:
    assert not same_value(field, expected, actual)
