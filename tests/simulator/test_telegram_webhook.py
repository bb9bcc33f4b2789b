"""Updates at the bot's webhook: in order, until taken, with the secret, and wrong in every way they can be."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig
from simulator.gestures import Gesture
from simulator.simulator import Simulator
from tests.simulator.customer import SetClock
from tests.simulator.desk import Open, Say, Site
from tests.simulator.telegram_bot import CONFIG, PERSON, Bot

SECRET = "Bi-mat_01"
OTHER = "5507777777"


@pytest.fixture
def bot(open_desk: Open, site: Site) -> Bot:
    """With a webhook, and one person it knows."""
    made = Bot(open_desk(telegram=CONFIG))
    made.meet()
    made.call("setWebhook", url=f"{site.url}/hook", secret_token=SECRET)
    return made


def texts(site: Site) -> list[str]:
    return [heard.json["message"]["text"] for heard in site.heard]


def test_an_update_bears_the_secret(bot: Bot, site: Site) -> None:
    bot.desk.say("telegram", PERSON, "dạ có")
    bot.desk.deliver()
    [heard] = site.heard
    assert (heard.method, heard.path, heard.json["message"]["text"]) == ("POST", "/hook", "dạ có")
    assert heard.headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET
    assert heard.headers["Content-Type"] == "application/json"


def test_without_a_secret_there_is_no_header(bot: Bot, site: Site) -> None:
    bot.call("setWebhook", url=f"{site.url}/hook")
    bot.desk.say("telegram", PERSON, "alo")
    bot.desk.deliver()
    assert "X-Telegram-Bot-Api-Secret-Token" not in site.heard[0].headers


def test_everybody_s_updates_come_in_order(bot: Bot, site: Site) -> None:
    for number in range(20):
        bot.desk.say("telegram", PERSON if number % 2 else OTHER, str(number))
    bot.desk.deliver()
    assert texts(site) == [str(number) for number in range(20)]
    ids = [heard.json["update_id"] for heard in site.heard]
    assert ids == sorted(set(ids))


def test_nothing_comes_before_what_was_not_taken(bot: Bot, site: Site) -> None:
    site.answers = [Say(), Say(500), Say(302), Say(503), Say()]
    for text in ("một", "hai", "ba"):
        bot.desk.say("telegram", PERSON, text)
    bot.desk.deliver()
    assert texts(site) == ["một", "hai", "hai", "hai", "hai", "ba"]
    assert [entry["http_status"] for entry in bot.desk.log("webhook")] == [200, 500, 302, 503, 200, 200]
    assert bot.call("getWebhookInfo")["pending_update_count"] == 0


def test_a_webhook_that_never_takes_leaves_all_in_line(open_desk: Open, site: Site) -> None:
    bot = Bot(open_desk(telegram=replace(CONFIG, webhook_attempts=4)))
    bot.meet()
    bot.call("setWebhook", url=f"{site.url}/hook")
    site.answers = [Say(500)]
    bot.desk.say("telegram", PERSON, "một")
    bot.desk.deliver()
    assert texts(site) == ["một"] * 4
    info = bot.call("getWebhookInfo")
    assert (info["pending_update_count"], info["max_connections"]) == (1, 40)
    assert info["last_error_message"] == "Wrong response from the webhook: 500"
    assert info["last_error_date"] == int(bot.desk.clock().timestamp())
    site.answers = [Say()]
    bot.desk.say("telegram", PERSON, "hai")
    bot.desk.deliver()
    assert texts(site)[4:] == ["một", "hai"]
    assert "last_error_message" not in bot.call("getWebhookInfo")


@pytest.mark.parametrize(("hang", "words"), [(True, "Read timeout expired"), (False, "Connection refused")])
def test_a_webhook_that_cannot_be_reached(open_desk: Open, site: Site, hang: bool, words: str) -> None:
    bot = Bot(open_desk(telegram=replace(CONFIG, webhook_attempts=1, webhook_timeout=0.1)))
    bot.meet()
    site.answers = [Say(hang=True)]
    bot.call("setWebhook", url=f"{site.url}/hook" if hang else "http://127.0.0.1:9/hook")
    bot.desk.say("telegram", PERSON, "alo")
    bot.desk.deliver()
    assert bot.call("getWebhookInfo")["last_error_message"] == words


def test_what_waited_in_line_comes_when_a_webhook_is_set_unless_dropped(bot: Bot, site: Site) -> None:
    bot.call("deleteWebhook")
    bot.desk.say("telegram", PERSON, "một")
    bot.call("setWebhook", url=f"{site.url}/hook")
    bot.desk.deliver()
    assert texts(site) == ["một"]
    bot.call("deleteWebhook")
    bot.desk.say("telegram", PERSON, "hai")
    bot.call("setWebhook", url=f"{site.url}/hook", drop_pending_updates=True)
    bot.desk.deliver()
    assert texts(site) == ["một"]


def test_asking_is_a_conflict_while_a_webhook_is_set(bot: Bot) -> None:
    status, words = bot.refusal("getUpdates")
    assert status == 409
    assert words.startswith("Conflict: can't use getUpdates method while webhook is active")
    assert bot.post("deleteWebhook").json()["description"] == "Webhook was deleted"
    assert bot.post("deleteWebhook").json()["description"] == "Webhook is already deleted"
    assert bot.call("getUpdates") == []


def test_setting_says_what_it_did(bot: Bot, site: Site) -> None:
    same = {"url": f"{site.url}/hook", "secret_token": SECRET}
    assert bot.post("setWebhook", **same).json()["description"] == "Webhook is already set"
    assert bot.post("setWebhook", **same, allowed_updates=["message"]).json()["description"] == "Webhook was set"
    assert bot.call("getWebhookInfo")["allowed_updates"] == ["message"]
    assert bot.post("setWebhook", url="").json()["description"] == "Webhook was deleted"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"url": "http://phuong.example.vn/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://phuong.example.vn:9000/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "hook"}, "bad webhook: Failed to resolve host: Name or service not known"),
        ({"secret_token": "có dấu"}, "secret token contains unallowed characters"),
        ({"secret_token": "a" * 257}, "secret token is too long"),
        ({"allowed_updates": "message"}, "can't parse allowed updates JSON object"),
    ],
)
def test_webhooks_that_are_not_taken(bot: Bot, change: dict[str, str], words: str) -> None:
    good = {"url": "https://phuong.example.vn/hook"}
    assert bot.refusal("setWebhook", **{**good, **change}) == (400, f"Bad Request: {words}")
    assert bot.call("getWebhookInfo")["url"].startswith("http://127.0.0.1")


def test_a_repeated_update(bot: Bot, site: Site) -> None:
    bot.desk.fault("telegram", "webhook_repeated", count=1)
    for text in ("một", "hai"):
        bot.desk.say("telegram", PERSON, text)
    bot.desk.deliver()
    assert texts(site) == ["một", "một", "hai"]
    assert site.heard[0].raw == site.heard[1].raw


@pytest.mark.parametrize("kind", ["webhook_reordered", "webhook_late"])
def test_an_update_that_later_ones_overtake(bot: Bot, site: Site, kind: str) -> None:
    bot.desk.fault("telegram", kind, count=1, number=PERSON)
    for text in ("một", "hai", "ba"):
        bot.desk.say("telegram", PERSON, text)
    bot.desk.deliver()
    assert texts(site) == ["hai", "ba", "một"]
    assert [m["status"] for m in bot.desk.messages("telegram", PERSON)] == ["taken"] * 4


def test_a_delayed_update_too_is_tried_until_taken(bot: Bot, site: Site) -> None:
    bot.desk.fault("telegram", "webhook_late", count=1)
    site.answers = [Say(500), Say(500), Say()]
    bot.desk.say("telegram", PERSON, "một")
    bot.desk.deliver()
    assert texts(site) == ["một"] * 3


def test_a_webhook_set_from_the_start(open_desk: Open, site: Site) -> None:
    desk = open_desk(telegram=replace(CONFIG, webhook_url=f"{site.url}/hook", webhook_secret=SECRET))
    desk.act("telegram", PERSON, "start", code="AB12")
    desk.deliver()
    assert texts(site) == ["/start AB12"]
    assert site.heard[0].headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET


@contextmanager
def running(journal: Path) -> Iterator[Simulator]:
    app = create_app(SimulatorConfig(journal=journal, automatic=False, telegram=CONFIG), SetClock())
    yield simulator_of(app)
    simulator_of(app).close()


def test_webhook_line_and_numbers_survive_the_process(tmp_path: Path, site: Site) -> None:
    path, hook = tmp_path / "log.jsonl", {"url": f"{site.url}/hook", "secret_token": SECRET}
    app = create_app(SimulatorConfig(journal=path, automatic=False, telegram=CONFIG), SetClock())
    app.test_client().post(f"/telegram/bot{CONFIG.token}/setWebhook", json=hook)
    telegram = simulator_of(app).provider("telegram")
    assert telegram is not None
    telegram.say(PERSON, "một", (), "")
    simulator_of(app).deliver_pending()
    telegram.say(PERSON, "hai", (), "")
    simulator_of(app).close()
    for _ in range(2):
        with running(path) as again:
            again.deliver_pending()
    with running(path) as last:
        found = last.provider("telegram")
        assert found is not None
        found.act(PERSON, Gesture.START, {})
        last.deliver_pending()
    assert texts(site) == ["một", "hai", "/start"]
    assert [heard.json["update_id"] for heard in site.heard] == [100000001, 100000002, 100000003]
    assert {heard.headers["X-Telegram-Bot-Api-Secret-Token"] for heard in site.heard} == {SECRET}
