"""The Telegram adapter against the stand-in over HTTP."""

from __future__ import annotations

import json
import logging
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest

from core.clock import now
from core.database import transaction
from core.encryption import blind_index
from outreach.channels.adapter import (
    Accepted,
    CannotTell,
    ErrorClass,
    NotSent,
    Outgoing,
    Rejected,
    Throttled,
    Unknown,
)
from outreach.channels.fuse import Fuse
from outreach.channels.registry import account_for, adapter_for
from outreach.channels.telegram import house
from outreach.channels.telegram.chats import name_of
from roster.contact import ContactKind, ContactPoint
from tests.channels.telegram_site import StartSite, TelegramDesk, telegram_site
from tests.outreach.conftest import read_settings_anew
from tests.simulator.telegram_bot import PERSON, TOKEN

__all__ = ["telegram_site"]

STAND_INS_SERVER = "werkzeug"
WORD = Outgoing(1, PERSON, "Chào bà", address_kind=ContactKind.TELEGRAM)


@pytest.fixture
def site(telegram_site: StartSite) -> TelegramDesk:
    """The stand-in, and a person who has pressed Start."""
    begun = telegram_site()
    begun.meet()
    return begun


def lit() -> Fuse:
    return Fuse(60)


def offering(*choices: tuple[str, str]) -> Outgoing:
    listed = [{"title": title, "payload": payload} for title, payload in choices]
    return replace(WORD, choices=json.dumps(listed, ensure_ascii=False))


def texts(site: TelegramDesk) -> list[str]:
    return [one["text"] for one in site.received()]


def test_a_word_is_taken_under_an_id_of_its_chat(site: TelegramDesk) -> None:
    outcome = house.adapter().send(replace(WORD, body="Chào ba\u0300"), lit())
    [taken] = site.received()
    assert taken["text"] == "Chào bà"
    details = site.simulator.world.ledger.message(taken["id"])
    assert details is not None
    assert outcome == Accepted(name_of(int(PERSON), details.details["message_id"]))
    assert PERSON not in outcome.provider_id, "a chat's number is an address"


def test_choices_are_buttons_that_bring_their_payloads_back(site: TelegramDesk) -> None:
    house.adapter().send(offering(("Đồng ý", "consent=yes"), ("Không đồng ý", "consent=no")), lit())
    [taken] = site.received()
    rows = [[(one["title"], one["does"], one["value"]) for one in row] for row in taken["buttons"]]
    assert rows == [[("Đồng ý", "callback", "consent=yes")], [("Không đồng ý", "callback", "consent=no")]]


def test_the_choice_that_shares_the_phone_is_a_key_of_the_apps_own(site: TelegramDesk) -> None:
    house.adapter().send(offering(("Gửi số điện thoại", "share=phone"), ("Thôi ạ", "share=no")), lit())
    [taken] = site.received()
    rows = [[(one["title"], one["does"]) for one in row] for row in taken["buttons"]]
    assert rows == [[("Gửi số điện thoại", "contact")], [("Thôi ạ", "text")]]


def test_the_next_word_puts_the_key_away(site: TelegramDesk) -> None:
    house.adapter().send(offering(("Gửi số điện thoại", "share=phone")), lit())
    house.adapter().send(WORD, lit())
    asked = site.received()[0]["id"]
    answer = site.control.post(
        f"/phones/{PERSON}/acts/press",
        params={"channel": "telegram"},
        json={"message": asked, "button": "Gửi số điện thoại"},
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (replace(WORD, body="dài " * 1025), Rejected("400", ErrorClass.OUR_BUG)),
        (replace(WORD, body=" "), Rejected("400", ErrorClass.OUR_BUG)),
        (offering(("Ngân hàng", "bank=" + "a" * 60)), Rejected("400", ErrorClass.OUR_BUG)),
        (replace(WORD, address="5509999999"), Rejected("400 chat not found", ErrorClass.UNREACHABLE)),
        (replace(WORD, address="-100123"), Rejected("no_private_chat", ErrorClass.OUR_BUG)),
        (replace(WORD, address_kind=ContactKind.PHONE), Rejected("no_private_chat", ErrorClass.OUR_BUG)),
    ],
)
def test_refusals(site: TelegramDesk, message: Outgoing, expected: Rejected) -> None:
    assert house.adapter().send(message, lit()) == expected
    assert texts(site) == []


def test_a_text_of_the_greatest_length_is_taken_whole(site: TelegramDesk) -> None:
    body = "ề" * 4096
    assert isinstance(house.adapter().send(replace(WORD, body=body), lit()), Accepted)
    assert texts(site) == [body]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "rate_limited", "seconds": 17}, Throttled(17.0)),
        ({"kind": "refused"}, Rejected("400", ErrorClass.OUR_BUG)),
        ({"kind": "refused", "code": 401}, Rejected("401", ErrorClass.STOP_ACCOUNT)),
        ({"kind": "refused", "code": 404}, Rejected("401", ErrorClass.STOP_ACCOUNT)),
        ({"kind": "refused", "code": 409}, Rejected("409", ErrorClass.RETRY_LATER)),
        ({"kind": "refused", "code": 413}, Rejected("413", ErrorClass.OUR_BUG)),
        ({"kind": "refused", "code": 429}, Throttled()),
        ({"kind": "server_error", "code": 500}, Unknown("http_500")),
        ({"kind": "server_error", "code": 502}, Unknown("http_502")),
        ({"kind": "server_error", "code": 504}, Unknown("http_504")),
        ({"kind": "dropped"}, Unknown("connection_lost")),
        ({"kind": "dropped_after_accept"}, Unknown("connection_lost")),
        ({"kind": "timeout_after_accept"}, Unknown("read_timeout")),
    ],
)
def test_trouble(
    site: TelegramDesk, monkeypatch: pytest.MonkeyPatch, fault: dict[str, object], expected: object
) -> None:
    monkeypatch.setenv("LOA_READ_TIMEOUT_SECONDS", "0.3")
    read_settings_anew()
    site.strike(count=1, **fault)  # type: ignore[arg-type]
    assert house.adapter().send(WORD, lit()) == expected


def test_a_token_that_is_no_bots_stops_the_account(site: TelegramDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_TELEGRAM_TOKEN", "7000100200:revoked-token_for-tests-012345678")
    read_settings_anew()
    assert house.adapter().send(WORD, lit()) == Rejected("401", ErrorClass.STOP_ACCOUNT)


@pytest.mark.parametrize("kind", ["dropped", "rate_limited", "server_error"])
def test_no_request_is_ever_repeated(site: TelegramDesk, kind: str) -> None:
    site.strike(kind, **({"seconds": 1} if kind == "rate_limited" else {}))
    house.adapter().send(WORD, lit())
    assert len(site.log("dropped") + site.log("refused")) == 1


def test_nobody_listens(site: TelegramDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        monkeypatch.setenv("LOA_TELEGRAM_BASE_URL", f"http://127.0.0.1:{bound.getsockname()[1]}")
        read_settings_anew()
        assert house.adapter().send(WORD, lit()) == NotSent("no_connection", away=True)


def test_telegram_cannot_be_asked_for_a_lost_message(site: TelegramDesk) -> None:
    assert house.adapter().look_up(WORD, []) == CannotTell(forever=True)


# --- the fuse ----------------------------------------------------------------------------------------------------


def test_a_blown_fuse_lets_nothing_out(site: TelegramDesk) -> None:
    assert house.adapter().send(WORD, Fuse(-1)) == NotSent("fuse_blown")
    assert texts(site) == []


def test_a_fuse_that_blows_while_the_limits_or_the_connection_are_waited_for_lets_nothing_out(
    site: TelegramDesk,
) -> None:
    """The first look is in time; the second, right before the bytes leave, is not."""
    looks = iter([0.0, 0.0, 99.0])
    assert house.adapter().send(WORD, Fuse(5, lambda: next(looks))) == NotSent("fuse_blown")
    assert texts(site) == []


def test_one_messages_fuse_is_no_others(site: TelegramDesk) -> None:
    adapter = house.adapter()
    fuses = [Fuse(60) if n % 2 else Fuse(-1) for n in range(20)]
    words = [replace(WORD, message_id=n, body=f"Tin {n}") for n in range(20)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(adapter.send, words, fuses))
    assert [isinstance(outcome, Accepted) for outcome in outcomes] == [bool(n % 2) for n in range(20)]
    assert sorted(texts(site)) == sorted(f"Tin {n}" for n in range(1, 20, 2))


# --- limits ------------------------------------------------------------------------------------------------------


def test_the_parts_of_an_answer_arrive_although_a_chat_takes_one_a_second(telegram_site: StartSite) -> None:
    site = telegram_site({"LOA_TELEGRAM_CHAT_SECONDS": "1.1"}, per_chat=1.0, chat_burst=1)
    site.meet()
    adapter = house.adapter()
    for part in ("Phần 1", "Phần 2"):
        assert isinstance(adapter.send(replace(WORD, body=part), lit()), Accepted)
    assert texts(site) == ["Phần 1", "Phần 2"]
    assert site.log("refused") == []


def test_threads_are_never_handed_each_others_answers(site: TelegramDesk) -> None:
    adapter = house.adapter()
    words = [replace(WORD, message_id=n, body=f"Tin {n}") for n in range(25)]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda one: adapter.send(one, lit()), words))
    ledger = site.simulator.world.ledger
    own = [one for one in ledger.messages() if "message_id" in one.details]
    stood = {name_of(int(PERSON), one.details["message_id"]): one.text for one in own}
    for one, outcome in zip(words, outcomes, strict=True):
        assert isinstance(outcome, Accepted)
        assert stood[outcome.provider_id] == one.body


# --- who has shut us out -----------------------------------------------------------------------------------------


def chat_point() -> None:
    """The person's chat, as the door has written it down."""
    with transaction() as session:
        index = blind_index(ContactKind.TELEGRAM.value, PERSON)
        session.add(
            ContactPoint(id=uuid4(), kind=ContactKind.TELEGRAM, address=PERSON, address_index=index, created_at=now())
        )


def left_at() -> object:
    with transaction() as session:
        return session.query(ContactPoint.left_at).filter(ContactPoint.kind == ContactKind.TELEGRAM).scalar()


def test_a_person_who_has_blocked_the_bot_is_not_written_to_any_more(site: TelegramDesk) -> None:
    chat_point()
    assert isinstance(house.adapter().send(WORD, lit()), Accepted)
    assert left_at() is None
    site.do("block")
    blocked = Rejected("403 bot was blocked by the user", ErrorClass.UNREACHABLE)
    assert house.adapter().send(WORD, lit()) == blocked
    assert left_at() is not None


def test_a_refusal_of_the_message_shuts_no_chat(site: TelegramDesk) -> None:
    chat_point()
    house.adapter().send(replace(WORD, body=" "), lit())
    assert left_at() is None


# --- the account -------------------------------------------------------------------------------------------------


def test_the_account_is_the_bots(site: TelegramDesk) -> None:
    account = account_for("telegram")
    assert (account.name, account.daily_quota, account.price_dong) == ("telegram", None, 0)
    assert account.wave_per_second == pytest.approx(30 * 0.8)
    assert isinstance(adapter_for("telegram").send(WORD, lit()), Accepted)


def test_the_token_and_the_words_are_in_no_log(site: TelegramDesk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    for kind in ("server_error", "rate_limited", "dropped"):
        site.strike(kind, count=1)
        house.adapter().send(WORD, lit())
    house.adapter().send(WORD, lit())
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name != STAND_INS_SERVER)
    assert TOKEN not in ours
    assert "Chào bà" not in ours
