"""Telegram's door: what the bot hears gets in once, with our secret; everything else leaves nothing behind."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from conversations.answering import answer
from conversations.attachment import Attachment, AttachmentState
from conversations.attachments import fetch_waiting
from conversations.events import Event
from conversations.thread import Channel, InboundMessage, Thread
from core.clock import now
from core.database import transaction
from outreach.channels.telegram import jobs
from roster.contact import ContactKind, ContactPoint
from tests.channels.doors import open_door
from tests.channels.telegram_site import SECRET, StartSite, TelegramDesk, telegram_site
from tests.environment import TestClock
from tests.outreach.conftest import read_settings_anew
from tests.simulator.telegram_bot import PERSON
from webhooks.app import LARGEST_BODY, create_app

__all__ = ["telegram_site"]

PATH = "/webhooks/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
type Begin = Callable[..., TelegramDesk]


@pytest.fixture
def site(telegram_site: StartSite) -> Iterator[Begin]:
    """site(**changes): the stand-in, which calls the door on its real port; somebody has the bot in the app."""
    with open_door() as url:

        def begin(**changes: Any) -> TelegramDesk:
            hook = {"webhook_url": url + PATH, "webhook_secret": SECRET}
            desk = telegram_site({"LOA_TELEGRAM_WEBHOOK_SECRET": SECRET}, **{**hook, **changes})
            desk.add("telegram", PERSON, name="Bà Hoa", tel="0912345678")
            return desk

        yield begin


@pytest.fixture
def door(telegram_site: StartSite) -> FlaskClient:
    """The door under our own hand, set up for the bot."""
    telegram_site({"LOA_TELEGRAM_WEBHOOK_SECRET": SECRET})
    return create_app().test_client()


def taken_in() -> list[InboundMessage]:
    with transaction() as session:
        return list(session.scalars(select(InboundMessage).order_by(InboundMessage.id)))


def heard(desk: TelegramDesk) -> list[tuple[str | None, str]]:
    """What came in, as (event, text), once the stand-in has delivered."""
    desk.deliver()
    return [(one.media, one.text) for one in taken_in()]


def contact() -> ContactPoint:
    with transaction() as session:
        return session.scalars(select(ContactPoint).where(ContactPoint.kind == ContactKind.TELEGRAM)).one()


def waiting_jobs() -> list[tuple[str, dict[str, Any]]]:
    with transaction() as session:
        rows = session.execute(text("SELECT task_name, args FROM procrastinate_jobs ORDER BY id"))
        return [(name, args) for name, args in rows]


# --- what the stand-in tells -------------------------------------------------------------------------------------


def test_a_word_comes_in_with_its_thread_and_the_job_that_answers_it(site: Begin) -> None:
    desk = site()
    desk.write("dạ có ạ 👍")
    assert heard(desk) == [(None, "dạ có ạ 👍")]
    [message] = taken_in()
    assert (message.channel, message.payload, contact().address) == (Channel.TELEGRAM, None, PERSON)
    with transaction() as session:
        assert session.get_one(Thread, message.thread_id).channel is Channel.TELEGRAM
    assert waiting_jobs() == [("conversations.answer", {"thread_id": str(message.thread_id)})]
    assert [entry["http_status"] for entry in desk.log("webhook")] == [200]


def test_nobody_reads_a_chats_number_in_the_database(site: Begin, database: str) -> None:
    """Looked at around the application: no name of a message, no job, no row of any table shows it."""
    desk = site()
    said = desk.write("dạ có ạ")
    desk.do("edit", message=said["id"], text="dạ không ạ")
    keys = [[{"text": "Đồng ý", "callback_data": "consent=yes"}]]
    desk.bot.send(text="Ông/bà đồng ý chứ ạ?", reply_markup={"inline_keyboard": keys})
    desk.do("press", message=desk.received()[-1]["id"], button="Đồng ý")
    desk.do("block")
    desk.deliver()
    assert len(taken_in()) == 4
    with psycopg.connect(database) as owner:
        tables = [name for (name,) in owner.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        for table in tables:
            rows = owner.execute(f'SELECT whole::text FROM "{table}" AS whole').fetchall()  # type: ignore[arg-type]
            assert not [row for (row,) in rows if PERSON in row], table


def test_start_opens_the_talk_and_a_deep_links_code_is_the_first_word(site: Begin) -> None:
    desk = site()
    desk.do("start")
    desk.do("start", code="N7NN7N7H")
    assert heard(desk) == [(Event.FOLLOW, ""), (None, "N7NN7N7H")]


@pytest.mark.parametrize("words", ["/help", "/restart", "/started", "xin chào /start", "/startN7NN7N7H"])
def test_other_commands_are_words(site: Begin, words: str) -> None:
    desk = site()
    desk.write(words)
    assert heard(desk) == [(None, words)]


def test_a_pressed_button_brings_its_payload_and_its_handset_is_told_by_a_worker(site: Begin) -> None:
    desk = site()
    desk.do("start")
    keys = [[{"text": "Đồng ý", "callback_data": "consent=yes"}]]
    desk.bot.send(text="Ông/bà đồng ý chứ ạ?", reply_markup={"inline_keyboard": keys})
    press = desk.do("press", message=desk.received()[-1]["id"], button="Đồng ý")
    desk.deliver()
    pressed = taken_in()[-1]
    assert (pressed.text, pressed.payload, pressed.media) == ("", "consent=yes", None)
    [(_, arguments)] = [job for job in waiting_jobs() if job[0] == jobs.ANSWER_QUERY]
    assert not answered(desk, press["id"])
    jobs.answer_query(**arguments)
    assert answered(desk, press["id"])
    jobs.answer_query(**arguments)  # Telegram refuses the second nod, and nobody minds


def answered(desk: TelegramDesk, press: str) -> bool:
    found = desk.simulator.world.ledger.message(press)
    assert found is not None
    return bool(found.details.get("answered"))


def test_the_persons_own_phone_is_taken(site: Begin) -> None:
    desk = site()
    desk.do("start")
    desk.bot.send(reply_markup={"keyboard": [[{"text": "Gửi số", "request_contact": True}]]})
    desk.do("press", message=desk.received()[-1]["id"], button="Gửi số")
    desk.deliver()
    shared = taken_in()[-1]
    assert (shared.media, shared.text, shared.shared_phone) == (Event.CONTACT, "", "0912345678")


@pytest.mark.parametrize("fields", [{}, {"user_id": 5509999999}])
def test_somebody_elses_card_proves_nothing_and_is_not_kept(site: Begin, fields: dict[str, object]) -> None:
    desk = site()
    desk.do("share_contact", phone="0987654321", name="Chú Ba", **fields)
    assert heard(desk) == [(Event.FILE, "")]
    [card] = taken_in()
    assert card.shared_phone is None
    with transaction() as session:
        assert session.scalars(select(Attachment)).all() == []


@pytest.mark.parametrize(
    ("kind", "event"),
    [
        ("image/jpeg", Event.PICTURE),
        ("audio/ogg", Event.VOICE),
        ("video/mp4", Event.VIDEO),
        ("application/pdf", Event.FILE),
    ],
)
def test_what_comes_besides_words_is_noted_and_fetched_by_a_tick(
    site: Begin, clock: TestClock, kind: str, event: Event
) -> None:
    desk = site()
    desk.write("gửi cháu", media=[kind])
    assert heard(desk) == [(event, "gửi cháu")]
    assert fetch_waiting(now()) == 1
    with transaction() as session:
        [kept] = session.scalars(select(Attachment))
        assert (kept.state, kept.content_type, kept.reference) == (AttachmentState.KEPT, kind, None)


def test_a_sticker_is_noted_and_not_kept(site: Begin) -> None:
    desk = site()
    desk.do("sticker")
    assert heard(desk) == [(Event.STICKER, "")]
    assert fetch_waiting(now()) == 0


def test_an_edited_message_is_kept_and_gets_no_answer(site: Begin) -> None:
    desk = site()
    said = desk.write("toi dong y")
    desk.do("edit", message=said["id"], text="tôi không đồng ý")
    assert heard(desk) == [(None, "toi dong y"), (Event.EDITED, "tôi không đồng ý")]
    first, edited = taken_in()
    assert edited.provider_message_id != first.provider_message_id
    assert edited.thread_id == first.thread_id


def test_who_blocks_the_bot_leaves_and_who_lets_it_in_again_is_not_spoken_to_before_a_word(site: Begin) -> None:
    desk = site()
    desk.do("start")
    desk.do("block")
    assert heard(desk)[-1] == (Event.UNFOLLOW, "")
    meet()
    assert contact().left_at is not None
    desk.do("unblock")
    assert heard(desk)[-1] == (Event.RETURNED, "")
    meet()
    assert contact().left_at is None
    assert all(one.handled_at is not None for one in taken_in()[1:])
    assert desk.received() == []


def meet() -> None:
    """A worker looks at what needs no bot; what does stays for later (here no bot runs)."""
    with transaction() as session:
        first = session.scalars(select(InboundMessage).order_by(InboundMessage.id)).first()
        assert first is not None
        first.handled_at = first.handled_at or now()
    answer(str(first.thread_id))


def test_the_apps_button_to_begin_again_greets_once(site: Begin) -> None:
    desk = site()
    desk.do("start")
    desk.do("block")
    desk.do("start")
    assert [event for event, _ in heard(desk)] == [Event.FOLLOW, Event.UNFOLLOW, Event.RETURNED, Event.FOLLOW]


def test_a_repeated_call_is_acknowledged_and_taken_in_once(site: Begin) -> None:
    desk = site()
    desk.strike("webhook_repeated")
    desk.do("start")
    said = desk.write("alo")
    desk.do("edit", message=said["id"], text="a lô")
    desk.do("block")
    assert [event for event, _ in heard(desk)] == [Event.FOLLOW, None, Event.EDITED, Event.UNFOLLOW]
    assert [entry["http_status"] for entry in desk.log("webhook")] == [200] * 8


def test_a_press_that_comes_twice_is_nodded_to_once(site: Begin) -> None:
    desk = site()
    desk.do("start")
    desk.bot.send(reply_markup={"inline_keyboard": [[{"text": "Có", "callback_data": "a=b"}]]})
    desk.strike("webhook_repeated")
    desk.do("press", message=desk.received()[-1]["id"], button="Có")
    desk.deliver()
    assert [name for name, _ in waiting_jobs()].count(jobs.ANSWER_QUERY) == 1


@pytest.mark.parametrize("kind", ["webhook_reordered", "webhook_late"])
def test_what_comes_late_or_out_of_order_comes_in(site: Begin, kind: str) -> None:
    desk = site()
    desk.strike(kind, count=1, seconds=0.05)
    desk.write("một")
    desk.write("hai")
    assert sorted(heard(desk), key=str) == [(None, "hai"), (None, "một")]


# --- what nobody may ---------------------------------------------------------------------------------------------


def update(**changed: Any) -> dict[str, Any]:
    chat = {"id": int(PERSON), "type": "private", "first_name": "Hoa"}
    sender = {"id": int(PERSON), "is_bot": False, "first_name": "Hoa"}
    message = {"message_id": 7, "date": 1_794_300_000, "chat": chat, "from": sender, "text": "có"}
    return {"update_id": 100, "message": {**message, **changed}}


def post(door: FlaskClient, body: object, secret: str | None = SECRET) -> TestResponse:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {} if secret is None else {HEADER: secret}
    return door.post(PATH, data=raw, headers=headers, content_type="application/json")


@pytest.mark.parametrize("secret", [None, "", "forged", SECRET[:-1], SECRET + "x", "é"])
def test_nothing_without_the_secret_gets_in(door: FlaskClient, secret: str | None) -> None:
    assert post(door, update(), secret).status_code == 403
    assert taken_in() == []


def test_without_a_secret_of_our_own_the_empty_one_gets_nothing_in(
    door: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOA_TELEGRAM_WEBHOOK_SECRET", "")
    read_settings_anew()
    for secret in (None, "", SECRET):
        assert post(door, update(), secret).status_code == 403
    assert taken_in() == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[1]", "body"),
        (b"null", "body"),
        (b"[" * 50_000, "body"),
        ({}, "update_id"),
        ({**update(), "update_id": "1"}, "update_id"),
        ({**update(), "update_id": True}, "update_id"),
        ({"update_id": 1, "message": {"message_id": 7, "date": 1}}, "chat"),
        ({"update_id": 1, "message": {"text": "có"}}, "update"),
        ({"update_id": 1, "message": "có"}, "message"),
        ({"update_id": 1, "callback_query": {"id": "5"}}, "update"),
        (update(photo=[{"file_id": 1}]), "update"),
    ],
)
def test_a_malformed_update_is_refused_with_its_field_and_without_its_value(
    door: FlaskClient, body: object, field: str
) -> None:
    answered = post(door, body)
    assert (answered.status_code, answered.get_json()["field"]) == (400, field)
    assert PERSON not in answered.text
    assert taken_in() == []


def test_an_oversized_body_is_refused(door: FlaskClient) -> None:
    assert post(door, update(text="x" * (LARGEST_BODY + 1))).status_code == 413
    assert taken_in() == []


GROUP = {"id": -100123, "type": "supergroup", "title": "Tổ dân phố 5"}


@pytest.mark.parametrize(
    "body",
    [
        update(chat=GROUP),
        update(chat={**GROUP, "type": "channel"}),
        {"update_id": 1, "channel_post": update(chat=GROUP)["message"]},
        {"update_id": 1, "edited_message": update(chat=GROUP)["message"]},
        {"update_id": 1, "poll": {"newer": "than the library"}},
        {"update_id": 1, "something_new": {"text": "có"}},
        {"update_id": 1},
    ],
)  # fmt: skip
def test_what_is_not_said_to_us_alone_is_acknowledged_and_forgotten(door: FlaskClient, body: dict[str, Any]) -> None:
    assert post(door, body).status_code == 200
    assert taken_in() == []
    assert waiting_jobs() == []


def test_a_secret_that_somebody_typed_is_masked_before_it_is_kept(door: FlaskClient) -> None:
    post(door, update(text="ma otp la 482913"))
    [message] = taken_in()
    assert "482913" not in message.text
    assert message.secret


def test_decomposed_letters_are_composed(door: FlaskClient) -> None:
    post(door, update(text="đồng y\u0301"))
    assert taken_in()[0].text == "đồng ý"


def test_the_same_number_in_two_chats_is_two_messages(door: FlaskClient) -> None:
    other = {"id": 5508888888, "type": "private", "first_name": "Ba"}
    assert post(door, update()).status_code == 200
    assert post(door, {**update(chat=other), "update_id": 101}).status_code == 200
    assert len(taken_in()) == 2
