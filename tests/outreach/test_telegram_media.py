"""Pictures and recordings out of Telegram: bounded, and the token stays where it is."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import pytest

from core.wordless import kinds_and_places
from outreach.channels.fetching import LARGEST_MEDIA
from outreach.channels.provider import Media, MediaAway, MediaGone
from outreach.channels.registry import provider_named
from simulator.messages import Media as Sent
from tests.channels.telegram_site import StartSite, TelegramDesk, telegram_site
from tests.outreach.conftest import read_settings_anew
from tests.simulator.desk import Say, Site, site
from tests.simulator.telegram_bot import PERSON, TOKEN

__all__ = ["site", "telegram_site"]

PICTURE = b"\xff\xd8 an invented picture"


@pytest.fixture
def desk(telegram_site: StartSite) -> TelegramDesk:
    begun = telegram_site()
    begun.meet()
    begun.bot.take()
    return begun


@pytest.fixture
def elsewhere(desk: TelegramDesk, site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A server that answers what a test says, in Telegram's place."""
    monkeypatch.setenv("LOA_TELEGRAM_BASE_URL", site.url)
    read_settings_anew()
    yield site


def fetch(reference: str) -> Media:
    return provider_named("telegram").fetch_media(reference)


def send(desk: TelegramDesk, kind: str, data: bytes = PICTURE) -> dict[str, Any]:
    """The citizen sends a file; its message as the bot hears it."""
    telegram = desk.simulator.provider("telegram")
    assert telegram is not None
    telegram.say(PERSON, "", [Sent("MEinvented", kind, data)], desk.url)
    [update] = desk.bot.take()
    message: dict[str, Any] = update["message"]
    return message


@pytest.mark.parametrize(
    ("kind", "field", "expected"),
    [
        ("image/jpeg", "photo", "image/jpeg"),
        ("audio/ogg", "voice", "audio/ogg"),
        ("application/pdf", "document", "application/pdf"),
        ("video/mp4", "document", "video/mp4"),
    ],
)
def test_what_was_sent_is_fetched_with_its_kind(desk: TelegramDesk, kind: str, field: str, expected: str) -> None:
    sent = send(desk, kind)[field]
    reference = (sent[-1] if field == "photo" else sent)["file_id"]
    assert fetch(reference) == Media(PICTURE, expected)


def test_a_file_that_is_too_large_is_not_fetched(desk: TelegramDesk) -> None:
    reference = send(desk, "application/pdf", b"0" * (LARGEST_MEDIA + 1))["document"]["file_id"]
    with pytest.raises(MediaGone, match="too_large"):
        fetch(reference)


@pytest.mark.parametrize("reference", ["", "AgACAgUAAxno-such-file", "../../etc/passwd"])
def test_a_file_that_telegram_does_not_know_is_gone(desk: TelegramDesk, reference: str) -> None:
    with pytest.raises(MediaGone, match="400"):
        fetch(reference)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "server_error"},
        {"kind": "rate_limited"},
        {"kind": "dropped"},
        {"kind": "refused", "code": 401},
    ],
)
def test_trouble_is_not_the_end(desk: TelegramDesk, fault: dict[str, Any]) -> None:
    reference = send(desk, "image/jpeg")["photo"][-1]["file_id"]
    desk.strike(count=1, **fault)
    with pytest.raises(MediaAway):
        fetch(reference)
    assert fetch(reference).content == PICTURE


def found(**fields: object) -> Say:
    return Say(200, json.dumps({"ok": True, "result": {"file_id": "a", "file_unique_id": "b", **fields}}))


def test_a_file_that_is_said_to_be_too_large_is_not_even_asked_for(elsewhere: Site) -> None:
    elsewhere.answers = [found(file_path="x.pdf", file_size=LARGEST_MEDIA + 1)]
    with pytest.raises(MediaGone, match="too_large"):
        fetch("a")
    assert len(elsewhere.heard) == 1


def test_a_file_that_grows_while_it_is_fetched_is_given_up(elsewhere: Site) -> None:
    elsewhere.answers = [found(file_path="photos/x.jpg"), Say(200, "0" * (LARGEST_MEDIA + 1))]
    with pytest.raises(MediaGone, match="too_large"):
        fetch("a")


def test_a_file_without_a_path_or_on_our_own_machine_is_not_fetched(elsewhere: Site) -> None:
    for answer in (found(), found(file_path="/etc/passwd")):
        elsewhere.answers = [answer]
        with pytest.raises(MediaGone, match="no_path"):
            fetch("a")
    assert len(elsewhere.heard) == 2


def test_a_path_is_written_so_that_it_stays_one(elsewhere: Site) -> None:
    elsewhere.answers = [found(file_path="documents/giấy tờ?x=1#2.pdf"), Say(200, "x")]
    assert fetch("a").content_type == "application/pdf"
    assert elsewhere.heard[1].path.endswith("/documents/gi%E1%BA%A5y%20t%E1%BB%9D%3Fx%3D1%232.pdf")


def test_the_token_is_in_no_log_and_in_no_exception(
    desk: TelegramDesk, elsewhere: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for answers in (
        [Say(404, "")],
        [found(file_path="x.jpg"), Say(404, "")],
        [found(file_path="x.jpg"), Say(500, "")],
        [found(file_path="x.jpg"), Say(302, "")],
    ):
        elsewhere.answers = answers
        with pytest.raises((MediaGone, MediaAway)) as raised:
            fetch("a")
        assert TOKEN not in "".join(traceback.format_exception(raised.value))
        assert TOKEN not in kinds_and_places(raised.value)
    assert TOKEN not in caplog.text
    assert TOKEN in elsewhere.heard[-1].path
