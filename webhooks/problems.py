"""What may be wrong with a call at the public door."""

from __future__ import annotations


class Unsigned(Exception):
    """A call without the provider's right signature."""

    def __init__(self, provider: str) -> None:
        super().__init__(f"unsigned call as {provider}")
        self.provider = provider


class Crowded(Exception):
    """No room for one more open stream; the caller asks again later, or polls."""


class BadWord(ValueError):
    """A call that is signed but malformed: names the field and the reason, never the value."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason
