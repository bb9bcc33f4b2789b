"""What the Bot API takes, and what it refuses in which words."""

import json
from typing import Any

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


def test_who_the_bot_is(bot: Bot) -> None:
    me = bot.call("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (7000100200, True, "phuong_lang_bot")


def test_a_message_is_shown_and_returned(bot: Bot) -> None:
    sent = bot.send(text=" Kính mời bà Hoa \n")
    assert sent["text"] == "Kính mời bà Hoa"
    assert sent["from"] == {
        "id": 7000100200,
        "is_bot": True,
        "first_name": "Phường Láng",
        "username": "phuong_lang_bot",
    }
    assert sent["chat"] == {"id": CHAT, "first_name": "Bà Hoa", "type": "private"}
    assert sent["date"] == int(bot.desk.clock().timestamp())
    shown = bot.desk.messages("telegram", PERSON)[-1]
    assert (shown["text"], shown["direction"], shown["reached"]) == ("Kính mời bà Hoa", "to_phone", True)


def test_ids_of_messages_grow(bot: Bot) -> None:
    assert bot.send()["message_id"] < bot.send()["message_id"]


@pytest.mark.parametrize("how", ["form", "query", "json", "json strings"])
def test_parameters_come_in_every_way(bot: Bot, how: str) -> None:
    url = f"{bot.desk.url}/telegram/bot{TOKEN}/SENDmessage"
    markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "1"}]]}
    flat = {"chat_id": PERSON, "text": "Kính mời", "reply_markup": json.dumps(markup)}
    if how == "form":
        answer = httpx.post(url, data=flat)
    elif how == "query":
        answer = httpx.get(url, params=flat)
    else:
        answer = httpx.post(url, json=flat if how == "json strings" else {**flat, "reply_markup": markup})
    assert answer.json()["result"]["reply_markup"] == markup


@pytest.mark.parametrize(
    ("token", "status", "description"),
    [
        ("7000100200:another-token_for-tests-0123456789", 401, "Unauthorized"),
        ("7000100201:invented-token_for-tests-0123456789", 401, "Unauthorized"),
        ("7000100200", 404, "Not Found"),
        ("7000100200:short", 404, "Not Found"),
    ],
)
def test_a_wrong_token(bot: Bot, token: str, status: int, description: str) -> None:
    assert Bot(bot.desk, token).refusal("getMe") == (status, description)


def test_a_method_that_does_not_exist(bot: Bot) -> None:
    assert bot.refusal("sendMassage", chat_id=CHAT) == (404, "Not Found")


GOOD = {"chat_id": CHAT, "text": "Kính mời"}


MARKS = "can't parse entities:"


def html(text: str) -> dict[str, object]:
    return {"parse_mode": "HTML", "text": text}


def inline(**button: object) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [[button]]}}


@pytest.mark.parametrize(
    ("change", "description"),
    [
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": 99}, "chat not found"),
        ({"chat_id": "@nguoila"}, "chat not found"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "ạ" * 4097}, "message is too long"),
        ({"parse_mode": "BBCode"}, "unsupported parse_mode"),
        (html("<b>a"), f'{MARKS} Can\'t find end tag corresponding to start tag "b"'),
        (html("<h1>a</h1>"), f'{MARKS} Unsupported start tag "h1" at byte offset 0'),
        (html("a</b>"), f"{MARKS} Unexpected end tag at byte offset 1"),
        (
            {"parse_mode": "MarkdownV2", "text": "Xin chào."},
            f"{MARKS} Character '.' is reserved and must be escaped with the preceding '\\'",
        ),
        ({"parse_mode": "MarkdownV2", "text": "*a"}, f"{MARKS} Can't find end of Bold entity"),
        ({"reply_markup": "{"}, "can't parse reply markup JSON object"),
        ({"reply_markup": "[]"}, "reply markup expected as dict"),
        ({"reply_markup": {"rows": []}}, "object expected as reply markup"),
        ({"reply_markup": {"inline_keyboard": ["a"]}}, "can't parse keyboard: Field must be of type Array of Array"),
        (inline(text="Có", callback_data="ạ" * 21 + "aa"), "BUTTON_DATA_INVALID"),
        (inline(text="Có", callback_data=""), "BUTTON_DATA_INVALID"),
        (inline(text="", callback_data="1"), "button text must be non-empty"),
        (inline(callback_data="1"), 'can\'t parse inline keyboard button: Field "text" must be of type String'),
        (
            inline(text="Có"),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (inline(text="Web", url="khong"), "inline keyboard button URL 'khong' is invalid: Wrong HTTP URL"),
        (
            {"reply_markup": {"keyboard": [[{"request_contact": True}]]}},
            'can\'t parse keyboard button: Field "text" must be of type String',
        ),
        ({"reply_parameters": {"message_id": 4040}}, "message to be replied not found"),
    ],
)
def test_what_is_refused(bot: Bot, change: dict[str, object], description: str) -> None:
    before = len(bot.desk.messages("telegram", PERSON))
    assert bot.refusal("sendMessage", **{**GOOD, **change}) == (400, f"Bad Request: {description}")
    assert len(bot.desk.messages("telegram", PERSON)) == before
    assert [entry["description"] for entry in bot.desk.log("refused")] == [f"Bad Request: {description}"]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "ạ" * 4096},
        inline(text="Có", callback_data="ạ" * 21 + "a"),
        {"reply_markup": {"remove_keyboard": True}},
        {"reply_markup": {"force_reply": True}},
        {"reply_parameters": {"message_id": 4040, "allow_sending_without_reply": True}},
        {"disable_notification": True, "protect_content": True, "link_preview_options": {"is_disabled": True}},
    ],
)
def test_what_is_just_allowed(bot: Bot, change: dict[str, object]) -> None:
    assert bot.call("sendMessage", **{**GOOD, **change})["chat"]["id"] == CHAT


@pytest.mark.parametrize(
    ("mode", "text", "bare", "entities"),
    [
        ("HTML", "👍 <b>bà <i>Hoa</i></b> &lt;3", "👍 bà Hoa <3", [(3, 6, "bold"), (6, 3, "italic")]),
        ("html", '<a href="https://x.vn">đây</a>', "đây", [(0, 3, "text_link")]),
        ("MarkdownV2", "👍 *bà _Hoa_*\\.", "👍 bà Hoa.", [(3, 6, "bold"), (6, 3, "italic")]),
        ("MarkdownV2", "__a__ `b*c`", "a b*c", [(0, 1, "underline"), (2, 3, "code")]),
        ("MarkdownV2", "[d](https://x.vn)", "d", [(0, 1, "text_link")]),
        ("", "*a* <b>", "*a* <b>", []),
    ],
)
def test_marks_become_entities(bot: Bot, mode: str, text: str, bare: str, entities: list[tuple[int, int, str]]) -> None:
    sent = bot.send(text=text, parse_mode=mode)
    found = [(entity["offset"], entity["length"], entity["type"]) for entity in sent.get("entities", [])]
    assert (sent["text"], found) == (bare, entities)


def test_a_person_who_blocked_the_bot(bot: Bot) -> None:
    bot.desk.act("telegram", PERSON, "block")
    assert bot.refusal("sendMessage", **GOOD) == (403, "Forbidden: bot was blocked by the user")
    assert bot.refusal("sendChatAction", chat_id=CHAT, action="typing")[0] == 403
    bot.desk.act("telegram", PERSON, "unblock")
    assert bot.send()["text"] == "Kính mời"


def test_a_phone_that_never_wrote_is_no_chat(bot: Bot) -> None:
    bot.desk.add("telegram", "5509999999", name="Ông Bình")
    assert bot.refusal("sendMessage", chat_id=5509999999, text="a") == (400, "Bad Request: chat not found")


def test_a_reply_shows_what_it_answers(bot: Bot) -> None:
    first = bot.send(text="một")
    assert bot.send(reply_parameters={"message_id": first["message_id"]})["reply_to_message"]["text"] == "một"


def test_chat_actions(bot: Bot) -> None:
    assert bot.call("sendChatAction", chat_id=CHAT, action="typing") is True
    assert [(entry["number"], entry["action"]) for entry in bot.desk.log("chat_action")] == [(PERSON, "typing")]
    refused = bot.refusal("sendChatAction", chat_id=CHAT, action="dancing")
    assert refused == (400, "Bad Request: wrong parameter action in request")


def test_buttons_under_a_message_are_changed_and_taken_away(bot: Bot) -> None:
    sent = bot.send(**inline(text="Có", callback_data="1"))
    other = {"inline_keyboard": [[{"text": "Xong", "callback_data": "2"}]]}
    edit = {"chat_id": CHAT, "message_id": sent["message_id"]}
    assert bot.call("editMessageReplyMarkup", **edit, reply_markup=other)["reply_markup"] == other
    assert bot.desk.messages("telegram", PERSON)[-1]["buttons"][0][0]["title"] == "Xong"
    assert "message is not modified" in bot.refusal("editMessageReplyMarkup", **edit, reply_markup=other)[1]
    assert "reply_markup" not in bot.call("editMessageReplyMarkup", **edit)
    assert bot.desk.messages("telegram", PERSON)[-1]["buttons"] == []


@pytest.mark.parametrize(("message_id", "words"), [(4040, "message to edit not found"), (1, "message can't be edited")])
def test_what_cannot_be_edited(bot: Bot, message_id: int, words: str) -> None:
    refused = bot.refusal("editMessageReplyMarkup", chat_id=CHAT, message_id=message_id)
    assert refused == (400, f"Bad Request: {words}")
