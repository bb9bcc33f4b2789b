"""The telephone exchange's webhook: a call to a hotline that nobody took asks for a call back.

Each exchange has its own contract (`conversations.hotline_settings`): a signed POST with a JSON object once the call is
over. Calls that somebody answered, callers who hide their number and numbers abroad ask for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, request

from conversations.hotline import Call, take_call
from conversations.hotline_call import CallKind
from conversations.hotline_settings import exchange_settings
from core.clock import now
from core.door import door_transaction
from core.logs import logger
from language.phones import normalise_phone
from webhooks.fields import id_in, json_object, text_in
from webhooks.problems import BadWord
from webhooks.signing import check_signature

blueprint = Blueprint("exchange", __name__, url_prefix="/webhooks/exchange")
PROVIDER = "exchange"
_LONGEST_HOTLINE = 20


@blueprint.post("")
def call() -> Response:
    """A call is over: taken in once, acknowledged before anything slow."""
    own = exchange_settings()
    raw = request.get_data()
    check_signature(
        PROVIDER,
        secret=own.secret.get_secret_value(),
        time=request.headers.get(own.timestamp_header, ""),
        signature=request.headers.get(own.signature_header, ""),
        payload=raw,
        lasts=timedelta(seconds=own.replay_seconds),
    )
    happened = read_call(json_object(raw), own.names)
    if happened is not None:
        with door_transaction() as session:
            take_call(session, happened, now())
    return Response(status=204)


def read_call(body: Mapping[str, Any], names: Mapping[str, str]) -> Call | None:
    """The call that `body` tells of; None where nobody is to be called back. Raises BadWord. Pure."""
    fields = {ours: body.get(names.get(ours, ours)) for ours in ("call_id", "caller", "hotline", "kind", "at")}
    call_id, kind = id_in(fields, "call_id"), text_in(fields, "kind")
    if kind not in set(CallKind) or not fields["caller"]:
        return None
    caller = normalise_phone(id_in(fields, "caller"))
    if caller is None:
        logger("door").info("call_from_abroad", provider=PROVIDER)
        return None
    hotline = id_in(fields, "hotline", _LONGEST_HOTLINE)
    return Call(call_id, caller, normalise_phone(hotline) or hotline, CallKind(kind), _moment(fields))


def _moment(fields: Mapping[str, Any]) -> datetime:
    try:
        at = datetime.fromisoformat(text_in(fields, "at"))
    except ValueError:
        raise BadWord("at", "phải là thời điểm ISO 8601") from None
    if at.tzinfo is None:
        raise BadWord("at", "thiếu múi giờ")
    return at
