"""The citizen's end of every channel, in one shape: hear a question, answer it by whatever the channel offers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Protocol

import httpx

from language.phones import to_e164
from language.text import fold
from tests.e2e.town import Phone, WebChat, wait_for

_NUMBERED = re.compile(r"^(\d)\. (.+)$", re.MULTILINE)


class Handset(Protocol):
    """One citizen at one channel. Every method gives the text that is heard in answer."""

    def open(self) -> str:
        """Begin the talk in the channel's own way."""

    def tell_who(self) -> str | None:
        """Answer the question for the code in the channel's own way; None where nothing has to be told."""

    def answer(self, words: str) -> str:
        """Choose the choice called `words` where it is offered, else write them."""


@dataclass
class Sms:
    """A plain phone: choices are numbered, and the number is sent."""

    phone: Phone
    heard: str = ""

    def open(self) -> str:
        return self._say("co")

    def tell_who(self) -> None:
        """The invitation came to this phone."""

    def answer(self, words: str) -> str:
        numbers = {fold(title): number for number, title in _NUMBERED.findall(self.heard)}
        return self._say(numbers.get(fold(words), words))

    def _say(self, text: str) -> str:
        self.heard = self.phone.say(text)
        return self.heard


@dataclass
class Messenger:
    """A smartphone with Zalo or Telegram: choices are buttons of the last message."""

    simulator: httpx.Client
    channel: str
    address: str

    def act(self, gesture: str, **fields: object) -> str:
        """Do something besides writing."""
        return self._hear(f"acts/{gesture}", fields)

    def answer(self, words: str) -> str:
        last = self.heard()[-1]
        if words in [button["title"] for row in last["buttons"] for button in row]:
            return self.act("press", message=last["id"], button=words)
        return self._hear("say", {"text": words})

    def send_pictures(self, count: int) -> str:
        """Send so many pictures at once."""
        return self._hear("say", {"media": ["image/png"] * count})

    def heard(self) -> list[dict[str, Any]]:
        """What the office has written, oldest first."""
        answer = self.simulator.get(f"/control/phones/{self.address}/messages", params={"channel": self.channel})
        return [one for one in answer.json()["messages"] if one["direction"] == "to_phone" and one["reached"]]

    def _hear(self, what: str, fields: dict[str, Any]) -> str:
        before = len(self.heard())
        done = self.simulator.post(
            f"/control/phones/{self.address}/{what}", params={"channel": self.channel}, json=fields
        )
        assert done.status_code == 202, done.text
        text: str = wait_for(f"an answer to {what}", lambda: self.heard()[before:])[-1]["text"]
        return text


class Zalo(Messenger):
    """Opened by following the Official Account; the form of the phone tells who it is."""

    def __init__(self, simulator: httpx.Client, number: str, name: str) -> None:
        super().__init__(simulator, "zalo", to_e164(number))
        added = {"channel": "zalo", "number": self.address, "name": name}
        simulator.post("/control/phones", json=added).raise_for_status()

    def open(self) -> str:
        return self.act("follow")

    def tell_who(self) -> str:
        return self.answer("Chia sẻ thông tin")


class Telegram(Messenger):
    """Opened by the link on an officer's slip, which bears the code; or, without a code, told by the shared phone."""

    def __init__(self, simulator: httpx.Client, number: str, name: str, code: str = "") -> None:
        tel = to_e164(number)
        super().__init__(simulator, "telegram", f"7{tel[-9:]}")
        self._code = code
        added = {"channel": "telegram", "number": self.address, "tel": tel, "name": name}
        simulator.post("/control/phones", json=added).raise_for_status()

    def open(self) -> str:
        return self.act("start", code=self._code)

    def tell_who(self) -> str | None:
        return None if self._code else self.answer("Gửi số điện thoại")


@dataclass
class Web:
    """The web chat: buttons, and the code typed."""

    chat: WebChat
    code: str

    def open(self) -> str:
        return self.answer("khai")

    def tell_who(self) -> str:
        return self.answer(self.code.lower())

    def answer(self, words: str) -> str:
        text: str = self.chat.say(words)["text"]
        return text
