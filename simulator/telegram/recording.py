"""What a citizen does becomes a message in the ledger and an update for the bot."""

from collections.abc import Callable, Sequence

from simulator.messages import Channel, Direction, Media, Message
from simulator.provider import World
from simulator.telegram.config import TelegramConfig
from simulator.telegram.counters import Counters
from simulator.telegram.shapes import PROVIDER, Json, Shapes, message_key
from simulator.telegram.updates import Status
from simulator.telegram.webhook import Webhook

type Describe = Callable[[str], Json]


class Recorder:
    """Takes down what one bot's citizens do; the update is on its way when a method returns."""

    def __init__(
        self, world: World, config: TelegramConfig, shapes: Shapes, counters: Counters, webhook: Webhook
    ) -> None:
        self._world = world
        self._config = config
        self._shapes = shapes
        self._counters = counters
        self._webhook = webhook

    def message(
        self, number: str, kind: str, text: str, describe: Describe = lambda _: {}, media: Sequence[Media] = ()
    ) -> Message:
        """Something that stands in the chat. `describe` gives what the message with that key has besides words."""
        message_id = self._counters.message_id()
        key = message_key(message_id)
        message = self._blank(number, key, kind, text, media)
        message.details |= {"message_id": message_id, "content": describe(key)}
        return self._send(message, "message", self._shapes.message(message))

    def happening(self, number: str, kind: str, update: str, shape: Json, text: str = "", **details: str) -> Message:
        """Something that is no message of its own: a pressed button, a block, an edit."""
        message = self._blank(number, "", kind, text, ())
        message.details |= details
        return self._send(message, update, shape)

    def _blank(self, number: str, key: str, kind: str, text: str, media: Sequence[Media]) -> Message:
        now, update_id = self._world.clock(), self._counters.update_id()
        return Message(
            id=key or f"tgu{update_id}",
            provider=PROVIDER,
            channel=Channel.TELEGRAM,
            direction=Direction.FROM_PHONE,
            number=number,
            office=self._config.first_name,
            text=text,
            status=Status.IN_LINE,
            created_at=now,
            updated_at=now,
            media=tuple(media),
            details={"kind": kind, "update_id": update_id},
        )

    def _send(self, message: Message, update: str, shape: Json) -> Message:
        wanted = self._webhook.subscription.wants(update)
        message.status = (Status.IN_LINE if wanted else Status.DROPPED).value
        message.details["update"] = {update: shape}
        self._world.ledger.add(message)
        if wanted:
            self._webhook.updates.add(message)
            self._webhook.pusher.expect(message)
        return message
