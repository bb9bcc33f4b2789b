"""What a customer's webhook answered: https://www.twilio.com/docs/messaging/twiml."""

from dataclasses import dataclass
from xml.etree import ElementTree

from simulator.outcalls import Answer
from simulator.twilio.errors import ErrorCode

_TWIML_TYPES = {"text/xml", "application/xml", "text/html"}


@dataclass(frozen=True, slots=True)
class Instructions:
    """Replies to send to the citizen, or the error that Twilio notes in its debugger."""

    replies: tuple[str, ...] = ()
    error: ErrorCode | None = None


def read_instructions(answer: Answer) -> Instructions:
    """An empty body and an empty <Response/> say nothing; plain text is itself sent to the citizen."""
    if not answer.ok:
        return Instructions(error=ErrorCode.HTTP_RETRIEVAL_FAILURE)
    text = answer.body.decode("utf-8", errors="replace").strip()
    if not text:
        return Instructions()
    if answer.content_type == "text/plain":
        return Instructions((text,))
    if answer.content_type not in _TWIML_TYPES:
        return Instructions(error=ErrorCode.INVALID_CONTENT_TYPE)
    return _read_twiml(text)


def _read_twiml(text: str) -> Instructions:
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError:
        return Instructions(error=ErrorCode.DOCUMENT_PARSE_FAILURE)
    if root.tag != "Response":
        return Instructions(error=ErrorCode.DOCUMENT_PARSE_FAILURE)
    spoken = (_message_text(message) for message in root.findall("Message"))
    return Instructions(tuple(reply for reply in spoken if reply))


def _message_text(message: ElementTree.Element) -> str:
    body = message.find("Body")
    return ((message.text if body is None else body.text) or "").strip()
