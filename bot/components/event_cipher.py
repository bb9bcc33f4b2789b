"""How Rasa's events are kept: compressed, then encrypted under the installation's keys."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.fernet import Fernet, MultiFernet

KEYS_VARIABLE = "LOA_ENCRYPTION_KEYS"


class KeysMissing(RuntimeError):
    """There is no key, or one that is none."""


class EventCipher:
    """Encrypts lists of events; the first key encrypts, every key decrypts (rotation)."""

    def __init__(self, keys: Sequence[str]) -> None:
        """`keys`: 32 bytes each, url-safe base64. Raises KeysMissing."""
        try:
            self._keyring = MultiFernet([Fernet(key.strip()) for key in keys])
        except ValueError:
            raise KeysMissing(f"{KEYS_VARIABLE} must hold keys of 32 bytes in url-safe base64") from None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> EventCipher:
        """The cipher of the keys in LOA_ENCRYPTION_KEYS, separated by commas. Raises KeysMissing."""
        keys = [key for key in environment.get(KEYS_VARIABLE, "").split(",") if key.strip()]
        return cls(keys)

    def seal(self, events: Sequence[dict[str, Any]]) -> bytes:
        """Events as bytes that nobody can read without a key."""
        plain = json.dumps(events, ensure_ascii=False, separators=(",", ":")).encode()
        return self._keyring.encrypt(zlib.compress(plain, level=1))

    def open(self, sealed: bytes) -> list[dict[str, Any]]:
        """What `seal` was given. Raises cryptography's InvalidToken for anything else or another key."""
        events: list[dict[str, Any]] = json.loads(zlib.decompress(self._keyring.decrypt(sealed)))
        return events
