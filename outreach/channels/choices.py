"""The choices that go with a message, as the ledger keeps them; each channel shows them in its own way. Pure."""

from __future__ import annotations

import json

type Choice = dict[str, str]

SHARE_PHONE = "share=phone"
"""Payload of the choice by which a channel's own button shares the phone; channels without one leave it out."""


def read_choices(choices: str | None) -> list[Choice]:
    """The choices in the JSON list of {"title", "payload"} of a message; none where there is no list."""
    return json.loads(choices) if choices else []
