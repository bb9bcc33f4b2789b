"""A citizen's message on its way to the customer's webhook.

Source: https://www.twilio.com/docs/messaging/guides/webhook-request.
"""

import uuid
from collections.abc import Sequence
from functools import partial

from simulator.config import TwilioConfig
from simulator.messages import Channel, Direction, Media, Message
from simulator.provider import World
from simulator.segments import segment
from simulator.twilio.delivery import PROVIDER, Delivery
from simulator.twilio.numbers import is_sender_name
from simulator.twilio.opt_out import OptOutWord, read_opt_out
from simulator.twilio.resource import API_VERSION, Status
from simulator.twilio.twiml import Instructions, read_instructions
from simulator.twilio.webhooks import Webhooks


class Inbound:
    """Takes what citizens write to one account's numbers."""

    def __init__(self, world: World, config: TwilioConfig, webhooks: Webhooks, delivery: Delivery) -> None:
        self._world = world
        self._config = config
        self._webhooks = webhooks
        self._delivery = delivery

    def say(self, number: str, text: str, media: Sequence[Media], own_url: str) -> Message:
        """The message is in the log, and on its way to the webhook, when this returns."""
        now = self._world.clock()
        segmentation = segment(text)
        message = Message(
            id=("MM" if media else "SM") + uuid.uuid4().hex,
            provider=PROVIDER,
            channel=Channel.SMS,
            direction=Direction.FROM_PHONE,
            number=number,
            office=self._answered_number(number),
            text=text,
            status=Status.RECEIVING.value,
            created_at=now,
            updated_at=now,
            segments=segmentation.count,
            encoding=segmentation.encoding.value,
            media=tuple(media),
            details={"direction": "inbound", "own_url": own_url},
        )
        self._world.ledger.add(message)
        self.resume(message)
        return message

    def resume(self, message: Message) -> None:
        """Hand a message to the webhook, after the person's earlier ones."""
        self._world.clockwork.put(message.number, 0, partial(self._hand_over, message))

    def _answered_number(self, number: str) -> str:
        """The number that last wrote to this phone; nobody can write to a sender that is a name."""
        for message in reversed(self._world.ledger.conversation(Channel.SMS, number)):
            if not is_sender_name(message.office):
                return message.office
        return self._config.number

    def _hand_over(self, message: Message) -> None:
        word = read_opt_out(message.text) if self._config.handles_stop else None
        if word:
            self._obey(message, word)
        instructions = self._call(message, word)
        self._world.ledger.set_status(message, Status.RECEIVED, error_code=instructions.error)
        for text in instructions.replies:
            self._delivery.reply(message.number, message.office, text)

    def _call(self, message: Message, word: OptOutWord | None) -> Instructions:
        if not self._config.webhook_url:
            return Instructions()
        return read_instructions(self._webhooks.post("webhook", self._config.webhook_url, self._form(message, word)))

    def _obey(self, message: Message, word: OptOutWord) -> None:
        if word.refuses is not None:
            self._world.ledger.set_refuses(message.channel, message.number, message.office, word.refuses)
        self._delivery.reply(message.number, message.office, word.answer)

    def _form(self, message: Message, word: OptOutWord | None) -> dict[str, str]:
        form = {
            "AccountSid": self._config.account_sid,
            "ApiVersion": API_VERSION,
            "Body": message.text,
            "From": message.number,
            "MessageSid": message.id,
            "NumMedia": str(len(message.media)),
            "NumSegments": str(message.segments),
            "SmsMessageSid": message.id,
            "SmsSid": message.id,
            "SmsStatus": Status.RECEIVED.value,
            "To": message.office,
            **_places(),
        }
        if word:
            form["OptOutType"] = word.name
        return form | self._media(message)

    def _media(self, message: Message) -> dict[str, str]:
        base = f"{message.details['own_url']}/{API_VERSION}/Accounts/{self._config.account_sid}/Messages/{message.id}"
        fields: dict[str, str] = {}
        for index, media in enumerate(message.media):
            fields[f"MediaUrl{index}"] = f"{base}/Media/{media.id}"
            fields[f"MediaContentType{index}"] = media.content_type
        return fields


def _places() -> dict[str, str]:
    """Twilio looks up where numbers are; of a Vietnamese one it knows the country only."""
    unknown = {f"{end}{part}": "" for end in ("From", "To") for part in ("City", "State", "Zip")}
    return {**unknown, "FromCountry": "VN", "ToCountry": "VN"}
