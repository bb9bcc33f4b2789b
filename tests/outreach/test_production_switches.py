"""What production mode asks of the channels: a recorded assessment where one is due, and a public address by https."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from loa.cli import main
from outreach.channels.assessment import EXAMPLE, Assessment, assessment_finding, read_assessment
from outreach.channels.provider import Finding
from outreach.channels.registry import accounts, provider_named
from outreach.channels.telegram.settings import TelegramSettings
from outreach.channels.twilio.settings import TwilioSettings
from tests.channels.domestic_site import answers_always
from tests.outreach.conftest import read_settings_anew
from webhooks.app import create_app

TODAY = date(2026, 11, 10)
RECORDED = "2026-01-05; Lê Văn Bình, Sở Nội vụ; 123/BC-SNV"
TELEGRAM = {"LOA_TELEGRAM_TOKEN": "7000100200:invented-token_for-tests-0123456789"}
TELEGRAM_BY_WEBHOOK = {**TELEGRAM, "LOA_TELEGRAM_WEBHOOK_SECRET": "sixteen-letters-or-more"}
TWILIO = {"LOA_TWILIO_ACCOUNT_SID": "AC" + "5" * 32, "LOA_TWILIO_BASE_URL": "https://api.twilio.com"}
ZALO = {"LOA_ZALO_APP_ID": "1", "LOA_ZALO_APP_SECRET": "a", "LOA_ZALO_OA_ID": "2", "LOA_ZALO_OA_SECRET": "b"}
ESMS = {
    "LOA_ESMS_API_KEY": "a",
    "LOA_ESMS_SECRET_KEY": "b",
    "LOA_ESMS_BRANDNAME": "UBND",
    "LOA_ESMS_CALLBACK_SECRET": "k" * 24,
}
SPEEDSMS = {
    "LOA_SPEEDSMS_TOKEN": "a",
    "LOA_SPEEDSMS_SENDER": "UBND",
    "LOA_SPEEDSMS_WEBHOOK_SECRET": "k" * 24,
}
SHORTCODE = {
    "LOA_SHORTCODE_NUMBER": "8079",
    "LOA_SHORTCODE_PRICE_DONG": "500",
    "LOA_SHORTCODE_SECRET": "k" * 16,
}
EXCHANGE = {"LOA_EXCHANGE_SECRET": "k" * 16}

type Set = Callable[[dict[str, str]], None]


def test_a_record_says_who_signed_what_and_when() -> None:
    assert read_assessment(EXAMPLE, TODAY) == Assessment(date(2026, 9, 1), "Nguyễn Văn A, Sở Nội vụ", "số 123/BC")
    assert read_assessment("  ", TODAY) is None


@pytest.mark.parametrize(
    ("written", "wrong"),
    [
        ("true", "date, signer and document number"),
        ("2026-09-01; Trần Thị Bé", "date, signer and document number"),
        ("2026-09-01; ; số 123/BC", "date, signer and document number"),
        ("2026-09-01; A; số 1; thêm", "date, signer and document number"),
        ("01/09/2026; Trần Thị Bé; số 123/BC", "year-month-day"),
        ("2026-02-30; Trần Thị Bé; số 123/BC", "year-month-day"),
        ("2026-11-11; Trần Thị Bé; số 123/BC", "still to come"),
        ("2026-09-01; 12; số 123/BC", "who signed"),
        ("2026-09-01; Trần Thị Bé; chưa có", "document's number"),
        ("2026-09-01; Trần Thị Bé; số 123/BC" + "x" * 120, "longer"),
        ("2026-09-01; Nguyễn\nVăn A; số 123/BC", "several lines"),
    ],
)
def test_what_is_no_record_is_refused_with_its_reason(written: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong) as refusal:
        read_assessment(written, TODAY)
    assert written not in str(refusal.value)


def test_the_record_is_told_to_the_operator() -> None:
    assert assessment_finding("Telegram", "LOA_TELEGRAM_ASSESSMENT", read_assessment(EXAMPLE, TODAY)) == Finding(
        True,
        "Telegram: được phép dùng theo văn bản số 123/BC, ký ngày 01/09/2026, người ký: Nguyễn Văn A, Sở Nội vụ.",
    )
    missing = assessment_finding("Twilio", "LOA_TWILIO_ASSESSMENT", None)
    assert not missing.fine
    assert "Xin đặt LOA_TWILIO_ASSESSMENT, ví dụ: 2026-09-01;" in missing.text


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Set]:
    """An installation in production without a channel; what it gives sets variables besides."""
    monkeypatch.setattr("core.settings.ROOT", tmp_path)  # where no development keys lie
    monkeypatch.delenv("LOA_CLOCK_FILE")
    for name, value in {
        "LOA_MODE": "production",
        "DATABASE_URL": "postgresql://db.example/loa",
        "LOA_TWILIO_ACCOUNT_SID": "",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LOA_PUBLIC_URL", raising=False)

    def set_all(values: dict[str, str]) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        read_settings_anew()

    set_all({})
    yield set_all
    monkeypatch.undo()
    read_settings_anew()


@pytest.mark.parametrize(
    ("account", "name"),
    [
        (TELEGRAM, "LOA_TELEGRAM_ASSESSMENT"),
        (TWILIO | {"LOA_PUBLIC_URL": "https://a.example"}, "LOA_TWILIO_ASSESSMENT"),
    ],
)
def test_production_does_not_start_without_the_assessment(production: Set, account: dict[str, str], name: str) -> None:
    production(account | {"LOA_PUBLIC_URL": "https://phuong.example"})
    for start in (create_app, accounts):
        with pytest.raises(ValidationError, match=f"{name} records no assessment") as refusal:
            start()
        assert next(iter(account.values())) not in str(refusal.value)
    production({name: "true"})
    with pytest.raises(ValidationError, match="date, signer and document number"):
        create_app()
    production({name: RECORDED})
    assert create_app().url_map
    assert len(accounts()) == 2, "this one and the web chat"


@pytest.mark.parametrize("account", [TELEGRAM_BY_WEBHOOK, TWILIO, ZALO, ESMS, SPEEDSMS, SHORTCODE, EXCHANGE])
def test_production_with_a_webhook_wants_a_public_address_by_https(production: Set, account: dict[str, str]) -> None:
    recorded = {"LOA_TELEGRAM_ASSESSMENT": RECORDED, "LOA_TWILIO_ASSESSMENT": RECORDED}
    production(account | recorded)
    with pytest.raises(ValidationError, match="LOA_PUBLIC_URL is not set"):
        create_app()
    production({"LOA_PUBLIC_URL": "http://phuong.example"})
    with pytest.raises(ValidationError, match="LOA_PUBLIC_URL is not https"):
        create_app()
    production({"LOA_PUBLIC_URL": "https://phuong.example"})
    assert create_app().url_map


def test_without_a_webhook_no_public_address_is_needed(production: Set) -> None:
    production(TELEGRAM | {"LOA_TELEGRAM_ASSESSMENT": RECORDED})
    assert create_app().url_map
    assert "telegram" in accounts()


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, []),
        ({"assessment": None}, ["LOA_TWILIO_ASSESSMENT"]),
        ({"auth_token": ""}, ["LOA_TWILIO_AUTH_TOKEN"]),
        ({"base_url": "http://127.0.0.1:8002/"}, ["LOA_TWILIO_BASE_URL"]),
    ],
)
def test_what_production_refuses_of_twilio(changes: dict[str, object], named: list[str]) -> None:
    sound = {"account_sid": "AC1", "auth_token": "x", "base_url": "https://api.twilio.com", "assessment": RECORDED}
    own = TwilioSettings(**{**sound, **changes})  # type: ignore[arg-type]
    assert [problem.split()[0] for problem in own.problems_in_production()] == named


def test_a_wrong_record_is_refused_in_development_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_TELEGRAM_ASSESSMENT", "được phép rồi")
    with pytest.raises(ValidationError, match="like: 2026-09-01") as refusal:
        TelegramSettings()
    assert "được phép rồi" not in str(refusal.value)


# --- loa channels check --------------------------------------------------------------------------------------------


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch, database: str) -> Iterator[pytest.MonkeyPatch]:
    """Whatever the test sets in the environment is forgotten after it."""
    yield monkeypatch
    monkeypatch.undo()
    read_settings_anew()


def test_without_any_account_the_check_says_what_to_do(anew: pytest.MonkeyPatch) -> None:
    anew.setenv("LOA_TWILIO_ACCOUNT_SID", "")
    read_settings_anew()
    said = CliRunner().invoke(main, ["channels", "check"])
    assert said.exit_code == 1
    assert said.output.startswith("THIẾU  Chưa khai kênh nhắn tin nào")
    assert "docs/channels.md" in said.output


def test_settings_that_end_every_process_are_named(anew: pytest.MonkeyPatch) -> None:
    anew.setenv("LOA_TWILIO_ASSESSMENT", "được phép rồi")
    read_settings_anew()
    said = CliRunner().invoke(main, ["channels", "check"])
    assert said.exit_code == 1
    assert said.output.startswith("THIẾU  twilio: hệ thống không khởi động với cài đặt này. assessment: ")
    assert "được phép rồi" not in said.output


def test_an_account_is_tried(anew: pytest.MonkeyPatch) -> None:
    anew.setenv("LOA_PUBLIC_URL", "https://phuong.example")
    anew.setenv("LOA_TWILIO_ASSESSMENT", EXAMPLE)
    with answers_always(200, '{"messages": []}') as url:
        anew.setenv("LOA_TWILIO_BASE_URL", f"{url}/")
        read_settings_anew()
        assert [finding.fine for finding in provider_named("twilio").check()] == [True, True]
        said = CliRunner().invoke(main, ["channels", "check"])
    assert (said.exit_code, said.output.count("ĐƯỢC")) == (0, 2)
    with answers_always(401, "{}") as url:
        anew.setenv("LOA_TWILIO_BASE_URL", url)
        read_settings_anew()
        said = CliRunner().invoke(main, ["channels", "check"])
    assert said.exit_code == 1
    assert "Twilio: mã truy cập bị từ chối" in said.output
