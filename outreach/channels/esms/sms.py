"""The adapter of one eSMS account.

A call is never repeated here. After a lost answer the message may be sent again under the same RequestId, which eSMS
takes only once in 24 hours: "124" says that it has it, "100" that it had not. Somebody else makes that attempt, with
all the checks of any other (`outreach.repeating`); a delivery report that has come meanwhile makes it needless.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from language.phones import to_e164
from language.text import nfc
from outreach.channels.adapter import (
    Accepted,
    AskByRepeating,
    CannotTell,
    ErrorClass,
    Found,
    LookUp,
    NotSent,
    Outcome,
    Outgoing,
    Rejected,
    Throttled,
    Unknown,
)
from outreach.channels.brandname import too_long
from outreach.channels.esms.errors import ACCEPTED, DUPLICATE, error_class
from outreach.channels.esms.gateway import EsmsGateway
from outreach.channels.esms.request_id import request_id
from outreach.channels.fuse import Fuse, FuseBlown
from outreach.channels.fused_httpx import guarded_by

MARGIN = timedelta(hours=1)
"""So long before eSMS forgets a RequestId nothing is repeated any more: its clock is not ours."""


class EsmsSms:
    """An adapter (`outreach.channels.adapter.ChannelAdapter`) for one account.

    key_lasts: how long eSMS knows a RequestId again. heard_of: whether a delivery report with this RequestId has come.
    """

    def __init__(
        self,
        gateway: EsmsGateway,
        key_lasts: timedelta,
        heard_of: Callable[[str], bool],
        now: Callable[[], datetime],
    ) -> None:
        self._gateway = gateway
        self._key_lasts = key_lasts
        self._heard_of = heard_of
        self._now = now

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
                return _outcome(self._gateway.send(phone, body, request_id(message)), message)
        except FuseBlown:
            return NotSent("fuse_blown")

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        mark = request_id(message)
        if self._heard_of(mark):
            return Found(mark)
        since = message.doubted_since
        if since is None or self._now() >= since + self._key_lasts - MARGIN:
            return CannotTell(forever=True)
        return AskByRepeating()


def _outcome(answer: object, message: Outgoing) -> Outcome:
    """`answer`: the object that came back, or why none did."""
    if not isinstance(answer, dict):
        assert isinstance(answer, NotSent | Unknown | Rejected | Throttled)
        return answer
    given = answer.get("CodeResult")
    code = str(given) if isinstance(given, str | int) and not isinstance(given, bool) else ""
    if code in (ACCEPTED, DUPLICATE):
        return Accepted(request_id(message))
    return Rejected(code, error_class(code)) if code else Unknown("unreadable_answer")
