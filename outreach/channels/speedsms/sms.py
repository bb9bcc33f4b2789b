"""The adapter of one SpeedSMS account.

A request has no key of its own, and SpeedSMS answers questions by the id that came in the answer: after a lost answer
there is nothing to ask by, and a human decides.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from language.phones import to_e164
from language.text import nfc
from outreach.channels.adapter import (
    Accepted,
    CannotTell,
    ErrorClass,
    LookUp,
    NotSent,
    Outcome,
    Outgoing,
    Rejected,
    Unknown,
)
from outreach.channels.brandname import too_long
from outreach.channels.fuse import Fuse, FuseBlown
from outreach.channels.fused_httpx import guarded_by
from outreach.channels.speedsms.errors import BAD_PHONE, SUCCESS, error_class
from outreach.channels.speedsms.gateway import SpeedSmsGateway


class SpeedSms:
    """An adapter (`outreach.channels.adapter.ChannelAdapter`) for one account."""

    def __init__(self, gateway: SpeedSmsGateway) -> None:
        self._gateway = gateway

    def send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        body = nfc(message.body)
        if (refused := too_long(body)) is not None:
            return refused
        try:
            phone = to_e164(message.address).removeprefix("+")
        except ValueError:
            return Rejected("no_phone", ErrorClass.UNREACHABLE)
        try:
            with guarded_by(fuse):
                fuse.check()
                answer = self._gateway.send(phone, body)
        except FuseBlown:
            return NotSent("fuse_blown")
        return _outcome(answer) if isinstance(answer, dict) else answer

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        return CannotTell(forever=True)


def _outcome(answer: dict[str, Any]) -> Outcome:
    code, data = answer.get("code"), answer.get("data")
    if not isinstance(code, str) or not code:
        return Unknown("unreadable_answer")
    if answer.get("status") != "success" or code != SUCCESS:
        return Rejected(code, error_class(code))
    if not isinstance(data, dict):
        return Unknown("unreadable_answer")
    if data.get("invalidPhone"):  # of the one phone that was given
        return Rejected(BAD_PHONE, error_class(BAD_PHONE))
    return Accepted(str(data["tranId"])) if data.get("tranId") else Unknown("unreadable_answer")
