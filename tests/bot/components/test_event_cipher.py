"""Rasa's events at rest."""

import pytest
from cryptography.fernet import Fernet, InvalidToken

from bot.components.event_cipher import EventCipher, KeysMissing

EVENTS = [{"event": "user", "text": "stk bác là 0011004123456"}, {"event": "bot", "text": "Cháu đã ghi ạ"}]


def test_what_is_sealed_comes_back_and_cannot_be_read() -> None:
    cipher = EventCipher([Fernet.generate_key().decode()])
    sealed = cipher.seal(EVENTS)
    assert b"0011004123456" not in sealed
    assert cipher.open(sealed) == EVENTS


def test_the_first_key_seals_and_every_key_opens() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    both = EventCipher([new, old])
    assert both.open(EventCipher([old]).seal(EVENTS)) == EVENTS
    assert EventCipher([new]).open(both.seal(EVENTS)) == EVENTS
    with pytest.raises(InvalidToken):
        EventCipher([old]).open(both.seal(EVENTS))


@pytest.mark.parametrize("value", [None, "", " , ", "short", "x" * 44])
def test_without_whole_keys_there_is_no_cipher(value: str | None) -> None:
    environment = {} if value is None else {"LOA_ENCRYPTION_KEYS": value}
    with pytest.raises(KeysMissing) as told:
        EventCipher.from_environment(environment)
    assert not value or not value.strip() or value not in str(told.value)


def test_keys_are_read_from_the_environment() -> None:
    first, second = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    cipher = EventCipher.from_environment({"LOA_ENCRYPTION_KEYS": f"{first}, {second}"})
    assert cipher.open(EventCipher([second]).seal(EVENTS)) == EVENTS
