"""Encryption at rest and blind indexes for personal data.

What is encrypted: citizen id, phone and other addresses, account number, answers, transcript texts
(Law 91/2025 on personal data, Decree 356/2025: bank-account data and identity papers are sensitive).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from core.settings import settings


@lru_cache
def _keyring() -> MultiFernet:
    keys = settings().encryption_keys.get_secret_value().split(",")
    return MultiFernet([Fernet(key.strip()) for key in keys])


@lru_cache
def _newest_key() -> Fernet:
    return Fernet(settings().encryption_keys.get_secret_value().split(",")[0].strip())


def encrypt(text: str) -> bytes:
    """Encrypt `text` (any length) under the newest key."""
    return _keyring().encrypt(text.encode())


def decrypt(token: bytes) -> str:
    """Decrypt what `encrypt` returned, under any key of the ring. Raises InvalidToken for anything else."""
    return _keyring().decrypt(token).decode()


def rotate(token: bytes) -> bytes:
    """The same text under the newest key."""
    return _keyring().rotate(token)


def under_newest_key(token: bytes) -> bool:
    """Whether `token` needs no rotation."""
    try:
        _newest_key().decrypt(token)
    except InvalidToken:
        return False
    return True


def forget_keys() -> None:
    """Read the keys anew from the settings: for whoever changes them while the process runs."""
    _keyring.cache_clear()
    _newest_key.cache_clear()


def blind_index(purpose: str, value: str) -> bytes:
    """A 16-byte keyed fingerprint by which an encrypted `value` is found again.

    `purpose` (e.g. "phone") keeps equal values of different columns apart.
    """
    key = settings().index_key.get_secret_value().encode()
    return hmac.new(key, f"{purpose}\x00{value}".encode(), hashlib.sha256).digest()[:16]


class EncryptedText(TypeDecorator[str]):
    """A text column that the database only ever sees encrypted."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else encrypt(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else decrypt(bytes(value))


class EncryptedBytes(TypeDecorator[bytes]):
    """A column of bytes (a picture, a recording) that the database only ever sees encrypted."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _keyring().encrypt(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _keyring().decrypt(bytes(value))


class EncryptedJson(TypeDecorator[Any]):
    """A JSON object or list that the database only ever sees encrypted."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        return None if value is None else encrypt(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(decrypt(bytes(value)))


ENCRYPTED = (EncryptedText, EncryptedBytes, EncryptedJson)
"""Every type of a column that is kept encrypted: `core.key_rotation` finds them in the models."""
