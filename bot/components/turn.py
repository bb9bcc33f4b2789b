"""One turn: a message goes through Rasa and is kept whole, or leaves no trace in Rasa and is repeated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.processor import MessageProcessor

from bot.components.action_endpoint import ActionEndpoint, failed_calls
from bot.components.citizen_text import without_commands
from bot.components.compiled_schema import use_compiled_schema
from bot.components.replies import TurnReplies, replies_in
from bot.components.tracker_store import EncryptedTrackerStore

CHANNEL = "relay"


@dataclass(frozen=True)
class IncomingTurn:
    """A citizen's message: the thread's id, our message's id, what was typed, and what was open then."""

    sender: str
    message_id: str
    text: str
    metadata: dict[str, Any] = field(default_factory=dict)


class ReplyCollector(OutputChannel):
    """Collects whole bot messages; Rasa's own collector cuts a text at every empty line."""

    def __init__(self, message_id: str) -> None:
        self._message_id = message_id
        self.said = TurnReplies()

    @classmethod
    def name(cls) -> str:
        """The channel's name, as responses may ask for it."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one bot message."""
        self.said.add(message, self._message_id)


class TurnRunner:
    """Runs turns on a loaded model. The caller sees to it that a thread has only one turn at a time."""

    def __init__(self, processor: MessageProcessor) -> None:
        """Takes the processor's store and action endpoint in hand.

        Rasa wraps the store in one that goes on in memory when the database fails: a lost conversation. Here it fails.
        """
        store = getattr(processor.tracker_store, "_tracker_store", processor.tracker_store)
        if not isinstance(store, EncryptedTrackerStore):
            raise TypeError("the relay needs the encrypted tracker store (endpoints.yml)")
        self._store = processor.tracker_store = store
        if processor.action_endpoint is not None and not isinstance(processor.action_endpoint, ActionEndpoint):
            processor.action_endpoint = ActionEndpoint(processor.action_endpoint)
        self._processor = processor
        use_compiled_schema()

    async def run(self, turn: IncomingTurn) -> TurnReplies:
        """The replies kept for this message where it was answered before, else those of a new turn.

        A turn that did not reach its mark, or in which a call to an action failed, is not kept: `done` is False.
        """
        kept = await self._store.events_of_turn(turn.sender, turn.message_id)
        if kept is not None:
            return replies_in(kept, turn.message_id)
        return await self._run_anew(turn)

    async def _run_anew(self, turn: IncomingTurn) -> TurnReplies:
        channel = ReplyCollector(turn.message_id)
        failures: list[str] = []
        failed_calls.set(failures)
        # MessageProcessor.handle_message, but for the saving, which there happens whatever befell.
        message = UserMessage(
            text=without_commands(turn.text),
            output_channel=channel,
            sender_id=turn.sender,
            input_channel=CHANNEL,
            message_id=turn.message_id,
            metadata=turn.metadata,
        )
        tracker = await self._processor.fetch_tracker_and_update_session(turn.sender, channel)
        await self._processor._handle_message_with_tracker(message, tracker)
        tracker = await self._processor.run_action_extract_slots(channel, tracker)
        await self._processor._run_prediction_loop(channel, tracker)
        if failures:
            channel.said.done = False
        if channel.said.done:
            await self._store.save(tracker)
        return channel.said
