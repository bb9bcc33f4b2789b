"""Calls that go wrong, and what is true afterwards."""

import httpx
import pytest

from tests.simulator.desk import Open
from tests.simulator.telegram_bot import CONFIG, PERSON, TOKEN, Bot

CHAT = int(PERSON)


@pytest.fixture
def bot(open_desk: Open) -> Bot:
    made = Bot(open_desk(telegram=CONFIG))
    made.meet()
    return made


def shown(bot: Bot) -> list[str]:
    return [m["text"] for m in bot.desk.messages("telegram", PERSON) if m["direction"] == "to_phone"]


@pytest.mark.parametrize(
    ("fault", "status", "description", "parameters"),
    [
        ({"kind": "rate_limited"}, 429, "Too Many Requests: retry after 5", {"retry_after": 5}),
        ({"kind": "rate_limited", "seconds": 17}, 429, "Too Many Requests: retry after 17", {"retry_after": 17}),
        ({"kind": "server_error"}, 500, "Internal Server Error", None),
        ({"kind": "refused", "code": 403}, 403, "Forbidden: bot was blocked by the user", None),
        ({"kind": "refused", "code": 401}, 401, "Unauthorized", None),
        ({"kind": "refused"}, 400, "Bad Request", None),
    ],
)
def test_orderly_refusals(
    bot: Bot, fault: dict[str, object], status: int, description: str, parameters: object
) -> None:
    bot.desk.control.post("/faults", json={"provider": "telegram", "count": 1, "number": PERSON, **fault})
    answer = bot.post("sendMessage", chat_id=CHAT, text="a")
    body = answer.json()
    assert (answer.status_code, body["error_code"], body["description"]) == (status, status, description)
    assert body.get("parameters") == parameters
    assert shown(bot) == []
    assert len(bot.desk.log("refused")) == 1
    assert bot.send()["text"] == "Kính mời"


@pytest.mark.parametrize("code", [502, 504])
def test_a_gateway_answers_with_a_page(bot: Bot, code: int) -> None:
    bot.desk.fault("telegram", "server_error", count=1, code=code)
    answer = bot.post("sendMessage", chat_id=CHAT, text="a")
    assert (answer.status_code, answer.headers["Content-Type"]) == (code, "text/html")


@pytest.mark.parametrize(("kind", "arrived"), [("dropped", []), ("dropped_after_accept", ["Kính mời"])])
def test_a_connection_that_drops(bot: Bot, kind: str, arrived: list[str]) -> None:
    bot.desk.fault("telegram", kind, count=1, number=PERSON)
    with pytest.raises(httpx.RemoteProtocolError):
        bot.send()
    assert shown(bot) == arrived


def test_an_answer_that_never_comes_though_the_message_is_there(bot: Bot) -> None:
    bot.desk.fault("telegram", "timeout_after_accept", count=1)
    url = f"{bot.desk.url}/telegram/bot{TOKEN}/sendMessage"
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(url, json={"chat_id": CHAT, "text": "Kính mời"}, timeout=0.3)
    assert shown(bot) == ["Kính mời"]
    bot.send()
    assert shown(bot) == ["Kính mời", "Kính mời"]


def test_a_slow_answer_is_a_good_one(bot: Bot) -> None:
    bot.desk.fault("telegram", "slow", count=1, seconds=0.2)
    assert bot.send()["text"] == "Kính mời"


def test_asking_is_struck_too(bot: Bot) -> None:
    bot.desk.fault("telegram", "server_error", count=1, code=502)
    assert bot.post("getUpdates").status_code == 502
    assert bot.call("getUpdates") == []


def test_every_attempt_and_message_is_in_the_log_without_the_token(bot: Bot) -> None:
    bot.send(text="một")
    bot.send(text="hai")
    sent = [entry for entry in bot.desk.log("message") if entry["direction"] == "to_phone"]
    assert [(entry["number"], entry["text"]) for entry in sent] == [(PERSON, "một"), (PERSON, "hai")]
    assert TOKEN not in bot.desk.control.get("/log").text
