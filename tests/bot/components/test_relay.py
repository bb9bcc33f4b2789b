"""One turn a call, through the real Rasa process with the trained model and a real database."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any
from uuid import uuid4

import httpx
import psycopg
import pytest

from core.settings import settings
from tests.bot.components.rasa_process import Call, RasaProcess, StandIn, answered, standing_in

pytestmark = pytest.mark.stack

_message_ids = count(1)


@pytest.fixture(scope="module")
def process(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RasaProcess]:
    running = RasaProcess(tmp_path_factory.mktemp("rasa") / "rasa.log")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def actions(process: RasaProcess) -> Iterator[StandIn]:
    with standing_in(process.actions_port) as stand_in:
        yield stand_in


@pytest.fixture
def serving(actions: StandIn) -> Iterator[StandIn]:
    yield actions
    actions.react = answered


@pytest.fixture
def thread() -> str:
    return str(uuid4())


def post(process: RasaProcess, body: Any, timeout: float = 30, token: str | None = None) -> httpx.Response:
    given = settings().internal_token.get_secret_value() if token is None else token
    return httpx.post(f"{process.url}/turn", json=body, headers={"X-Loa-Token": given}, timeout=timeout)


def turn_of(sender: str, text: str, **metadata: Any) -> dict[str, Any]:
    message_id = next(_message_ids)
    return {
        "sender": sender,
        "message_id": message_id,
        "text": text,
        "metadata": {"message_id": message_id, **metadata},
    }


def answer_to(process: RasaProcess, turn: dict[str, Any]) -> dict[str, Any]:
    response = post(process, turn)
    assert response.status_code == 200
    answer: dict[str, Any] = response.json()
    return answer


def latest(serving: StandIn, thread: str) -> Call:
    message: Call = serving.served(thread)[-1]["tracker"]["latest_message"]
    return message


def test_nobody_comes_in_without_the_token(process: RasaProcess, thread: str) -> None:
    for token in ("", "wrong", "tệ"):
        headers = {"X-Loa-Token": token.encode()}
        response = httpx.post(f"{process.url}/turn", json=turn_of(thread, "alo"), headers=headers, timeout=30)
        assert response.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "text",
        {"sender": "", "message_id": 1, "text": "a"},
        {"sender": "s", "message_id": "x", "text": "a"},
        {"sender": "s", "message_id": 1},
    ],
)
def test_what_is_no_turn_is_refused(process: RasaProcess, body: Any) -> None:
    assert post(process, body).status_code == 400


def test_a_turn_is_answered_whole(process: RasaProcess, serving: StandIn, thread: str) -> None:
    turn = turn_of(thread, "chào cháu")
    said = {
        "text": f"Đã nghe\n\nlần {turn['message_id']}",
        "buttons": [{"title": "Có", "payload": "consent=yes"}],
    }
    assert answer_to(process, turn) == {"replies": [said], "done": True}


def test_the_same_message_gets_the_same_answer_and_moves_nothing(
    process: RasaProcess, serving: StandIn, thread: str
) -> None:
    first, second = turn_of(thread, "có mất phí không"), turn_of(thread, "thế à")
    answers = [answer_to(process, first), answer_to(process, second)]
    calls = len(serving.calls)
    assert [answer_to(process, first), answer_to(process, second)] == answers
    assert len(serving.calls) == calls


def test_a_turn_in_which_an_action_failed_is_repeated(process: RasaProcess, serving: StandIn, thread: str) -> None:
    turn = turn_of(thread, "có mất phí không")

    def failing(call: Call) -> dict[str, Any] | int:
        return 500 if call["next_action"] == "action_take_answers" else answered(call)

    serving.react = failing
    assert answer_to(process, turn)["done"] is False
    serving.react = answered
    assert answer_to(process, turn)["done"] is True
    events = serving.served(thread)[-1]["tracker"]
    assert events["latest_message"]["metadata"]["message_id"] == turn["message_id"]


def test_a_turn_without_its_mark_is_not_done(process: RasaProcess, serving: StandIn, thread: str) -> None:
    turn = turn_of(thread, "chào cháu")
    serving.react = lambda call: {"events": [], "responses": []}
    assert answer_to(process, turn) == {"replies": [], "done": False}
    serving.react = answered
    assert answer_to(process, turn)["done"] is True


def test_a_turn_goes_on_when_its_caller_goes_away(process: RasaProcess, serving: StandIn, thread: str) -> None:
    turn = turn_of(thread, "chào cháu")
    reached, go_on = threading.Event(), threading.Event()

    def slow(call: Call) -> dict[str, Any]:
        reached.set()
        assert go_on.wait(20)
        return answered(call)

    serving.react = slow
    with pytest.raises(httpx.ReadTimeout):
        post(process, turn, timeout=1.5)
    assert reached.is_set()
    with ThreadPoolExecutor(1) as again:
        second = again.submit(answer_to, process, turn)
        go_on.set()
        assert second.result()["done"] is True
    assert len(serving.served(thread)) == 1


def test_a_thread_has_one_turn_at_a_time(process: RasaProcess, serving: StandIn, thread: str) -> None:
    serving.most_at_once = 0
    turns = [turn_of(thread, f"chào cháu lần {i}") for i in range(8)]
    with ThreadPoolExecutor(8) as callers:
        answers = list(callers.map(lambda turn: answer_to(process, turn), turns))
    assert all(answer["done"] for answer in answers)
    assert serving.most_at_once == 1
    for turn, answer in zip(turns, answers, strict=True):
        assert str(turn["message_id"]) in answer["replies"][0]["text"]


@pytest.mark.parametrize("text", ["/restart", "  /restart", '/inform{"bank": "BIDV"}'])
def test_a_citizen_gives_rasa_no_commands(process: RasaProcess, serving: StandIn, thread: str, text: str) -> None:
    assert answer_to(process, turn_of(thread, text))["done"] is True
    message = latest(serving, thread)
    assert len(message["intent_ranking"]) > 1, "Rasa took it for a command of its own"
    assert not [entity for entity in message["entities"] if entity["extractor"] == "RegexMessageHandler"]


def test_the_wish_to_begin_again_is_served_like_any_other(process: RasaProcess, serving: StandIn, thread: str) -> None:
    answer_to(process, turn_of(thread, "chào cháu"))
    assert answer_to(process, turn_of(thread, "cho tôi làm lại từ đầu"))["done"] is True
    assert latest(serving, thread)["intent"]["name"] == "restart"
    assert len(serving.served(thread)) == 2


def test_actions_get_the_reading_and_no_past_texts(process: RasaProcess, serving: StandIn, thread: str) -> None:
    answer_to(process, turn_of(thread, "số điện thoại bác là 0912 345 678"))
    answer_to(process, turn_of(thread, "1", open_question="consent", choices=[
        {"title": "Có", "payload": "consent=yes"}, {"title": "Không", "payload": "consent=no"}]))  # fmt: skip
    message = latest(serving, thread)
    answers = [(one["role"], one["value"]) for one in message["entities"] if one["entity"] == "answer"]
    assert answers == [("consent", "yes")]
    assert message["intent"]["name"] == "inform"
    assert message["metadata"]["open_question"] == "consent"
    assert "0912" not in str(serving.served(thread)[-1])


def test_a_question_is_known_by_its_full_name(process: RasaProcess, serving: StandIn, thread: str) -> None:
    answer_to(process, turn_of(thread, "Mở tài khoản có mất phí không cháu?"))
    assert latest(serving, thread)["intent"]["full_retrieval_intent_name"] == "faq/fees"


def test_a_chosen_meaning_is_the_intent(process: RasaProcess, serving: StandIn, thread: str) -> None:
    answer_to(process, turn_of(thread, "Hỏi về phí", payload="intent=faq/fees"))
    message = latest(serving, thread)
    assert message["intent"]["full_retrieval_intent_name"] == "faq/fees"
    assert message["response_selector"]["faq"]["response"]["intent_response_key"] == "faq/fees"


def test_conversations_outlive_the_process_and_cannot_be_read(
    process: RasaProcess, serving: StandIn, thread: str, database: str
) -> None:
    turn = turn_of(thread, "stk của bác là 2205205344118 ngân hàng nông nghiệp")
    answer = answer_to(process, turn)
    process.stop()
    process.start()
    calls = len(serving.calls)
    assert answer_to(process, turn) == answer
    assert len(serving.calls) == calls
    answer_to(process, turn_of(thread, "cảm ơn cháu"))
    with psycopg.connect(database) as connection:
        rows = connection.execute("SELECT * FROM rasa.turn WHERE sender_id = %s", [thread]).fetchall()
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'rasa'").fetchall()
    assert len(rows) == 2
    assert tables == [("turn",)]
    readable = str([[bytes(cell) if isinstance(cell, memoryview) else cell for cell in row] for row in rows])
    for words in ("2205205344118", "ngân hàng", "inform", "Đã nghe", "consent"):
        assert words not in readable


def test_logs_hold_nothing_of_what_was_said(process: RasaProcess, serving: StandIn, thread: str) -> None:
    serving.react = lambda call: 500
    for text in ("stk 0011004123456 của bà Mận", "/restart 0011004123456"):
        assert answer_to(process, turn_of(thread, text))["done"] is False
    log = process.log.read_text()
    assert "rasa.core.processor" in log
    for words in ("0011004123456", "Mận", "Đã nghe", settings().internal_token.get_secret_value()):
        assert words not in log
