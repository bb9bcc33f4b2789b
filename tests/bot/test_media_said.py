"""Voice, pictures, stickers, files: a clear word about what can be read, then the open question again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from conversations.events import Event
from conversations.thread import Channel, Owner
from tests.bot.conftest import NewTalk
from tests.bot.talk import Talk
from tests.environment import TestClock

BANK = "Tài khoản ở ngân hàng hay ví nào ạ?"
TOLD = {
    Event.PICTURE: "ảnh đã được giữ cho cán bộ xem",
    Event.VOICE: "chưa nghe được",
    Event.VIDEO: "chưa xem được phim",
    Event.STICKER: "hình dán",
    Event.FILE: "chưa đọc được tệp",
    Event.LOCATION: "bản đồ",
}


@pytest.fixture
def at_bank(new_talk: NewTalk) -> Talk:
    talk = new_talk()
    talk.converse("có chứ", "đồng ý", "tôi tự khai", "có chứ", "có rồi")
    return talk


@pytest.mark.parametrize(("event", "told"), TOLD.items())
def test_each_kind_is_answered_and_the_question_asked_again(at_bank: Talk, event: Event, told: str) -> None:
    heard = at_bank.say(event=event).text
    assert told in heard
    assert heard.endswith("Chưa tiện thì nhắn: để cán bộ ghi.")
    assert BANK in heard


def test_no_officer_is_called_and_no_failure_counted_however_many_come(at_bank: Talk) -> None:
    for _ in range(4):
        at_bank.say(event=Event.PICTURE)
    assert (at_bank.owner(), at_bank.escalations(), at_bank.draft().failures) == (Owner.BOT, [], 0)


def test_an_album_gets_one_answer_and_a_picture_sent_later_its_own(at_bank: Talk, clock: TestClock) -> None:
    album = [at_bank.say(event=event).text for event in (Event.PICTURE, Event.PICTURE, Event.VIDEO)]
    assert TOLD[Event.PICTURE] in album[0]
    assert album[1:] == ["", ""]
    clock.advance(timedelta(seconds=30))
    assert TOLD[Event.PICTURE] in at_bank.say(event=Event.PICTURE).text


def test_words_among_pictures_are_answered(at_bank: Talk) -> None:
    at_bank.say(event=Event.PICTURE)
    assert "số tài khoản Vietcombank" in at_bank.say("vietcombank").text
    assert TOLD[Event.PICTURE] in at_bank.say(event=Event.PICTURE).text
    assert TOLD[Event.PICTURE] in at_bank.say("có chứ", event=Event.PICTURE).text


def test_words_under_a_picture_are_read_too(at_bank: Talk) -> None:
    heard = at_bank.say("ngân hàng vietcombank", event=Event.PICTURE).text
    assert TOLD[Event.PICTURE] in heard
    assert "số tài khoản Vietcombank" in heard
    assert at_bank.draft().answers["bank"] == "Vietcombank"


def test_a_question_under_a_picture_is_answered(at_bank: Talk) -> None:
    heard = at_bank.say("thẻ này có mất phí không", "faq/fees", event=Event.PICTURE).text
    assert [part in heard for part in (TOLD[Event.PICTURE], "không mất tiền", BANK)] == [True] * 3


def test_a_picture_is_no_answer_to_whether_somebody_died(new_talk: NewTalk) -> None:
    talk = new_talk()
    talk.converse("có chứ", "đồng ý")
    talk.say("bà mất rồi", "report_death")
    heard = talk.say(event=Event.PICTURE).text
    assert TOLD[Event.PICTURE] in heard
    assert "đã qua đời không" in heard
    assert talk.owner() is Owner.BOT
    talk.say("đúng thế", "affirm")
    assert talk.owner() is Owner.OFFICER


def test_who_follows_the_office_is_greeted_by_it_and_asked_for_consent(new_talk: NewTalk) -> None:
    heard = new_talk(channel=Channel.WEB).say(event=Event.FOLLOW)
    assert heard.text.startswith("Dạ, UBND phường/xã chào ông/bà ạ.")
    assert heard.text.endswith("Ông/bà có đồng ý không ạ?")
    assert heard.choices == ("Đồng ý", "Không")


def test_of_an_invited_person_the_commune_is_named(new_talk: NewTalk) -> None:
    assert new_talk().say(event=Event.FOLLOW).text.startswith("Da, UBND phuong Bo De chao ong/ba a.")


def test_who_follows_again_in_the_middle_goes_on(at_bank: Talk) -> None:
    before = at_bank.draft()
    heard = at_bank.say(event=Event.FOLLOW).text
    assert heard.startswith("Dạ, UBND phường Bồ Đề chào bà ạ.")
    assert BANK in heard
    assert (at_bank.draft().id, at_bank.draft().failures) == (before.id, 0)
