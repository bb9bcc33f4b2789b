"""Production is strict; errors name the variable and never its value."""

import base64

import pytest
from pydantic import ValidationError

from core.settings import DEVELOPMENT_MARK, Mode, Settings

KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
SOUND = {
    "mode": Mode.PRODUCTION,
    "secret_key": "s" * 32,
    "encryption_keys": KEY,
    "index_key": "i" * 32,
    "internal_token": "t" * 32,
    "DATABASE_URL": "postgresql://loa@db/loa",
    "clock_file": None,
}


def settings(**changed: object) -> Settings:
    return Settings(_env_file=None, **{**SOUND, **changed})  # type: ignore[arg-type]


def test_production_starts_with_keys_of_its_own_and_a_real_server(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setattr("core.settings.ROOT", tmp_path)
    assert settings().mode is Mode.PRODUCTION


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"secret_key": DEVELOPMENT_MARK + "x"}, "LOA_SECRET_KEY"),
        ({"index_key": DEVELOPMENT_MARK + "x"}, "LOA_INDEX_KEY"),
        ({"internal_token": DEVELOPMENT_MARK + "x"}, "LOA_INTERNAL_TOKEN"),
        ({"DATABASE_URL": None}, "DATABASE_URL"),
        ({"clock_file": "/tmp/clock"}, "LOA_CLOCK_FILE"),
        ({"public_url": "http://phuong.example"}, "LOA_PUBLIC_URL"),
    ],
)
def test_production_refuses_to_start_and_says_why(changed: dict[str, object], named: str) -> None:
    with pytest.raises(ValidationError, match=named):
        settings(**changed)


def test_a_wrong_encryption_key_is_refused_without_showing_it() -> None:
    with pytest.raises(ValidationError) as refused:
        settings(encryption_keys="c2VjcmV0")
    assert "32 bytes" in str(refused.value)
    assert "c2VjcmV0" not in str(refused.value)


def test_secrets_print_as_asterisks() -> None:
    assert "s" * 32 not in repr(settings(mode=Mode.TEST))
