"""What citizens do, as `getUpdates` gives it."""

import base64
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.simulator.desk import Desk, Open
from tests.simulator.telegram_bot import CONFIG, PERSON, TOKEN, Bot

CHAT = int(PERSON)


@pytest.fixture
def bot(open_desk: Open) -> Bot:
    made = Bot(open_desk(telegram=CONFIG))
    made.meet()
    return made


def the_only(bot: Bot, kind: str) -> dict[str, Any]:
    [update] = bot.take()
    assert set(update) == {"update_id", kind}
    content: dict[str, Any] = update[kind]
    return content


def test_a_text(bot: Bot) -> None:
    bot.desk.say("telegram", PERSON, "dạ có 👍")
    message = the_only(bot, "message")
    assert message["text"] == "dạ có 👍"
    assert message["from"] == {"id": CHAT, "is_bot": False, "first_name": "Bà Hoa", "language_code": "vi"}
    assert message["chat"] == {"id": CHAT, "first_name": "Bà Hoa", "type": "private"}
    assert message["date"] == int(bot.desk.clock().timestamp())


def test_a_deep_link_s_code_comes_as_a_command(bot: Bot) -> None:
    bot.desk.act("telegram", "5507777777", "start", code="AB12-xy_9")
    message = the_only(bot, "message")
    assert message["text"] == "/start AB12-xy_9"
    assert message["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    assert message["from"]["first_name"] == "Người dân"


def test_offsets_count_as_telegram_counts(bot: Bot) -> None:
    bot.desk.say("telegram", PERSON, "👍 https://x.vn/a")
    assert the_only(bot, "message")["entities"] == [{"offset": 3, "length": 14, "type": "url"}]


def test_one_s_own_contact_by_the_button(bot: Bot) -> None:
    asked = bot.send(reply_markup={"keyboard": [[{"text": "Gửi số", "request_contact": True}]]})
    bot.desk.act("telegram", PERSON, "press", message=f"tg{asked['message_id']}", button="Gửi số")
    message = the_only(bot, "message")
    assert message["contact"] == {"phone_number": "84912345678", "first_name": "Bà Hoa", "user_id": CHAT}
    assert message["reply_to_message"]["message_id"] == asked["message_id"]
    assert "text" not in message


def test_a_stranger_s_contact_bears_another_id_or_none(bot: Bot) -> None:
    bot.desk.act("telegram", PERSON, "share_contact", phone="0987 654 321", name="Ông Bình")
    assert the_only(bot, "message")["contact"] == {"phone_number": "84987654321", "first_name": "Ông Bình"}
    bot.desk.act("telegram", PERSON, "share_contact", phone="0987 654 321", user_id=5508888888)
    assert the_only(bot, "message")["contact"]["user_id"] == 5508888888


def test_some_apps_share_numbers_with_a_plus(open_desk: Open) -> None:
    bot = Bot(open_desk(telegram=replace(CONFIG, contact_plus=True)))
    bot.meet()
    bot.desk.act("telegram", PERSON, "share_contact")
    assert the_only(bot, "message")["contact"]["phone_number"] == "+84912345678"


def fetched(bot: Bot, file_id: str) -> tuple[str, bytes]:
    file = bot.call("getFile", file_id=file_id)
    answer = httpx.get(f"{bot.desk.url}/telegram/file/bot{TOKEN}/{file['file_path']}")
    assert (answer.status_code, len(answer.content)) == (200, file["file_size"])
    return file["file_path"], answer.content


@pytest.mark.parametrize(
    ("content_type", "kind", "folder"),
    [
        ("image/jpeg", "photo", "photos/"),
        ("audio/ogg", "voice", "voice/"),
        ("application/pdf", "document", "documents/"),
    ],
)
def test_files_can_be_fetched(bot: Bot, content_type: str, kind: str, folder: str) -> None:
    file = {"content_type": content_type, "data": base64.b64encode(b"mot tep").decode()}
    bot.desk.say("telegram", PERSON, "căn cước", media=[file])
    message = the_only(bot, "message")
    assert message["caption"] == "căn cước"
    assert "text" not in message
    described = message[kind][-1] if kind == "photo" else message[kind]
    path, content = fetched(bot, described["file_id"])
    assert path.startswith(folder)
    assert content == b"mot tep"


def test_several_pictures_are_several_messages_of_one_album(bot: Bot) -> None:
    bot.desk.say("telegram", PERSON, "hai mặt", media=["image/png", "image/png"])
    first, second = [update["message"] for update in bot.take()]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first.get("caption"), second.get("caption")) == ("hai mặt", None)
    assert first["photo"][0]["file_id"] != first["photo"][1]["file_id"] != second["photo"][1]["file_id"]


def test_a_sticker(bot: Bot) -> None:
    bot.desk.act("telegram", PERSON, "sticker", emoji="🙏")
    sticker = the_only(bot, "message")["sticker"]
    assert (sticker["emoji"], sticker["type"]) == ("🙏", "regular")
    assert fetched(bot, sticker["file_id"])[1].startswith(b"RIFF")


def test_files_nobody_sent_and_paths_nobody_gave(bot: Bot) -> None:
    refused = bot.refusal("getFile", file_id="AgACxyz")
    assert refused == (400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    url = f"{bot.desk.url}/telegram/file/bot{TOKEN}/photos/file_2.jpg"
    bot.desk.say("telegram", PERSON, "", media=["image/png"])
    assert httpx.get(url).status_code == 404
    file_id = the_only(bot, "message")["photo"][-1]["file_id"]
    bot.call("getFile", file_id=file_id)
    assert httpx.get(url).status_code == 200
    bot.desk.clock.forward(hours=1)
    assert httpx.get(url).status_code == 404


def test_changed_words_are_another_kind_of_update(bot: Bot) -> None:
    said = bot.desk.say("telegram", PERSON, "khong")
    [before] = bot.take()
    bot.desk.clock.forward(minutes=1)
    bot.desk.act("telegram", PERSON, "edit", message=said["id"], text="có")
    edited = the_only(bot, "edited_message")
    assert (edited["message_id"], edited["text"]) == (before["message"]["message_id"], "có")
    assert (edited["edit_date"], edited["date"]) == (edited["date"] + 60, before["message"]["date"])
    assert next(m["text"] for m in bot.desk.messages("telegram", PERSON) if m["id"] == said["id"]) == "có"


def test_a_pressed_button_and_its_answer(bot: Bot) -> None:
    sent = bot.send(reply_markup={"inline_keyboard": [[{"text": "Có", "callback_data": "row:7"}]]})
    press = bot.desk.act("telegram", PERSON, "press", message=f"tg{sent['message_id']}", button="Có")
    query = the_only(bot, "callback_query")
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("row:7", CHAT, "Kính mời")
    assert (press["kind"], press["text"]) == ("press", "Có")
    assert bot.call("answerCallbackQuery", callback_query_id=query["id"], text="Dạ cháu nhận rồi ạ") is True
    again = bot.refusal("answerCallbackQuery", callback_query_id=query["id"])
    assert again == (400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


def test_a_press_cannot_be_answered_for_ever_nor_at_length(bot: Bot) -> None:
    sent = bot.send(reply_markup={"inline_keyboard": [[{"text": "Có", "callback_data": "1"}]]})
    bot.desk.act("telegram", PERSON, "press", message=f"tg{sent['message_id']}", button="Có")
    query_id = the_only(bot, "callback_query")["id"]
    assert bot.refusal("answerCallbackQuery", callback_query_id=query_id, text="a" * 201)[1].endswith("TOO_LONG")
    bot.desk.clock.forward(minutes=16)
    assert "too old" in bot.refusal("answerCallbackQuery", callback_query_id=query_id)[1]


def test_a_key_of_the_keyboard_is_a_text_like_any_other(bot: Bot) -> None:
    sent = bot.send(reply_markup={"keyboard": [["Có", {"text": "Không"}]], "one_time_keyboard": True})
    bot.desk.act("telegram", PERSON, "press", message=f"tg{sent['message_id']}", button="Không")
    assert the_only(bot, "message")["text"] == "Không"


def test_blocking_and_coming_back(bot: Bot) -> None:
    bot.desk.act("telegram", PERSON, "block")
    change = the_only(bot, "my_chat_member")
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("member", "kicked")
    assert (change["new_chat_member"]["user"]["id"], change["from"]["id"]) == (7000100200, CHAT)
    bot.desk.act("telegram", PERSON, "start", code="lai")
    back, start = bot.take()
    assert back["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert start["message"]["text"] == "/start lai"


def impossible(desk: Desk, gesture: str, **fields: object) -> str:
    answer = desk.control.post(f"/phones/{PERSON}/acts/{gesture}?channel=telegram", json=fields)
    assert answer.status_code == 400
    words: str = answer.json()["error"]
    return words


def test_what_a_hand_cannot_do(bot: Bot) -> None:
    inline = bot.send(reply_markup={"inline_keyboard": [[{"text": "Web", "url": "https://x.vn"}]]})
    keys = bot.send(reply_markup={"keyboard": [["Có"]]})
    bot.send(reply_markup={"remove_keyboard": True})
    desk, on = bot.desk, {"message": f"tg{inline['message_id']}"}
    assert "không có nút" in impossible(desk, "press", **on, button="Có")
    assert "trang web" in impossible(desk, "press", **on, button="Web")
    assert "không còn" in impossible(desk, "press", message=f"tg{keys['message_id']}", button="Có")
    assert "Không thấy" in impossible(desk, "press", message="tg9999", button="Có")
    assert "Chỉ sửa được" in impossible(desk, "edit", **on, text="a")
    assert "không chặn" in impossible(desk, "unblock")
    assert "chữ, số" in impossible(desk, "start", code="mã có dấu")
    assert "không làm được" in impossible(desk, "call")
    desk.act("telegram", PERSON, "block")
    assert "đang chặn" in impossible(desk, "sticker")


def ids(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


def test_updates_stay_until_an_offset_confirms_them(bot: Bot) -> None:
    for text in ("một", "hai", "ba"):
        bot.desk.say("telegram", PERSON, text)
    first = ids(bot.call("getUpdates"))
    assert first == [first[0], first[0] + 1, first[0] + 2]
    assert ids(bot.call("getUpdates", limit=2)) == first[:2]
    assert ids(bot.call("getUpdates", offset=first[1])) == first[1:]
    assert ids(bot.call("getUpdates", offset=-1)) == first[2:]
    assert ids(bot.call("getUpdates", offset=first[2] + 1)) == []
    assert [m["status"] for m in bot.desk.messages("telegram", PERSON)] == ["taken"] * 4


def test_updates_that_nobody_took_for_a_day_are_gone(bot: Bot) -> None:
    bot.desk.say("telegram", PERSON, "alo")
    bot.desk.clock.forward(hours=23)
    assert len(bot.call("getUpdates")) == 1
    bot.desk.clock.forward(hours=1, seconds=1)
    assert bot.call("getUpdates") == []


def test_unwanted_kinds_do_not_come_and_the_wish_is_remembered(bot: Bot) -> None:
    bot.call("getUpdates", allowed_updates=["message"])
    bot.desk.act("telegram", PERSON, "block")
    bot.desk.act("telegram", PERSON, "start")
    assert [set(update) - {"update_id"} for update in bot.take()] == [{"message"}]
    bot.call("getUpdates", allowed_updates=[])
    bot.desk.act("telegram", PERSON, "block")
    assert "my_chat_member" in bot.take()[0]


def test_asking_waits_for_what_comes(bot: Bot) -> None:
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(bot.call, "getUpdates", timeout=30)
        bot.desk.say("telegram", PERSON, "alo")
        assert [update["message"]["text"] for update in waiting.result(20)] == ["alo"]


def test_a_bot_that_hangs_up_is_waited_for_no_more(bot: Bot) -> None:
    host, port = bot.desk.url.removeprefix("http://").split(":")
    asked = f"GET /telegram/bot{TOKEN}/getUpdates?timeout=50 HTTP/1.0\r\nHost: {host}\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(asked.encode())
        connection.shutdown(socket.SHUT_WR)
        assert b"200 OK" in connection.recv(4096)


def ends_with_conflict(bot: Bot, end: Callable[[], object]) -> str:
    """What a waiting request is told when something ends it."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(bot.refusal, "getUpdates", timeout=30)
        while not waiting.done():
            end()
        status, description = waiting.result()
    assert status == 409
    return description


def test_a_second_asking_ends_the_first(bot: Bot) -> None:
    words = ends_with_conflict(bot, lambda: bot.post("getUpdates"))
    assert words.startswith("Conflict: terminated by other getUpdates request")


def test_setting_a_webhook_ends_the_asking(bot: Bot) -> None:
    words = ends_with_conflict(bot, lambda: bot.call("setWebhook", url="http://127.0.0.1:9/x"))
    assert words in (
        "Conflict: terminated by setWebhook request",
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    )


def test_the_line_survives_a_reset_of_the_stand_in_empty(bot: Bot) -> None:
    bot.desk.say("telegram", PERSON, "alo")
    bot.desk.control.post("/reset", json={})
    assert bot.call("getUpdates") == []
    bot.desk.say("telegram", PERSON, "lại")
    assert len(bot.take()) == 1
