"""Every result code of eSMS, code by code, and what an operator reads and may set."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from outreach.channels.adapter import ErrorClass
from outreach.channels.esms.errors import ERRORS, UNDELIVERED, error_class
from outreach.channels.esms.provider import PROVIDER
from outreach.channels.esms.settings import EsmsSettings
from outreach.channels.registry import account_for, accounts_for, receipt_meaning
from outreach.message import MessageState
from simulator.esms.config import EsmsConfig
from tests.channels.domestic_site import StartSite, start_site

__all__ = ["start_site"]

LISTED = {
    "99": ErrorClass.OUR_BUG,
    "101": ErrorClass.STOP_ACCOUNT,
    "103": ErrorClass.STOP_ACCOUNT,
    "104": ErrorClass.STOP_ACCOUNT,
    "108": ErrorClass.UNREACHABLE,
    "118": ErrorClass.STOP_ACCOUNT,
    "140": ErrorClass.STOP_ACCOUNT,
    "146": ErrorClass.OUR_BUG,
    "177": ErrorClass.UNREACHABLE,
    "300": ErrorClass.STOP_ACCOUNT,
}


@pytest.mark.parametrize(("code", "expected"), LISTED.items())
def test_every_code_has_its_class(code: str, expected: ErrorClass) -> None:
    assert error_class(code) is expected


def test_no_code_is_without_a_test() -> None:
    assert set(ERRORS) == set(LISTED)


@pytest.mark.parametrize("code", ["124", "100"])
def test_what_is_no_refusal_is_in_no_table_of_refusals(code: str) -> None:
    assert code not in ERRORS


@pytest.mark.parametrize(
    ("code", "expected"),
    [("31415", ErrorClass.OUR_BUG), ("", ErrorClass.OUR_BUG), (UNDELIVERED, ErrorClass.UNREACHABLE)],
)
def test_other_codes(code: str, expected: ErrorClass) -> None:
    assert error_class(code) is expected


@pytest.mark.parametrize(
    ("word", "state"),
    [("delivered", MessageState.DELIVERED), ("failed", MessageState.UNDELIVERED), ("status_7", None), ("5", None)],
)
def test_what_a_report_means(word: str, state: MessageState | None) -> None:
    assert receipt_meaning("esms", word) is state


def test_the_account_counts_and_prices_as_the_gateway_does(start_site: StartSite) -> None:
    start_site("esms", {"LOA_ESMS_PRICE_DONG": "820", "LOA_ESMS_PER_SECOND": "20", "LOA_ESMS_DAILY_QUOTA": "5000"})
    account = account_for("sms")
    assert (account.name, account.price_dong, account.wave_per_second, account.daily_quota) == ("esms", 820, 16, 5000)
    assert [account.segments(text) for text in ("a" * 160, "a" * 161, "ă" * 70, "ă" * 71, "à" * 71)] == [1, 2, 1, 2, 2]


def test_the_domestic_account_comes_before_the_one_abroad(start_site: StartSite) -> None:
    start_site("esms")
    assert [account.name for account in accounts_for("sms")] == ["esms", "twilio"]


def test_the_check_of_a_good_account(start_site: StartSite) -> None:
    start_site("esms", {"LOA_SHORTCODE_NUMBER": "8079", "LOA_SHORTCODE_PRICE_DONG": "500",
                        "LOA_SHORTCODE_SECRET": "s" * 20}, esms=EsmsConfig(balance=1_250_000))  # fmt: skip
    findings = PROVIDER.check()
    assert [finding.text for finding in findings if not finding.fine] == []
    assert "còn 1.250.000đ." in findings[0].text
    assert "trả lời qua 8079 (500đ/tin)" in findings[-1].text


@pytest.mark.parametrize(
    ("environment", "config", "said"),
    [
        ({"LOA_ESMS_SECRET_KEY": "sai"}, {}, "mã truy cập bị từ chối"),
        ({}, {"balance": 0}, "cần nạp thêm tiền"),
        ({"LOA_ESMS_BRANDNAME": ""}, {}, "chưa đặt tên thương hiệu"),
        ({"LOA_ESMS_CALLBACK_SECRET": ""}, {}, "đường dẫn bí mật"),
        ({"LOA_ESMS_SANDBOX": "1"}, {}, "không tin nào được gửi đi"),
        ({}, {}, "Chưa có đầu số ngắn"),
        ({"LOA_SHORTCODE_NUMBER": "8079"}, {}, "chưa ghi giá"),
        ({"LOA_SHORTCODE_NUMBER": "8079"}, {}, "chưa đặt khóa chung"),
        ({"LOA_ESMS_BASE_URL": "http://127.0.0.1:9"}, {}, "không kết nối được"),
    ],
)
def test_the_check_says_what_is_missing(
    start_site: StartSite, environment: dict[str, str], config: dict[str, int], said: str
) -> None:
    start_site("esms", environment, esms=EsmsConfig(**config))  # type: ignore[arg-type]
    assert any(said in finding.text for finding in PROVIDER.check() if not finding.fine)


def test_the_check_tells_no_secret(start_site: StartSite) -> None:
    start_site("esms", {"LOA_ESMS_SECRET_KEY": "sai-bet"})
    told = " ".join(finding.text for finding in PROVIDER.check())
    assert "sai-bet" not in told and "STANDINESMS" not in told


@pytest.mark.parametrize("name", ["UBND PHUONG LANG", "x" * 12])
def test_a_brandname_has_at_most_eleven_characters(name: str) -> None:
    with pytest.raises(ValidationError):
        EsmsSettings(brandname=name)


@pytest.mark.parametrize("secret", ["có dấu", "a/b", "a b", "a?b"])
def test_a_secret_path_is_a_path(secret: str) -> None:
    with pytest.raises(ValidationError):
        EsmsSettings(callback_secret=secret)


SOUND = {"api_key": "k", "secret_key": "s", "brandname": "UBND-LANG", "callback_secret": "x" * 24}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, []),
        ({"base_url": "http://rest.esms.vn"}, ["LOA_ESMS_BASE_URL"]),
        ({"secret_key": ""}, ["LOA_ESMS_SECRET_KEY"]),
        ({"brandname": ""}, ["LOA_ESMS_BRANDNAME"]),
        ({"callback_secret": "ngan"}, ["LOA_ESMS_CALLBACK_SECRET"]),
        ({"sandbox": True}, ["LOA_ESMS_SANDBOX"]),
    ],
)
def test_what_production_refuses(changes: dict[str, object], named: list[str]) -> None:
    own = EsmsSettings(**{**SOUND, **changes})  # type: ignore[arg-type]
    assert [problem.split()[0] for problem in own.problems_in_production()] == named
