"""The adapter of one Official Account.

A call is never repeated, but for one case: Zalo has refused the access token, so the message was certainly not sent;
then the token is replaced once and the same message goes out again, the fuse permitting.

Zalo cannot be asked for a message whose answer was lost. A consultation message stays unknown, for a human to decide;
of a template message by phone the delivery receipt bears our own mark, and that settles it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from core.logs import logger
from outreach.channels.adapter import (
    Accepted,
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
from outreach.channels.fuse import Fuse, FuseBlown
from outreach.channels.fused_httpx import guarded_by
from outreach.channels.json_answers import Failure
from outreach.channels.zalo.calls import Call, Style, call_for
from outreach.channels.zalo.client import Answer, ZaloClient
from outreach.channels.zalo.errors import QUOTA_CODES, TOKEN_CODES, error_class
from outreach.channels.zalo.tokens import NoToken, Tokens

_log = logger(__name__)


@dataclass(frozen=True)
class House:
    """What the adapter asks of, and tells, the rest of the house.

    heard_of: whether a delivery receipt with this mark has come. quota_gone: no template message more today.
    """

    heard_of: Callable[[str], bool]
    quota_gone: Callable[[], None]


class ZaloOa:
    """An adapter (`outreach.channels.adapter.ChannelAdapter`) for one OA."""

    def __init__(self, client: ZaloClient, tokens: Tokens, style: Style, house: House) -> None:
        self._client = client
        self._tokens = tokens
        self._style = style
        self._house = house

    def send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        call = call_for(message, self._style)
        if isinstance(call, Rejected):
            return call
        try:
            token = _asked_for(self._tokens.current)
            with guarded_by(fuse):
                fuse.check()
                return self._send(call, token)
        except NoToken as error:
            return Rejected(str(error), ErrorClass.STOP_ACCOUNT)
        except FuseBlown:
            return NotSent("fuse_blown")

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        call = call_for(message, self._style)
        mark = call.known_as if isinstance(call, Call) else None
        if mark is not None and self._house.heard_of(mark):
            return Found(mark)
        return CannotTell(forever=True)

    def _send(self, call: Call, token: str) -> Outcome:
        answer = self._client.post(call.host, call.path, call.body, token)
        if isinstance(answer, Answer) and answer.error in TOKEN_CODES:
            another = _asked_for(partial(self._tokens.renew, token))
            answer = self._client.post(call.host, call.path, call.body, another)
        return self._outcome(call, answer)

    def _outcome(self, call: Call, answer: Answer | Failure) -> Outcome:
        if not isinstance(answer, Answer):
            return answer
        if answer.error == 0:
            return _accepted(call, answer)
        if answer.error in QUOTA_CODES:
            self._house.quota_gone()
        refused = error_class(answer.error, answer.message)
        return Throttled() if refused is ErrorClass.THROTTLE else Rejected(str(answer.error), refused)


def _asked_for(token: Callable[[], str]) -> str:
    """An access token. Raises NoToken, also for a database that is away: without a token nothing was sent."""
    try:
        return token()
    except NoToken:
        raise
    except Exception as error:
        _log.error("zalo_token_unavailable", error=type(error).__name__)
        raise NoToken("unavailable") from None


def _accepted(call: Call, answer: Answer) -> Outcome:
    provider_id = answer.data.get(call.id_field) if isinstance(answer.data, dict) else None
    if not provider_id:
        _log.warning("zalo_answer_without_id", path=call.path)
        return Unknown("unreadable_answer")
    return Accepted(call.known_as or str(provider_id))
