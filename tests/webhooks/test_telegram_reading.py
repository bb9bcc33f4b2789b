"""What each kind of update means: shapes of the Bot API that no stand-in plays."""

from __future__ import annotations

from typing import Any

import pytest

from conversations.events import Event
from conversations.inbound import Word
from outreach.channels.fetching import LARGEST_MEDIA
from outreach.channels.telegram.chats import name_of
from webhooks.telegram_updates import Nothing, Said, read_update

USER = 5501234567
CHAT = {"id": USER, "type": "private", "first_name": "Hoa"}
SENDER = {"id": USER, "is_bot": False, "first_name": "Hoa"}
BASE = {"message_id": 7, "date": 1_794_300_000, "chat": CHAT, "from": SENDER}
FILE = {"file_id": "F1", "file_unique_id": "U1"}
MOVING = {**FILE, "width": 320, "height": 240, "duration": 3}
PLACE = {"latitude": 21.02, "longitude": 105.8}
TWO = {"message_id": 7, "date": 0, "chat": CHAT}


def size(file_id: str, width: int, file_size: int | None) -> dict[str, Any]:
    weight = {} if file_size is None else {"file_size": file_size}
    return {**FILE, "file_id": file_id, "width": width, "height": width, **weight}


def word(update: dict[str, Any]) -> Word:
    read = read_update({"update_id": 100, **update})
    assert isinstance(read, Said)
    return read.word


def said(**content: Any) -> Word:
    return word({"message": {**BASE, **content}})


@pytest.mark.parametrize(
    ("content", "event", "media"),
    [
        ({"voice": {**FILE, "duration": 3}}, Event.VOICE, "F1"),
        ({"audio": {**FILE, "duration": 3}}, Event.VOICE, "F1"),
        ({"video": MOVING}, Event.VIDEO, "F1"),
        ({"video_note": {**FILE, "length": 240, "duration": 3}}, Event.VIDEO, "F1"),
        ({"animation": MOVING, "document": FILE}, Event.VIDEO, "F1"),
        ({"document": FILE}, Event.FILE, "F1"),
        ({"document": {**FILE, "mime_type": "application/pdf"}}, Event.FILE, "F1"),
        ({"document": {**FILE, "mime_type": "image/jpeg"}}, Event.PICTURE, "F1"),
        ({"document": {**FILE, "mime_type": "audio/mpeg"}}, Event.VOICE, "F1"),
        ({"document": {**FILE, "mime_type": "video/mp4"}}, Event.VIDEO, "F1"),
        ({"dice": {"emoji": "🎲", "value": 3}}, Event.STICKER, None),
        ({"location": PLACE}, Event.LOCATION, None),
        ({"venue": {"location": PLACE, "title": "UBND", "address": "1 phố"}, "location": PLACE}, Event.LOCATION, None),
        ({"story": {"chat": CHAT, "id": 1}}, Event.FILE, None),
        ({"poll": {"newer": "than the library"}}, Event.FILE, None),
    ],
)
def test_what_comes_besides_words(content: dict[str, Any], event: Event, media: str | None) -> None:
    read = said(**content, caption="gửi cháu")
    assert (read.event, read.media, read.text) == (event, media, "gửi cháu")


def test_a_word_is_read_beside_what_the_library_does_not_know() -> None:
    unknown = {"newer": "than the library"}
    assert said(text="có", reply_to_message={**BASE, "poll": unknown}, quote=unknown, poll=unknown).text == "có"


@pytest.mark.parametrize(
    ("sizes", "chosen"),
    [
        ([size("a", 90, 900), size("b", 1280, 90_000), size("c", 800, 50_000)], "b"),
        ([size("a", 90, 900), size("b", 1280, None)], "b"),
        ([size("a", 800, 50_000), size("b", 9000, LARGEST_MEDIA + 1)], "a"),
        ([size("a", 8000, LARGEST_MEDIA + 2), size("b", 9000, LARGEST_MEDIA + 1)], "b"),
    ],
)
def test_the_largest_picture_that_may_be_fetched(sizes: list[dict[str, Any]], chosen: str) -> None:
    assert said(photo=sizes).media == chosen


@pytest.mark.parametrize(
    ("typed", "text", "event"),
    [
        ("/start", "", Event.FOLLOW),
        ("/start ", "", Event.FOLLOW),
        ("/start@phuong_lang_bot", "", Event.FOLLOW),
        ("/start N7NN7N7H", "N7NN7N7H", None),
        ("/start@phuong_lang_bot N7NN7N7H", "N7NN7N7H", None),
        ("/start  N7NN 7N7H \n", "N7NN 7N7H", None),
        ("/Start", "/Start", None),
        ("/starts", "/starts", None),
        ("/stop", "/stop", None),
    ],
)
def test_start(typed: str, text: str, event: Event | None) -> None:
    read = said(text=typed)
    assert (read.text, read.event) == (text, event)


def card(number: str, user_id: int | None, **more: Any) -> Word:
    known = {} if user_id is None else {"user_id": user_id}
    return said(contact={"phone_number": number, "first_name": "Hoa", **known}, **more)


@pytest.mark.parametrize("number", ["84912345678", "+84912345678", "0912345678"])
def test_the_senders_own_card(number: str) -> None:
    read = card(number, USER)
    assert (read.event, read.shared_phone, read.text) == (Event.CONTACT, "0912345678", "")


def test_the_senders_own_foreign_number_ties_nothing_and_goes_on() -> None:
    read = card("+15005550006", USER)
    assert (read.event, read.shared_phone) == (Event.CONTACT, None)


@pytest.mark.parametrize("user_id", [None, USER + 1, 0])
def test_somebody_elses_card(user_id: int | None) -> None:
    read = card("84912345678", user_id)
    assert (read.event, read.shared_phone, read.text, read.media) == (Event.FILE, None, "", None)


def test_a_card_without_a_sender_is_nobodys() -> None:
    message = {key: value for key, value in BASE.items() if key != "from"}
    read = word(
        {"message": {**message, "contact": {"phone_number": "84912345678", "first_name": "H", "user_id": USER}}}
    )
    assert (read.event, read.shared_phone) == (Event.FILE, None)


@pytest.mark.parametrize(
    "content",
    [
        {"pinned_message": TWO},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        {"new_chat_title": "x"},
        {"write_access_allowed": {}},
        {"something_new": {"a": 1}},
    ],
)
def test_what_the_app_reports_is_nobodys_word(content: dict[str, Any]) -> None:
    assert read_update({"update_id": 1, "message": {**BASE, **content}}) == Nothing()


def test_changed_words_have_a_name_of_their_own_for_each_change() -> None:
    names = {
        read.word.provider_message_id
        for number in (100, 101, 101)
        if isinstance(read := read_update({"update_id": number, "edited_message": {**BASE, "text": "a"}}), Said)
    }
    assert names == {f"{name_of(USER, 7)}:100", f"{name_of(USER, 7)}:101"}
    assert word({"edited_message": {**BASE, "photo": [size("a", 9, 9)], "caption": "b"}}).text == "b"


def test_a_place_that_moves_says_nothing() -> None:
    assert read_update({"update_id": 1, "edited_message": {**BASE, "location": PLACE}}) == Nothing()


def query(**changed: Any) -> dict[str, Any]:
    whole = {"id": "998", "from": SENDER, "chat_instance": "1", "data": "consent=yes", "message": {**BASE, "text": "?"}}
    return {"callback_query": {key: value for key, value in {**whole, **changed}.items() if value is not None}}


def test_a_press_under_a_message_that_is_too_old_to_be_shown() -> None:
    read = read_update({"update_id": 1, **query(message=TWO)})
    assert read == Said(word(query()), "998")
    assert word(query()).payload == "consent=yes"


@pytest.mark.parametrize(
    "changed",
    [
        {"message": None, "inline_message_id": "5"},
        {"data": None, "game_short_name": "x"},
        {"message": {**BASE, "chat": {"id": -100123, "type": "supergroup", "title": "Tổ 5"}, "text": "?"}},
    ],
)
def test_presses_that_are_not_of_our_buttons(changed: dict[str, Any]) -> None:
    assert read_update({"update_id": 1, **query(**changed)}) == Nothing()


def membership(status: str, chat: dict[str, Any] = CHAT) -> dict[str, Any]:
    bot = {"id": 7000100200, "is_bot": True, "first_name": "Phường"}
    until = {"until_date": 0} if status == "kicked" else {}
    old = {"user": bot, "status": "left"}
    new = {"user": bot, "status": status, **until}
    return {"my_chat_member": {"chat": chat, "from": SENDER, "date": 1, "old_chat_member": old, "new_chat_member": new}}


@pytest.mark.parametrize(
    ("status", "event"), [("kicked", Event.UNFOLLOW), ("left", Event.UNFOLLOW), ("member", Event.RETURNED)]
)
def test_leaving_and_coming_back(status: str, event: Event) -> None:
    read = word(membership(status))
    assert (read.event, read.address, read.text) == (event, str(USER), "")


@pytest.mark.parametrize("status", ["member", "kicked", "left", "something_new"])
def test_groups_may_take_us_in_or_throw_us_out(status: str) -> None:
    group = {"id": -100123, "type": "group", "title": "Tổ 5"}
    assert read_update({"update_id": 1, **membership(status, group)}) == Nothing()
    assert read_update({"update_id": 1, **membership("something_new")}) == Nothing()
