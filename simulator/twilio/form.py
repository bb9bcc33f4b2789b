"""What a request to send a message must look like.

Source: https://www.twilio.com/docs/messaging/api/message-resource and the pages of the error codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from simulator.config import TwilioConfig
from simulator.twilio.errors import ErrorCode, TwilioError
from simulator.twilio.numbers import is_sender, read_international

_LONGEST_BODY = 1600
_LONGEST_URL = 4000
LONGEST_VALIDITY = 36_000


@dataclass(frozen=True, slots=True)
class SendForm:
    """A request that passed every check. One of `sender` and `service` is set; `validity` is seconds."""

    to: str
    body: str
    sender: str | None
    service: str | None
    status_callback: str | None
    validity: int


def read_form(form: Mapping[str, str], config: TwilioConfig) -> SendForm:
    """Check a form as Twilio does, in its order. TwilioError for the first thing that is wrong.

    Media and content templates are not offered by this stand-in, so a Body is always asked for.
    """
    to = _read_to(form.get("To", ""), config)
    sender, service = _read_sender(form, config)
    return SendForm(
        to,
        _read_body(form.get("Body", "")),
        sender,
        service,
        _read_status_callback(form.get("StatusCallback", "")),
        _read_validity(form.get("ValidityPeriod", "")),
    )


def _read_to(text: str, config: TwilioConfig) -> str:
    if not text.strip():
        raise TwilioError(ErrorCode.MISSING_TO, "A 'To' phone number is required.")
    number = read_international(text)
    if number is None:
        raise TwilioError(ErrorCode.INVALID_TO, f"The 'To' number {text} is not a valid phone number.")
    if number.region not in config.regions:
        message = f"Permission to send an SMS has not been enabled for the region indicated by the 'To' number: {text}."
        raise TwilioError(ErrorCode.REGION_NOT_PERMITTED, message)
    if not number.may_be_mobile:
        raise TwilioError(ErrorCode.NOT_MOBILE, f"'To' number is not a valid mobile number: {text}")
    return number.e164


def _read_sender(form: Mapping[str, str], config: TwilioConfig) -> tuple[str | None, str | None]:
    service, sender = form.get("MessagingServiceSid", ""), form.get("From", "")
    if service:
        _check_service(service, config)
        return None, service
    if not sender:
        raise TwilioError(ErrorCode.MISSING_FROM, "A 'From' phone number is required.")
    return _read_from(sender, config), None


def _check_service(service: str, config: TwilioConfig) -> None:
    well_formed = len(service) == 34 and service.startswith("MG")
    if not well_formed or (config.messaging_services and service not in config.messaging_services):
        raise TwilioError(ErrorCode.NO_MESSAGING_SERVICE, f"The Messaging Service {service} does not exist.")


def _read_from(sender: str, config: TwilioConfig) -> str:
    if not is_sender(sender):
        message = f"The 'From' number {sender} is not a valid phone number, shortcode, or alphanumeric sender ID."
        raise TwilioError(ErrorCode.INVALID_FROM, message)
    if config.senders and sender not in config.senders | {config.number}:
        message = (
            f"The 'From' phone number provided ({sender}) is not a valid message-capable Twilio phone number "
            "for this destination/account"
        )
        raise TwilioError(ErrorCode.FROM_NOT_CAPABLE, message)
    return sender


def _read_body(body: str) -> str:
    if not body:
        raise TwilioError(ErrorCode.MISSING_BODY, "Message body is required.")
    if len(body) > _LONGEST_BODY:
        message = "The concatenated message body exceeds the 1600 character limit."
        raise TwilioError(ErrorCode.BODY_TOO_LONG, message)
    return body


def _read_status_callback(url: str) -> str | None:
    if not url:
        return None
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and "_" not in (parts.hostname or "")
    except ValueError:
        valid = False
    if not valid or len(url) > _LONGEST_URL:
        raise TwilioError(ErrorCode.INVALID_STATUS_CALLBACK, f"The StatusCallback URL {url} is not a valid URL.")
    return url


def _read_validity(text: str) -> int:
    if not text:
        return LONGEST_VALIDITY
    if not (text.isdecimal() and 1 <= int(text) <= LONGEST_VALIDITY):
        raise TwilioError(ErrorCode.INVALID_VALIDITY_PERIOD, f"The ValidityPeriod {text} is invalid.")
    return int(text)
