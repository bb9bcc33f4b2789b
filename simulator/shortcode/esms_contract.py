"""eSMS's contract for short codes: https://developers.esms.vn, "Kết nối đầu số ngắn".

A GET; `sign` is the Base64 of the MD5 of cpid, smsid, content, receiverTime and the private key, joined by nothing.
The answer may be a `<ClientResponse>` whose `<Message>` goes back to the person. When a message is sent again is not
said **(open)**: here after every answer that is not 2xx.
"""

import base64
import hashlib
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

from simulator.caller import Request
from simulator.messages import Message
from simulator.outcalls import Answer
from simulator.shortcode.config import ShortcodeConfig
from simulator.shortcode.plain import VIETNAM
from simulator.vietnam import without_plus


def make_request(message: Message, config: ShortcodeConfig, url: str) -> Request:
    time = message.created_at.astimezone(VIETNAM).strftime("%Y%m%d%H%M%S")
    signed = config.cp_id + message.id + message.text + time + config.private_key
    fields = {
        "sender": without_plus(message.number),
        "content": message.text,
        "serviceNumber": config.code,
        "keyword": next(iter(message.text.split()), ""),
        "sign": base64.b64encode(hashlib.md5(signed.encode()).digest()).decode(),
        "cpid": config.cp_id,
        "smsid": message.id,
        "receiverTime": time,
    }
    base = urlsplit(url)
    query = "&".join(part for part in (base.query, urlencode(fields)) if part)
    return Request("GET", base._replace(query=query).geturl(), b"", {"Accept": "*/*"})


def read_reply(answer: Answer) -> str:
    """What the customer says back to the person; "" for nothing, or for what is not that XML."""
    try:
        root = ElementTree.fromstring(answer.body.decode("utf-8", errors="replace"))
    except ElementTree.ParseError:
        return ""
    return (root.findtext("Message") or "").strip() if root.tag == "ClientResponse" else ""
