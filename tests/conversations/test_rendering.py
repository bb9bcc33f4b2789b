"""One word of the bot on every channel: nothing lost, nothing the channel refuses."""

import json

import pytest

from conversations.rendering import Spoken, render
from conversations.thread import Channel
from language.sms import domestic_segments
from outreach.channels.choices import SHARE_PHONE
from outreach.channels.shapes import shape_of

TWO = [{"title": "Có", "payload": "wants_account=yes"}, {"title": "Không", "payload": "wants_account=no"}]
LONG = " ".join(f"Đây là câu thứ {number} của một lời giải thích rất dài." for number in range(200))


@pytest.mark.parametrize("channel", [Channel.ZALO, Channel.TELEGRAM, Channel.WEB])
def test_choices_are_buttons_where_there_are_buttons(channel: Channel) -> None:
    [message] = render(Spoken("Bác muốn nhận qua tài khoản không ạ?", TWO), channel, None)
    assert message.body == "Bác muốn nhận qua tài khoản không ạ?"
    assert json.loads(message.choices or "") == TWO


def test_choices_are_numbered_on_sms() -> None:
    [message] = render(Spoken("Bác muốn không ạ?", TWO), Channel.SMS, True)
    assert (message.body, message.choices) == ("Bác muốn không ạ?\n1. Có\n2. Không", None)


@pytest.mark.parametrize(
    "choices",
    [
        [{"title": f"Cách {place}", "payload": f"opening={place}"} for place in range(6)],
        [{"title": "x" * 101, "payload": "opening=home"}],
        [{"title": "Ở nhà", "payload": "x" * 1001}],
    ],
)
def test_choices_that_zalo_would_refuse_are_numbered(choices: list[dict[str, str]]) -> None:
    [message] = render(Spoken("Chọn giúp ạ?", choices), Channel.ZALO, None)
    assert message.choices is None
    assert message.body.endswith(f"\n{len(choices)}. {choices[-1]['title']}")


def test_a_payload_too_long_for_telegram_is_measured_in_bytes() -> None:
    choice = {"title": "Đúng", "payload": "ừ" * 40}  # 40 letters, 120 bytes
    [message] = render(Spoken("Phải không ạ?", [choice]), Channel.TELEGRAM, None)
    assert message.choices is None
    assert message.body.endswith("\n1. Đúng")


@pytest.mark.parametrize("channel", Channel)
def test_a_long_text_is_cut_at_sentences_and_the_buttons_come_last(channel: Channel) -> None:
    messages = render(Spoken(LONG, TWO), channel, True)
    assert len(messages) > 1
    assert all(len(message.body) <= shape_of(channel.value).letters for message in messages)
    assert all(message.body.endswith(".") for message in messages[:-1])
    assert " ".join(message.body for message in messages).startswith(LONG)
    assert [message.choices is not None for message in messages[:-1]] == [False] * (len(messages) - 1)


@pytest.mark.parametrize(("channel", "shown"), [(Channel.ZALO, True), (Channel.SMS, False), (Channel.WEB, False)])
def test_a_phone_is_shared_only_where_the_channel_has_a_button_for_it(channel: Channel, shown: bool) -> None:
    [message] = render(Spoken("Mã hồ sơ ạ?", [{"title": "Gửi số điện thoại", "payload": SHARE_PHONE}]), channel, True)
    assert ("Gửi số" in message.body + (message.choices or "")) is shown


@pytest.mark.parametrize(("marks", "parts"), [(True, 3), (False, 1)])
def test_a_text_with_diacritics_is_cut_where_a_domestic_gateway_would_refuse_it(marks: bool, parts: int) -> None:
    """Three segments are all that it takes: 459 letters without diacritics, 201 with them."""
    text = " ".join(["Bác đọc giúp cháu câu này ạ."] * 15)
    messages = render(Spoken(text, []), Channel.SMS, marks)
    assert len(messages) == parts
    assert all(domestic_segments(message.body) <= 3 for message in messages)
