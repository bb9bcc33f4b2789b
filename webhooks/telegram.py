"""Telegram's webhook: everything that a bot hears comes to one address.

Contract: https://core.telegram.org/bots/api#setwebhook. Telegram repeats what was not answered with a 2xx, and brings
several updates at once.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from conversations.inbound import take_in
from core.clock import now
from core.door import door_transaction
from core.encryption import encrypt
from core.jobs import defer
from outreach.channels.telegram.jobs import ANSWER_QUERY, QUEUE
from outreach.channels.telegram.settings import telegram_settings
from webhooks.problems import BadWord, Unsigned
from webhooks.telegram_updates import Nothing, read_update

blueprint = Blueprint("telegram", __name__, url_prefix="/webhooks/telegram")
PROVIDER = "telegram"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@blueprint.post("")
def update() -> Response:
    """Taken in once and acknowledged before anything slow."""
    take_update(_verified())
    return Response(status=200)


def take_update(body: Mapping[str, Any]) -> None:
    """Take in, once and committed, what an update means. Raises BadWord.

    The handset's wheel on a pressed button is stopped by a worker, after the acknowledgement.
    """
    happened = read_update(body)
    if isinstance(happened, Nothing):
        return
    with door_transaction() as session:
        if take_in(session, happened.word, now()) and happened.query_id is not None:
            defer(session, ANSWER_QUERY, queue=QUEUE, press=encrypt(happened.query_id).decode())


def _verified() -> dict[str, Any]:
    """The body of a call with our secret. Raises Unsigned; BadWord for no JSON object."""
    secret = telegram_settings().webhook_secret.get_secret_value()
    given = request.headers.get(_SECRET_HEADER, "")
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        raise Unsigned(PROVIDER)
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        raise BadWord("body", "phải là một đối tượng JSON")
    return body
