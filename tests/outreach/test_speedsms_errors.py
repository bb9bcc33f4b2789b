"""Every code of SpeedSMS, code by code, and what an operator reads and may set."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from outreach.channels.adapter import ErrorClass
from outreach.channels.registry import account_for, receipt_meaning
from outreach.channels.speedsms.errors import ERRORS, error_class, reported
from outreach.channels.speedsms.provider import PROVIDER
from outreach.channels.speedsms.settings import SpeedSmsSettings
from outreach.message import MessageState
from simulator.speedsms.config import SpeedSmsConfig
from tests.channels.domestic_site import StartSite, start_site

__all__ = ["start_site"]

LISTED = {
    "007": ErrorClass.STOP_ACCOUNT,
    "008": ErrorClass.STOP_ACCOUNT,
    "009": ErrorClass.STOP_ACCOUNT,
    "101": ErrorClass.OUR_BUG,
    "105": ErrorClass.UNREACHABLE,
    "110": ErrorClass.OUR_BUG,
    "113": ErrorClass.OUR_BUG,
    "300": ErrorClass.STOP_ACCOUNT,
    "500": ErrorClass.RETRY_LATER,
}


@pytest.mark.parametrize(("code", "expected"), LISTED.items())
def test_every_code_has_its_class(code: str, expected: ErrorClass) -> None:
    assert error_class(code) is expected


def test_no_code_is_without_a_test() -> None:
    assert set(ERRORS) == set(LISTED)


@pytest.mark.parametrize(("code", "expected"), [("31415", ErrorClass.OUR_BUG), (reported(101), ErrorClass.UNREACHABLE)])
def test_other_codes(code: str, expected: ErrorClass) -> None:
    """A report's 101 is not a refusal's."""
    assert error_class(code) is expected


@pytest.mark.parametrize(
    ("word", "state"),
    [("delivered", MessageState.DELIVERED), ("failed", MessageState.UNDELIVERED), ("waiting", None)],
)
def test_what_a_report_means(word: str, state: MessageState | None) -> None:
    assert receipt_meaning("speedsms", word) is state


def test_the_account_keeps_to_the_requests_of_a_minute(start_site: StartSite) -> None:
    start_site("speedsms", {"LOA_SPEEDSMS_PER_MINUTE": "60", "LOA_SPEEDSMS_PRICE_DONG": "790"})
    account = account_for("sms")
    assert (account.name, account.wave_per_second, account.price_dong) == ("speedsms", 0.8, 790)
    assert account.segments("ă" * 71) == 2


@pytest.mark.parametrize(
    ("sms_type", "said"), [("3", "nhắn đến 8079 (500đ/tin)"), ("2", "nhắn đến 8079 (500đ/tin)"),
                           ("8", "trả lời tin này (cước tin thường)")]
)  # fmt: skip
def test_how_a_message_is_answered(start_site: StartSite, sms_type: str, said: str) -> None:
    own = {"LOA_SPEEDSMS_SMS_TYPE": sms_type, "LOA_SHORTCODE_NUMBER": "8079", "LOA_SHORTCODE_PRICE_DONG": "500"}
    start_site("speedsms", own)
    assert account_for("sms").how_to_reply == said


def test_the_check_of_a_good_account(start_site: StartSite) -> None:
    own = {"LOA_SHORTCODE_NUMBER": "8079", "LOA_SHORTCODE_PRICE_DONG": "500", "LOA_SHORTCODE_SECRET": "s" * 20}
    start_site("speedsms", own, speedsms=SpeedSmsConfig(balance=990))
    findings = PROVIDER.check()
    assert [finding.text for finding in findings if not finding.fine] == []
    assert "còn 990đ." in findings[0].text


@pytest.mark.parametrize(
    ("environment", "config", "said"),
    [
        ({"LOA_SPEEDSMS_TOKEN": "sai"}, {}, "mã truy cập bị từ chối"),
        ({}, {"blocked": True}, "tài khoản đang bị khóa"),
        ({}, {"balance": 0}, "cần nạp thêm tiền"),
        ({"LOA_SPEEDSMS_SENDER": ""}, {}, "chưa đặt tên thương hiệu"),
        ({"LOA_SPEEDSMS_WEBHOOK_SECRET": ""}, {}, "đường dẫn bí mật"),
        ({}, {}, "Chưa có đầu số ngắn"),
        ({"LOA_SPEEDSMS_BASE_URL": "http://127.0.0.1:9"}, {}, "không kết nối được"),
    ],
)
def test_the_check_says_what_is_missing(
    start_site: StartSite, environment: dict[str, str], config: dict[str, object], said: str
) -> None:
    start_site("speedsms", environment, speedsms=SpeedSmsConfig(**config))  # type: ignore[arg-type]
    told = PROVIDER.check()
    assert any(said in finding.text for finding in told if not finding.fine)
    assert all("stand-in-speedsms-token" not in f.text and "duong-dan-bi-mat" not in f.text for f in told)


def test_a_brandname_has_at_most_eleven_characters() -> None:
    with pytest.raises(ValidationError):
        SpeedSmsSettings(sender="UBND PHUONG LANG")


SOUND = {"token": "t", "sender": "UBND-LANG", "webhook_secret": "x" * 24}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, []),
        ({"base_url": "http://api.speedsms.vn"}, ["LOA_SPEEDSMS_BASE_URL"]),
        ({"sender": ""}, ["LOA_SPEEDSMS_SENDER"]),
        ({"sender": "", "sms_type": 8}, []),
        ({"webhook_secret": ""}, ["LOA_SPEEDSMS_WEBHOOK_SECRET"]),
    ],
)
def test_what_production_refuses(changes: dict[str, object], named: list[str]) -> None:
    own = SpeedSmsSettings(**{**SOUND, **changes})  # type: ignore[arg-type]
    assert [problem.split()[0] for problem in own.problems_in_production()] == named
