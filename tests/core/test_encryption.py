"""Encryption at rest: unreadable without a key, readable under every key of the ring, found again by fingerprint."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import pytest
from cryptography.fernet import InvalidToken

from core import encryption
from core.settings import settings

OLD, NEW = (base64.urlsafe_b64encode(bytes([number]) * 32).decode() for number in (1, 2))
WORDS = "số tài khoản 0011004123457"


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Sets `LOA_ENCRYPTION_KEYS` with `use`; the process's own keys come back after the test."""
    yield monkeypatch
    monkeypatch.undo()
    _forget()


def use(keys: pytest.MonkeyPatch, *ring: str) -> None:
    keys.setenv("LOA_ENCRYPTION_KEYS", ",".join(ring))
    _forget()


def _forget() -> None:
    settings.cache_clear()
    encryption.forget_keys()


@pytest.mark.parametrize("text", ["", "0912345678", "Nguyễn Thị Hoà", "một\nhai\u0000ba", "x" * 100_000])
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert encryption.decrypt(encryption.encrypt(text)) == text


def test_the_same_text_never_looks_the_same() -> None:
    assert encryption.encrypt(WORDS) != encryption.encrypt(WORDS)
    assert b"0011004123457" not in encryption.encrypt(WORDS)


def test_old_keys_still_read_and_the_newest_writes(keys: pytest.MonkeyPatch) -> None:
    use(keys, OLD)
    written_before = encryption.encrypt(WORDS)
    use(keys, NEW, OLD)
    assert encryption.decrypt(written_before) == WORDS
    written_now, rotated = encryption.encrypt(WORDS), encryption.rotate(written_before)
    use(keys, NEW)
    assert encryption.decrypt(written_now) == encryption.decrypt(rotated) == WORDS
    with pytest.raises(InvalidToken):
        encryption.decrypt(written_before)


def test_what_was_tampered_with_is_refused() -> None:
    token = bytearray(encryption.encrypt(WORDS))
    token[20] ^= 1
    with pytest.raises(InvalidToken):
        encryption.decrypt(bytes(token))


def test_a_fingerprint_finds_the_same_value_of_the_same_kind_only() -> None:
    phone = encryption.blind_index("phone", "0912345678")
    assert phone == encryption.blind_index("phone", "0912345678")
    assert len(phone) == 16
    assert phone != encryption.blind_index("account", "0912345678")
    assert phone != encryption.blind_index("phone", "0912345679")


def test_a_fingerprint_needs_the_key(keys: pytest.MonkeyPatch) -> None:
    before = encryption.blind_index("phone", "0912345678")
    keys.setenv("LOA_INDEX_KEY", "another-key")
    _forget()
    assert encryption.blind_index("phone", "0912345678") != before
