"""What every handset has in common: the number behind an account, gestures, who carries what is written."""

import pytest

from simulator.config import read_environment
from simulator.shortcode.config import Body, Contract
from tests.simulator.desk import Desk, Open

PHONE = "+84912345678"


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    return open_desk()


def test_an_account_is_found_by_the_telephone_behind_it(desk: Desk) -> None:
    desk.add("telegram", "5501234567", name="Bà Hoa", tel="0912 345 678")
    [phone] = desk.control.get("/phones", params={"search": "0912 345"}).json()["phones"]
    assert (phone["channel"], phone["number"], phone["tel"]) == ("telegram", "5501234567", PHONE)


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/phones", {"channel": "telegram", "number": "5501", "tel": "12"}, "Số điện thoại này không đúng."),
        ("/phones", {"channel": "telegram", "number": "bà Hoa"}, "Mã người dùng Telegram là một số"),
        (f"/phones/{PHONE}/say", {"text": "a", "provider": "telegram"}, "Kênh này không có nhà cung cấp đó."),
        (f"/phones/{PHONE}/say", {"text": "a", "provider": "nobody"}, "Kênh này không có nhà cung cấp đó."),
        (f"/phones/{PHONE}/acts/press", {}, "Máy này không làm được việc đó."),
        (f"/phones/{PHONE}/acts/dance", {}, "Máy này không làm được việc đó."),
    ],
)
def test_nonsense_is_refused_in_plain_words(desk: Desk, path: str, body: dict[str, object], words: str) -> None:
    answer = desk.control.post(path, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(words)


def test_every_provider_offers_what_can_go_wrong_with_it(desk: Desk) -> None:
    offered = {one["provider"]: one for one in desk.control.get("/faults").json()["offered"]}
    assert {"twilio", "telegram", "esms", "speedsms", "shortcode", "exchange"} <= offered.keys()
    kinds = {name: {kind["kind"] for kind in one["kinds"]} for name, one in offered.items()}
    assert kinds["exchange"] == kinds["shortcode"] == {"webhook_repeated", "webhook_reordered", "webhook_late"}
    assert {"rate_limited", "server_error", "slow", "dropped", "timeout_after_accept"} <= kinds["telegram"]
    assert all(kind["title"] for one in offered.values() for kind in one["kinds"])


def test_settings_from_the_environment() -> None:
    config = read_environment(
        {
            "SIMULATOR_TELEGRAM_TOKEN": "7000100200:invented-token_for-tests-0123456789",
            "SIMULATOR_TELEGRAM_PER_CHAT": "0.5",
            "SIMULATOR_ESMS_TEMPLATES": "Kinh moi {ten}\nXin chao",
            "SIMULATOR_ESMS_CALLBACK_WAITS": "1, 2.5",
            "SIMULATOR_ESMS_TAKES_PLUS": "yes",
            "SIMULATOR_SPEEDSMS_BRANDNAMES": "PhuongLang, XaBaVi",
            "SIMULATOR_SPEEDSMS_WEBHOOK_URL": "http://127.0.0.1:8000/x",
            "SIMULATOR_SHORTCODE_CONTRACT": "esms",
            "SIMULATOR_SHORTCODE_BODY": "query",
            "SIMULATOR_SHORTCODE_NAMES": "message_id=moid, phone=sender",
            "SIMULATOR_EXCHANGE_WEBHOOK_URL": "",
        }
    )
    assert (config.telegram.bot_id, config.telegram.per_chat, config.telegram.webhook_url) == (7000100200, 0.5, None)
    assert config.esms.templates == ("Kinh moi {ten}", "Xin chao")
    assert (config.esms.callback_waits, config.esms.takes_plus) == ((1.0, 2.5), True)
    assert config.speedsms.brandnames == {"PhuongLang", "XaBaVi"}
    assert config.speedsms.webhook_url == "http://127.0.0.1:8000/x"
    assert (config.shortcode.contract, config.shortcode.body) == (Contract.ESMS, Body.QUERY)
    assert config.shortcode.names == {"message_id": "moid", "phone": "sender"}
    assert config.exchange.webhook_url is None
    assert read_environment({}).esms == type(config.esms)()
