"""Setting the bot up: what production refuses, the link on a slip, the way in, and what `loa channels check` says."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from pydantic import ValidationError

from loa.cli import main
from outreach.channels.assessment import EXAMPLE
from outreach.channels.provider import Finding
from outreach.channels.registry import accounts, provider_named
from outreach.channels.telegram.deep_link import deep_link
from outreach.channels.telegram.house import link_for
from outreach.channels.telegram.receiving import connect
from outreach.channels.telegram.settings import TelegramSettings
from tests.channels.telegram_site import SECRET, StartSite, telegram_site
from tests.outreach.conftest import NOBODY, read_settings_anew
from tests.simulator.telegram_bot import CONFIG, TOKEN
from webhooks.app import create_app

__all__ = ["telegram_site"]

SOUND = {
    "token": TOKEN,
    "assessment": EXAMPLE,
    "bot_name": "phuong_lang_bot",
    "base_url": "https://api.telegram.org",
}
WEBHOOK = {"LOA_TELEGRAM_WEBHOOK_SECRET": SECRET, "LOA_PUBLIC_URL": NOBODY}
CODE = "N7NN7N7H"


@pytest.fixture
def anew() -> object:
    """Whatever the test sets in the environment is forgotten after it."""
    yield
    read_settings_anew()


def set_all(monkeypatch: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    read_settings_anew()


# --- settings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, []),
        ({"webhook_secret": SECRET}, []),
        ({"assessment": None}, ["LOA_TELEGRAM_ASSESSMENT"]),
        ({"base_url": "http://127.0.0.1:8002/telegram"}, ["LOA_TELEGRAM_BASE_URL"]),
        ({"webhook_secret": "short"}, ["LOA_TELEGRAM_WEBHOOK_SECRET"]),
    ],
)
def test_what_production_refuses(changes: dict[str, object], named: list[str]) -> None:
    own = TelegramSettings(**{**SOUND, **changes})  # type: ignore[arg-type]
    assert [problem.split()[0] for problem in own.problems_in_production()] == named


def test_neither_the_door_nor_the_accounts_open_with_refused_settings(
    telegram_site: StartSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram_site()
    set_all(monkeypatch, {"LOA_TELEGRAM_WEBHOOK_SECRET": "not a secret!"})
    with pytest.raises(ValidationError):
        create_app()
    with pytest.raises(ValidationError):
        accounts()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOA_TELEGRAM_TOKEN", "7000100200/getMe"),
        ("LOA_TELEGRAM_TOKEN", "invented-and-secret"),
        ("LOA_TELEGRAM_BOT_NAME", "phuong lang"),
        ("LOA_TELEGRAM_WEBHOOK_SECRET", "có dấu"),
    ],
)
def test_what_telegram_would_not_take_is_refused_without_its_value(
    monkeypatch: pytest.MonkeyPatch, anew: None, name: str, value: str
) -> None:
    set_all(monkeypatch, {name: value})
    with pytest.raises(ValidationError) as refusal:
        TelegramSettings()
    assert value not in str(refusal.value)


# --- the link on a slip ------------------------------------------------------------------------------------------


def test_the_link_opens_the_talk_with_the_code() -> None:
    assert deep_link(CODE, "phuong_lang_bot") == f"https://t.me/phuong_lang_bot?start={CODE}"


@pytest.mark.parametrize(("code", "bot"), [("N7NN 7N7H", "b_bot"), ("N7NN7N7X", "b_bot"), ("", "b_bot"), (CODE, "")])
def test_no_link_for_what_is_no_code_or_without_a_bot(code: str, bot: str) -> None:
    with pytest.raises(ValueError):
        deep_link(code, bot)


def test_the_link_of_this_installations_bot(telegram_site: StartSite, monkeypatch: pytest.MonkeyPatch) -> None:
    telegram_site({"LOA_TELEGRAM_BOT_NAME": "@phuong_lang_bot"})
    assert link_for(CODE) == f"https://t.me/phuong_lang_bot?start={CODE}"
    set_all(monkeypatch, {"LOA_TELEGRAM_TOKEN": ""})
    assert link_for(CODE) is None


# --- the way in, and the check -----------------------------------------------------------------------------------


def check() -> list[Finding]:
    return provider_named("telegram").check()


def faults() -> list[str]:
    return [finding.text for finding in check() if not finding.fine]


def test_a_bot_that_is_asked(telegram_site: StartSite) -> None:
    telegram_site({"LOA_TELEGRAM_ASSESSMENT": EXAMPLE})
    assert check()[1:] == [
        Finding(True, "Telegram: mã của bot dùng được (@phuong_lang_bot)."),
        Finding(True, "Telegram: tin về được hỏi lấy bằng tiến trình telegram-poll."),
    ]


def test_a_bot_with_a_webhook(telegram_site: StartSite) -> None:
    site = telegram_site({"LOA_TELEGRAM_ASSESSMENT": EXAMPLE, **WEBHOOK})
    assert faults() == ["Telegram: chưa khai địa chỉ nhận tin về. Xin chạy: loa channels telegram-connect"]
    assert connect() == Finding(True, f"Telegram: từ nay tin về địa chỉ {NOBODY}/webhooks/telegram.")
    info = site.bot.call("getWebhookInfo")
    assert info["url"] == f"{NOBODY}/webhooks/telegram"
    assert sorted(info["allowed_updates"]) == ["callback_query", "edited_message", "message", "my_chat_member"]
    assert faults() == []
    assert [one.text for one in check()][2] == f"Telegram: tin về đúng địa chỉ {NOBODY}/webhooks/telegram."


def test_what_waits_and_what_went_wrong_is_said(telegram_site: StartSite) -> None:
    site = telegram_site({"LOA_TELEGRAM_ASSESSMENT": EXAMPLE, **WEBHOOK}, webhook_attempts=1)
    connect()
    site.meet()
    site.deliver()
    waiting, failed = check()[3:]
    assert waiting == Finding(True, "Telegram: 1 tin của người dân đang chờ ở Telegram.")
    assert not failed.fine
    assert failed.text.startswith("Telegram: lần gửi tin về gần nhất bị lỗi lúc 10:0")
    assert "ngày 10/11/2026: Connection refused" in failed.text


def test_going_from_the_webhook_to_asking_loses_nothing(
    telegram_site: StartSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = telegram_site({"LOA_TELEGRAM_ASSESSMENT": EXAMPLE, **WEBHOOK}, webhook_attempts=1)
    connect()
    site.meet()
    site.deliver()
    set_all(monkeypatch, {"LOA_TELEGRAM_WEBHOOK_SECRET": ""})
    assert faults() == [
        f"Telegram: tin đang về địa chỉ {NOBODY}/webhooks/telegram, nên không hỏi lấy được. "
        "Xin chạy: loa channels telegram-connect",
        *faults()[1:],
    ]
    assert connect().fine
    assert len(site.bot.take()) == 1


def test_another_address_and_another_name_are_said(telegram_site: StartSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site = telegram_site({**WEBHOOK, "LOA_TELEGRAM_BOT_NAME": "phuong_khac_bot"})
    site.bot.call("setWebhook", url="http://127.0.0.1:8443/elsewhere")
    assert faults() == [
        "Telegram: chưa ghi văn bản đánh giá cho phép dùng; khi chạy thật sẽ không khởi động. "
        "Xin đặt LOA_TELEGRAM_ASSESSMENT, ví dụ: 2026-09-01; Nguyễn Văn A, Sở Nội vụ; số 123/BC",
        "Telegram: tên bot đang đặt là @phuong_khac_bot, còn mã là của @phuong_lang_bot (LOA_TELEGRAM_BOT_NAME).",
        "Telegram: tin đang về địa chỉ khác, http://127.0.0.1:8443/elsewhere. Xin chạy: loa channels telegram-connect",
    ]
    set_all(monkeypatch, {"LOA_TELEGRAM_BOT_NAME": ""})
    assert "Telegram: chưa đặt tên bot để in đường dẫn lên phiếu (LOA_TELEGRAM_BOT_NAME)." in faults()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"kind": "refused", "code": 401}, "Telegram: mã của bot bị từ chối (LOA_TELEGRAM_TOKEN)."),
        ({"kind": "refused", "code": 403}, "Telegram: nhà cung cấp báo lỗi 403 bot was blocked by the user."),
        ({"kind": "server_error"}, "Telegram: không kết nối được."),
        ({"kind": "dropped"}, "Telegram: không kết nối được."),
    ],
)
def test_trouble_is_said_plainly(telegram_site: StartSite, fault: dict[str, object], said: str) -> None:
    site = telegram_site({"LOA_TELEGRAM_ASSESSMENT": EXAMPLE, **WEBHOOK})
    site.strike(**fault)  # type: ignore[arg-type]
    assert check()[1:] == [Finding(False, said)]
    assert connect() == Finding(False, said)


def test_an_address_that_telegram_does_not_take(telegram_site: StartSite) -> None:
    telegram_site({**WEBHOOK, "LOA_PUBLIC_URL": "https://phuong.example:9999"})
    told = connect()
    assert not told.fine
    assert told.text.startswith("Telegram không nhận địa chỉ https://phuong.example:9999/webhooks/telegram: ")


def test_the_command(telegram_site: StartSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site = telegram_site(WEBHOOK)
    said = CliRunner().invoke(main, ["channels", "telegram-connect"])
    assert (said.exit_code, said.output) == (0, f"Telegram: từ nay tin về địa chỉ {NOBODY}/webhooks/telegram.\n")
    site.strike("refused", code=401)
    assert CliRunner().invoke(main, ["channels", "telegram-connect"]).exit_code == 1
    set_all(monkeypatch, {"LOA_TELEGRAM_TOKEN": ""})
    said = CliRunner().invoke(main, ["channels", "telegram-connect"])
    assert said.exit_code == 1
    assert "chưa đặt mã của bot Telegram" in said.output


def test_the_name_is_the_stand_ins_own(telegram_site: StartSite) -> None:
    telegram_site()
    assert f"@{CONFIG.username}" in check()[1].text
