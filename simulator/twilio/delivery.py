"""A message on its way to a phone: accepted → sent → delivered, undelivered or failed, with status callbacks."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from simulator.config import TwilioConfig
from simulator.faults import FaultKind
from simulator.messages import Channel, Direction, Message
from simulator.provider import World
from simulator.segments import segment
from simulator.twilio.errors import ErrorCode
from simulator.twilio.fate import decide_fate
from simulator.twilio.form import LONGEST_VALIDITY, SendForm
from simulator.twilio.resource import API_VERSION, WAITING, Status
from simulator.twilio.webhooks import Webhooks

PROVIDER = "twilio"


class Delivery:
    """Accepts messages for one account and carries them out."""

    def __init__(self, world: World, config: TwilioConfig, webhooks: Webhooks) -> None:
        self._world = world
        self._config = config
        self._webhooks = webhooks

    def accept(self, form: SendForm) -> Message:
        """Take a checked request: the message is in the log, and on its way, when this returns."""
        details = {
            "direction": "outbound-api",
            "service": form.service,
            "status_callback": form.status_callback,
            "validity": form.validity,
            "fate": decide_fate(self._world.faults, PROVIDER, form.to),
        }
        status = Status.ACCEPTED if form.service else Status.QUEUED
        return self._take(form.to, form.sender or self._config.number, form.body, status, details)

    def reply(self, number: str, office: str, text: str) -> Message:
        """A message that Twilio sends by itself: what a webhook's TwiML said, or the answer to STOP."""
        fate = decide_fate(self._world.faults, PROVIDER, number)
        details = {"direction": "outbound-reply", "validity": LONGEST_VALIDITY, "fate": fate}
        return self._take(number, office, text, Status.QUEUED, details)

    def resume(self, message: Message) -> None:
        """Go on with a message that was under way when the process ended."""
        if message.status in WAITING:
            self._plan(message)
        elif message.status == Status.SENT:
            self._plan_arrival(message)

    def _take(self, number: str, office: str, text: str, status: Status, details: Mapping[str, object]) -> Message:
        now = self._world.clock()
        segmentation = segment(text)
        message = Message(
            id="SM" + uuid.uuid4().hex,
            provider=PROVIDER,
            channel=Channel.SMS,
            direction=Direction.TO_PHONE,
            number=number,
            office=office,
            text=text,
            status=status.value,
            created_at=now,
            updated_at=now,
            segments=segmentation.count,
            encoding=segmentation.encoding.value,
            details=dict(details),
        )
        self._world.ledger.add(message)
        self._plan(message)
        return message

    def _plan(self, message: Message) -> None:
        self._world.clockwork.put(message.id, self._config.sent_after, partial(self._send, message))

    def _plan_arrival(self, message: Message) -> None:
        self._world.clockwork.put(message.id, self._config.delivered_after, partial(self._arrive, message))

    def _send(self, message: Message) -> None:
        fate = message.details["fate"]
        waited = self._world.clock() - message.created_at
        if waited > timedelta(seconds=message.details["validity"]):
            self._end(message, Status.FAILED, ErrorCode.VALIDITY_PERIOD_EXPIRED)
        elif FaultKind.FAILED in fate:
            self._end(message, Status.FAILED, fate[FaultKind.FAILED])
        else:
            self._world.ledger.set_status(message, Status.SENT, sent=True)
            if FaultKind.CALLBACK_REORDERED not in fate:
                self._call_back(message, self._parameters(message))
            self._plan_arrival(message)

    def _arrive(self, message: Message) -> None:
        fate = message.details["fate"]
        phone = self._world.ledger.phone(message.channel, message.number)
        if FaultKind.UNDELIVERED in fate:
            self._end(message, Status.UNDELIVERED, fate[FaultKind.UNDELIVERED])
        elif phone is not None and not phone.on:
            self._end(message, Status.UNDELIVERED, ErrorCode.UNREACHABLE_HANDSET)
        else:
            self._end(message, Status.DELIVERED)

    def _end(self, message: Message, status: Status, error_code: int | None = None) -> None:
        sent = self._parameters(message)
        reached = status is Status.DELIVERED
        self._world.ledger.set_status(message, status, reached=reached, error_code=error_code)
        self._call_back(message, self._parameters(message))
        if FaultKind.CALLBACK_REORDERED in message.details["fate"] and sent["MessageStatus"] == Status.SENT:
            self._call_back(message, sent)

    def _call_back(self, message: Message, parameters: Mapping[str, str]) -> None:
        """Tell the customer of a status, once or twice, now or later, or not at all."""
        url, fate = message.details.get("status_callback"), message.details["fate"]
        if not url:
            return
        if FaultKind.CALLBACK_NEVER in fate:
            self._note_withheld(message, parameters)
            return
        post = partial(self._webhooks.post, "callback", url, parameters)
        for _ in range(2 if FaultKind.CALLBACK_REPEATED in fate else 1):
            if FaultKind.CALLBACK_LATE in fate:
                self._world.clockwork.put(message.id, fate[FaultKind.CALLBACK_LATE], post)
            else:
                post()

    def _note_withheld(self, message: Message, parameters: Mapping[str, str]) -> None:
        status = parameters["MessageStatus"]
        self._world.ledger.note("callback_withheld", provider=PROVIDER, id=message.id, status=status)

    def _parameters(self, message: Message) -> dict[str, str]:
        """https://www.twilio.com/docs/messaging/guides/track-outbound-message-status#payload"""
        parameters = {
            "AccountSid": self._config.account_sid,
            "ApiVersion": API_VERSION,
            "From": message.office,
            "MessageSid": message.id,
            "MessageStatus": message.status,
            "SmsSid": message.id,
            "SmsStatus": message.status,
            "To": message.number,
        }
        if message.details.get("service"):
            parameters["MessagingServiceSid"] = message.details["service"]
        if message.error_code is not None:
            parameters["ErrorCode"] = str(message.error_code)
        if message.status in {Status.DELIVERED, Status.UNDELIVERED}:
            parameters["RawDlrDoneDate"] = message.updated_at.strftime("%y%m%d%H%M")
        return parameters
