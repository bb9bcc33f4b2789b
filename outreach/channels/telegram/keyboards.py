"""Our choices on Telegram's keyboards. Pure. Source: https://core.telegram.org/bots/api#inlinekeyboardmarkup."""

from __future__ import annotations

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from outreach.channels.choices import SHARE_PHONE, Choice, read_choices

type Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def keyboard(choices: str | None) -> Keyboard:
    """The keyboard of a message; `choices` is the JSON list of {"title", "payload"}.

    One button a row: long titles stay whole on a small phone. Without choices an earlier keyboard is put away.
    """
    offered = read_choices(choices)
    if not offered:
        return ReplyKeyboardRemove()
    if any(choice["payload"] == SHARE_PHONE for choice in offered):
        return _that_shares_the_phone(offered)
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(choice["title"], callback_data=choice["payload"])] for choice in offered]
    )


def _that_shares_the_phone(offered: list[Choice]) -> ReplyKeyboardMarkup:
    """Only a keyboard below the text can ask for the phone. Its other keys send their own words, which mean the same
    to the dialogue."""
    keys = [[KeyboardButton(one["title"], request_contact=one["payload"] == SHARE_PHONE)] for one in offered]
    return ReplyKeyboardMarkup(keys, resize_keyboard=True, one_time_keyboard=True)
