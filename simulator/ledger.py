"""All that the stand-ins know: messages and phones in memory, every change in the journal first."""

import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from simulator.journal import Entry, Journal
from simulator.messages import Channel, Direction, Message, Phone

type Clock = Callable[[], datetime]


class Ledger:
    """State rebuilt from the journal at the start; safe to use from many threads.

    Every change writes its entry to the journal and is then applied by the same handler that replays it.
    """

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._lock = threading.RLock()
        self._messages: dict[str, Message] = {}
        self._phones: dict[tuple[Channel, str], Phone] = {}
        self._kept: dict[tuple[str, str], Any] = {}
        self._version = 0
        self._generation = uuid.uuid4().hex
        self._handlers: dict[str, Callable[[Entry], None]] = {
            "message": lambda entry: self._keep(Message.from_entry(entry)),
            "status": self._apply_status,
            "amend": self._apply_amend,
            "phone": self._apply_phone,
            "read": self._apply_read,
            "refuses": self._apply_refuses,
            "details": self._apply_details,
            "kept": self._apply_kept,
        }
        for entry in journal.read():
            self._apply(entry)

    # --- changes -------------------------------------------------------------------------------------------------

    def add(self, message: Message) -> None:
        """Take in a new message; its phone appears if it is new."""
        with self._lock:
            entry = {"event": "message", "at": message.created_at.isoformat(), **message.as_entry()}
            self._journal.append(entry)
            self._keep(message)
        self._journal.flush()

    def set_status(
        self, message: Message, status: str, *, reached: bool = False, error_code: int | None = None, sent: bool = False
    ) -> None:
        """Move a message to another status; `reached` puts it on the phone's screen, `sent` stamps its sending."""
        self._record("status", id=message.id, status=status, reached=reached, error_code=error_code, sent=sent)

    def amend(self, message: Message, *, text: str | None = None, **details: Any) -> None:
        """Change a message's words (None: not), or single things in its details."""
        self._record("amend", id=message.id, text=text, details=details)

    def set_phone(
        self, channel: Channel, number: str, *, name: str | None = None, on: bool | None = None, tel: str | None = None
    ) -> Phone:
        """Add a phone or change its name, its power or the number behind it; None leaves a thing as it is."""
        self._record("phone", channel=channel.value, number=number, name=name, on=on, tel=tel)
        return self._phones[channel, number]

    def mark_read(self, channel: Channel, number: str) -> None:
        self._record("read", channel=channel.value, number=number)

    def set_refuses(self, channel: Channel, number: str, sender: str, refuses: bool) -> None:
        """Note that a phone's owner has opted out of a sender ("*" for all), or back in."""
        self._record("refuses", channel=channel.value, number=number, sender=sender, refuses=refuses)

    def set_details(self, channel: Channel, number: str, **details: Any) -> Phone:
        """Change what only the provider understands of a phone; values are JSON, what is not named stays."""
        self._record("details", channel=channel.value, number=number, details=details)
        return self._phones[channel, number]

    def keep(self, provider: str, key: str, value: Any) -> None:
        """Keep a provider's own state (JSON) under a key. It outlives a `reset`: it belongs to no phone or message."""
        self._record("kept", provider=provider, key=key, value=value)

    def note(self, event: str, **fields: Any) -> None:
        """Write to the log what changes no message: a refused request, a callback and how it was answered."""
        with self._lock:
            self._journal.append({"event": event, "at": self._clock().isoformat(), **fields})
        self._journal.flush()

    def reset(self) -> None:
        """Forget everything but what providers keep."""
        with self._lock:
            self._journal.clear()
            self._messages.clear()
            self._phones.clear()
            self._generation = uuid.uuid4().hex
            for (provider, key), value in self._kept.items():
                self.keep(provider, key, value)

    # --- questions -----------------------------------------------------------------------------------------------

    @property
    def version(self) -> int:
        """Grows with every change a phone can show."""
        return self._version

    @property
    def generation(self) -> str:
        """Another one after every start and reset: what a page knows of an older one is void."""
        return self._generation

    def message(self, message_id: str) -> Message | None:
        return self._messages.get(message_id)

    def messages(self) -> list[Message]:
        """Every message, oldest first."""
        with self._lock:
            return list(self._messages.values())

    def conversation(self, channel: Channel, number: str) -> list[Message]:
        """Every message to and from a phone, oldest first, also those that never reached it."""
        with self._lock:
            phone = self._phones.get((channel, number))
            return list(phone.messages) if phone else []

    def kept(self, provider: str, key: str) -> Any:
        """What a provider keeps under a key; None if nothing."""
        return self._kept.get((provider, key))

    def phone(self, channel: Channel, number: str) -> Phone | None:
        return self._phones.get((channel, number))

    def phones_changed(self, after: int) -> list[Phone]:
        """Phones whose version is above `after`, the latest changed first."""
        with self._lock:
            changed: list[Phone] = []
            for phone in reversed(self._phones.values()):
                if phone.version <= after:
                    break
                changed.append(phone)
            return changed

    def log(self, after: int = 0) -> Iterator[Entry]:
        """The journal's entries, oldest first."""
        return self._journal.read(after)

    # --- how a change is applied ---------------------------------------------------------------------------------

    def _record(self, event: str, **fields: Any) -> None:
        with self._lock:
            entry = {"event": event, "at": self._clock().isoformat(), **fields}
            self._journal.append(entry)
            self._apply(entry)
        self._journal.flush()

    def _apply(self, entry: Entry) -> None:
        handler = self._handlers.get(entry["event"])
        if handler:
            handler(entry)

    def _keep(self, message: Message) -> None:
        self._messages[message.id] = message
        phone = self._touch(message.channel, message.number)
        phone.messages.append(message)
        if message.direction is Direction.FROM_PHONE:
            message.reached = True

    def _apply_status(self, entry: Entry) -> None:
        message = self._messages.get(entry["id"])
        if message is None:  # reset came in between
            return
        at = datetime.fromisoformat(entry["at"])
        message.status, message.error_code, message.updated_at = entry["status"], entry["error_code"], at
        if entry["sent"]:
            message.sent_at = at
        phone = self._touch(message.channel, message.number)
        if entry["reached"] and not message.reached:
            message.reached = True
            phone.unread += 1

    def _apply_amend(self, entry: Entry) -> None:
        message = self._messages.get(entry["id"])
        if message is None:  # reset came in between
            return
        message.text = message.text if entry["text"] is None else entry["text"]
        message.details.update(entry["details"])
        self._touch(message.channel, message.number)

    def _apply_phone(self, entry: Entry) -> None:
        phone = self._touch(Channel(entry["channel"]), entry["number"])
        phone.name = phone.name if entry["name"] is None else entry["name"]
        phone.on = phone.on if entry["on"] is None else entry["on"]
        phone.tel = phone.tel if entry.get("tel") is None else entry["tel"]

    def _apply_read(self, entry: Entry) -> None:
        self._touch(Channel(entry["channel"]), entry["number"]).unread = 0

    def _apply_refuses(self, entry: Entry) -> None:
        refused = self._touch(Channel(entry["channel"]), entry["number"]).refuses
        (refused.add if entry["refuses"] else refused.discard)(entry["sender"])

    def _apply_details(self, entry: Entry) -> None:
        self._touch(Channel(entry["channel"]), entry["number"]).details.update(entry["details"])

    def _apply_kept(self, entry: Entry) -> None:
        self._kept[entry["provider"], entry["key"]] = entry["value"]

    def _touch(self, channel: Channel, number: str) -> Phone:
        """The phone, made if new, moved to the end of the order of last change."""
        phone = self._phones.pop((channel, number), None) or Phone(channel, number)
        self._phones[channel, number] = phone
        self._version += 1
        phone.version = self._version
        return phone
