"""eSMS's delivery reports: a GET on a path that nobody else knows, for eSMS signs nothing.

Contract: `shared/providers.md`, "Domestic brandname gateways". A report is repeated up to five times; it is taken once.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from core.clock import now
from core.door import door_transaction
from outreach.channels.esms.errors import UNDELIVERED
from outreach.channels.esms.provider import CALLBACK_PATH, DELIVERED, FAILED, NAME
from outreach.channels.esms.request_id import LONGEST
from outreach.channels.esms.settings import esms_settings
from outreach.receipts import take_receipt
from webhooks.fields import id_in, whole_in
from webhooks.signing import check_path

blueprint = Blueprint("esms", __name__, url_prefix=CALLBACK_PATH)
_DONE = 5
"""SendStatus: the end, good or bad."""


@blueprint.get("/<secret>")
def report(secret: str) -> Response:
    """What became of a message, under the RequestId that we gave it."""
    check_path(NAME, secret, esms_settings().callback_secret.get_secret_value())
    fields = request.args.to_dict()
    request_id, word = id_in(fields, "RequestId", LONGEST), _word(fields)
    with door_transaction() as session:
        take_receipt(session, NAME, request_id, word, UNDELIVERED if word == FAILED else None, now())
    return Response(status=200)


def _word(fields: dict[str, str]) -> str:
    status = whole_in(fields, "SendStatus")
    if status != _DONE:
        return f"status_{status}"
    if whole_in(fields, "SendFailed"):
        return FAILED
    return DELIVERED if whole_in(fields, "SendSuccess") else f"status_{status}"
