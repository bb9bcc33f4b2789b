"""The plain contract: see the package's own words."""

import json
from datetime import datetime
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from simulator.caller import Request
from simulator.messages import Message
from simulator.outcalls import Answer
from simulator.shortcode.config import Body, ShortcodeConfig
from simulator.signing import sign
from simulator.vietnam import without_plus

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_TYPES = {Body.JSON: "application/json", Body.FORM: "application/x-www-form-urlencoded"}


def make_request(message: Message, config: ShortcodeConfig, url: str, now: datetime) -> Request:
    """The request of one attempt at `now`."""
    fields = {
        "message_id": message.id,
        "phone": without_plus(message.number),
        "shortcode": config.code,
        "text": message.text,
        "time": message.created_at.astimezone(VIETNAM).isoformat(timespec="seconds"),
    }
    named = {config.names.get(name, name): value for name, value in fields.items()}
    headers = {"Accept": "*/*"}
    if config.body is Body.QUERY:
        base = urlsplit(url)
        query = "&".join(part for part in (base.query, urlencode(named)) if part)
        return Request(
            "GET", base._replace(query=query).geturl(), b"", headers | _signature(config, now, query.encode())
        )
    text = json.dumps(named, ensure_ascii=False) if config.body is Body.JSON else urlencode(named)
    headers["Content-Type"] = _TYPES[config.body]
    return Request("POST", url, text.encode(), headers | _signature(config, now, text.encode()))


def accepts(answer: Answer) -> bool:
    return answer.status == 200 and answer.body.strip() == b"OK"


def _signature(config: ShortcodeConfig, now: datetime, payload: bytes) -> dict[str, str]:
    timestamp = int(now.timestamp())
    signed = sign(config.secret, timestamp, payload)
    return {config.timestamp_header: str(timestamp), config.signature_header: signed}
