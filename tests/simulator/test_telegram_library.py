"""The stand-in as python-telegram-bot sees it: the library must find everything as it expects it of Telegram."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    CallbackQuery,
    ChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.ext import AIORateLimiter, Application, CommandHandler, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from simulator.telegram.config import TelegramConfig
from tests.simulator.desk import Desk, Open, Site
from tests.simulator.telegram_bot import CONFIG, PERSON, TOKEN

CHAT = int(PERSON)


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    """One person has pressed Start; the update is in line."""
    opened = open_desk(telegram=CONFIG)
    opened.add("telegram", PERSON, name="Bà Hoa", tel="0912345678")
    opened.act("telegram", PERSON, "start", code="AB12")
    return opened


def with_bot[T](desk: Desk, work: Callable[[Bot], Awaitable[T]], token: str = TOKEN) -> T:
    async def run() -> T:
        bot = Bot(token, f"{desk.url}/telegram/bot", f"{desk.url}/telegram/file/bot")
        async with bot:
            return await work(bot)

    return asyncio.run(run())


def test_the_first_update_is_a_command_with_its_code(desk: Desk) -> None:
    async def work(bot: Bot) -> tuple[Update, ...]:
        assert (bot.username, bot.first_name) == ("phuong_lang_bot", "Phường Láng")
        return await bot.get_updates()

    [update] = with_bot(desk, work)
    message = update.message
    assert message is not None and message.from_user is not None and message.date is not None
    assert (message.text, message.from_user.id, message.chat.type) == ("/start AB12", CHAT, "private")
    assert message.parse_entities(["bot_command"]) == {message.entities[0]: "/start"}


def test_keyboards_and_presses(desk: Desk) -> None:
    inline = InlineKeyboardMarkup([[InlineKeyboardButton("Có", callback_data="c:1")]])
    contact = ReplyKeyboardMarkup([[KeyboardButton("Gửi số", request_contact=True)]], one_time_keyboard=True)

    async def work(bot: Bot) -> tuple[Message, CallbackQuery, Message | bool, Message]:
        asked = await bot.send_message(CHAT, "Bà <b>có</b> nhận không ạ?", "HTML", reply_markup=inline)
        desk.act("telegram", PERSON, "press", message=f"tg{asked.message_id}", button="Có")
        wanted = await bot.send_message(CHAT, "Số điện thoại ạ?", reply_markup=contact)
        desk.act("telegram", PERSON, "press", message=f"tg{wanted.message_id}", button="Gửi số")
        await bot.send_message(CHAT, "Dạ vâng", reply_markup=ReplyKeyboardRemove())
        _, pressed, shared = await bot.get_updates()
        query = pressed.callback_query
        assert query is not None and shared.message is not None
        assert await query.answer("Dạ cháu nhận rồi ạ")
        return asked, query, await query.edit_message_reply_markup(None), shared.message

    asked, query, edited, shared = with_bot(desk, work)
    assert (asked.text_html, asked.reply_markup) == ("Bà <b>có</b> nhận không ạ?", inline)
    assert isinstance(query.message, Message)
    assert (query.data, query.from_user.id, query.message.message_id) == ("c:1", CHAT, asked.message_id)
    assert isinstance(edited, Message) and edited.reply_markup is None
    assert shared.contact is not None and shared.reply_to_message is not None
    assert (shared.contact.phone_number, shared.contact.user_id) == ("84912345678", CHAT)


def test_pictures_voices_stickers_and_papers_are_downloaded(desk: Desk) -> None:
    desk.say("telegram", PERSON, "ảnh", media=["image/jpeg"])
    desk.say("telegram", PERSON, "", media=["audio/ogg"])
    desk.act("telegram", PERSON, "sticker")
    desk.say("telegram", PERSON, "", media=["application/pdf"])

    async def work(bot: Bot) -> list[tuple[str, int]]:
        found = []
        for update in (await bot.get_updates())[1:]:
            message = update.message
            assert message is not None
            attachment = message.effective_attachment
            media: Any = attachment[-1] if isinstance(attachment, tuple) else attachment
            file = await media.get_file()
            found.append((type(media).__name__, len(await file.download_as_bytearray())))
        return found

    found = with_bot(desk, work)
    assert [name for name, _ in found] == ["PhotoSize", "Voice", "Sticker", "Document"]
    assert all(size > 0 for _, size in found)


def test_edits_and_blocks_are_what_the_library_calls_them(desk: Desk) -> None:
    said = desk.say("telegram", PERSON, "khong")
    desk.act("telegram", PERSON, "edit", message=said["id"], text="có")
    desk.act("telegram", PERSON, "block")

    async def work(bot: Bot) -> tuple[Update, ...]:
        return await bot.get_updates()

    _, _, edited, blocked = with_bot(desk, work)
    assert edited.edited_message is not None and edited.edited_message.edit_date is not None
    assert edited.edited_message.text == "có"
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == ChatMember.BANNED


def struck(desk: Desk, **fault: object) -> Callable[[Bot], Awaitable[Message]]:
    async def work(bot: Bot) -> Message:
        desk.control.post("/faults", json={"provider": "telegram", "count": 1, "number": PERSON, **fault})
        return await bot.send_message(CHAT, "a", read_timeout=0.3)

    return work


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "rate_limited", "seconds": 9}, RetryAfter),
        ({"kind": "server_error"}, NetworkError),
        ({"kind": "server_error", "code": 502}, NetworkError),
        ({"kind": "refused", "code": 403}, Forbidden),
        ({"kind": "refused", "code": 400}, BadRequest),
        ({"kind": "dropped"}, NetworkError),
        ({"kind": "dropped_after_accept"}, NetworkError),
        ({"kind": "timeout_after_accept"}, TimedOut),
    ],
)
def test_trouble_is_the_library_s_exception(desk: Desk, fault: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error) as raised:
        with_bot(desk, struck(desk, **fault))
    assert type(raised.value) is error


def test_wrong_tokens_and_conflicts(desk: Desk, site: Site) -> None:
    async def ask(bot: Bot) -> None:
        await bot.set_webhook(f"{site.url}/hook")
        await bot.get_updates()

    with pytest.raises(Conflict):
        with_bot(desk, ask)
    for token in ("7000100200:another-token_for-tests-0123456789", "7000100200:short"):
        with pytest.raises(InvalidToken):
            with_bot(desk, struck(desk, kind="slow", seconds=0), token)


def test_the_library_s_limiter_waits_as_long_as_it_is_told(open_desk: Open) -> None:
    """Its own limits know nothing of one message a second to one person: the stand-in's 429 teaches it."""
    desk = open_desk(telegram=TelegramConfig(TOKEN, per_chat=1))
    desk.act("telegram", PERSON, "start")

    async def after(response: httpx.Response) -> None:
        if response.status_code == 429:
            desk.clock.forward(seconds=1)

    async def run() -> list[str | None]:
        request = HTTPXRequest(httpx_kwargs={"event_hooks": {"response": [after]}})
        builder = Application.builder().token(TOKEN).base_url(f"{desk.url}/telegram/bot").updater(None)
        application = builder.request(request).rate_limiter(AIORateLimiter(max_retries=1)).build()
        async with application:
            return [(await application.bot.send_message(CHAT, text)).text for text in ("một", "hai")]

    assert asyncio.run(run()) == ["một", "hai"]
    assert [entry["code"] for entry in desk.log("refused")] == [429]


def test_an_application_that_asks_by_itself(desk: Desk) -> None:
    """Long polling: commands and words reach their handlers, answers reach the handset."""

    answered = asyncio.Event()

    async def greet(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(f"Chào bà, mã {(context.args or [''])[0]}")

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_text(f"Bà nói: {update.message.text}")
        answered.set()

    async def run() -> None:
        builder = Application.builder().token(TOKEN).base_url(f"{desk.url}/telegram/bot")
        application = builder.build()
        application.add_handler(CommandHandler("start", greet))
        application.add_handler(MessageHandler(filters.TEXT, echo))
        async with application:
            assert application.updater is not None
            await application.updater.start_polling(timeout=5)
            await application.start()
            await asyncio.to_thread(desk.say, "telegram", PERSON, "dạ có")
            await answered.wait()
            await application.updater.stop()
            await application.stop()

    asyncio.run(asyncio.wait_for(run(), 30))
    assert shown(desk) == ["Chào bà, mã AB12", "Bà nói: dạ có"]
    assert all(m["status"] == "taken" for m in desk.messages("telegram", PERSON) if m["direction"] == "from_phone")


def test_a_pushed_update_reads_as_an_update(open_desk: Open, site: Site) -> None:
    desk = open_desk(telegram=CONFIG)

    async def work(bot: Bot) -> Update:
        await bot.set_webhook(f"{site.url}/hook", secret_token="Bi-mat", allowed_updates=Update.ALL_TYPES)
        desk.say("telegram", PERSON, "dạ có")
        await asyncio.to_thread(desk.deliver)
        info = await bot.get_webhook_info()
        assert (info.url, info.pending_update_count) == (f"{site.url}/hook", 0)
        assert "callback_query" in info.allowed_updates
        read = Update.de_json(site.heard[0].json, bot)
        assert read is not None
        return read

    update = with_bot(desk, work)
    assert update.effective_message is not None and update.effective_user is not None
    assert (update.effective_message.text, update.effective_user.id) == ("dạ có", CHAT)


def shown(desk: Desk) -> list[str]:
    return [m["text"] for m in desk.messages("telegram", PERSON) if m["direction"] == "to_phone"]
