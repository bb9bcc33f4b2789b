"""What people write back to the account's number: `{"type": "incoming", "phone", "content"}` to the webhook.

The public pages show no id of the message in it, so a repeated one looks like a second one **(open)**.
"""

import uuid
from functools import partial

from simulator.caller import Errand
from simulator.counting import count
from simulator.messages import Channel, Direction, Message
from simulator.outcalls import Answer
from simulator.provider import World
from simulator.speedsms.config import SpeedSmsConfig
from simulator.speedsms.delivery import PROVIDER, Delivery, Status
from simulator.vietnam import without_plus
from simulator.webhook_faults import run_struck


class Inbound:
    """Takes what is written to one account's number."""

    def __init__(self, world: World, config: SpeedSmsConfig, delivery: Delivery) -> None:
        self._world = world
        self._config = config
        self._delivery = delivery

    def say(self, number: str, text: str) -> Message:
        now, counted = self._world.clock(), count(text)
        message = Message(
            id="speedsms-in-" + uuid.uuid4().hex,
            provider=PROVIDER,
            channel=Channel.SMS,
            direction=Direction.FROM_PHONE,
            number=number,
            office=self._config.number,
            text=text,
            status=Status.RECEIVING.value,
            created_at=now,
            updated_at=now,
            segments=counted.parts or 1,
            encoding=counted.encoding,
        )
        self._world.ledger.add(message)
        self.resume(message)
        return message

    def resume(self, message: Message) -> None:
        """Hand a message to the webhook, after the person's earlier ones."""
        body = {"type": "incoming", "phone": without_plus(message.number), "content": message.text}
        errand = Errand(
            message.number,
            "webhook",
            {"id": message.id},
            partial(self._delivery.request, body),
            partial(self._done, message),
        )
        run_struck(self._world, PROVIDER, message.number, self._delivery.caller, errand)

    def _done(self, message: Message, answer: Answer) -> None:
        failed = None if answer.ok else answer.status or 0
        self._world.ledger.set_status(message, Status.RECEIVED, error_code=failed)
