"""A bot at the Telegram stand-in, by bare HTTP."""

from dataclasses import dataclass
from typing import Any

import httpx

from simulator.telegram.config import TelegramConfig
from tests.simulator.desk import Desk

TOKEN = "7000100200:invented-token_for-tests-0123456789"
CONFIG = TelegramConfig(token=TOKEN, first_name="Phường Láng", username="phuong_lang_bot", per_chat=0)
PERSON = "5501234567"


@dataclass
class Bot:
    """Calls methods; `known` people have pressed Start."""

    desk: Desk
    token: str = TOKEN

    def post(self, method: str, **parameters: Any) -> httpx.Response:
        return httpx.post(f"{self.desk.url}/telegram/bot{self.token}/{method}", json=parameters, timeout=30)

    def call(self, method: str, **parameters: Any) -> Any:
        answer = self.post(method, **parameters)
        assert answer.status_code == 200, answer.text
        assert answer.json()["ok"] is True
        return answer.json()["result"]

    def refusal(self, method: str, **parameters: Any) -> tuple[int, str]:
        answer = self.post(method, **parameters)
        body = answer.json()
        assert (body["ok"], body["error_code"]) == (False, answer.status_code)
        return answer.status_code, body["description"]

    def meet(self, person: str = PERSON, name: str = "Bà Hoa", tel: str = "0912345678") -> None:
        """Somebody presses Start; the update is taken."""
        self.desk.add("telegram", person, name=name, tel=tel)
        self.desk.act("telegram", person, "start")
        if not self.call("getWebhookInfo")["url"]:
            self.take()

    def take(self) -> list[dict[str, Any]]:
        """What is in line, and confirm it."""
        updates: list[dict[str, Any]] = self.call("getUpdates")
        if updates:
            self.call("getUpdates", offset=updates[-1]["update_id"] + 1)
        return updates

    def send(self, person: str = PERSON, text: str = "Kính mời", **more: Any) -> dict[str, Any]:
        message: dict[str, Any] = self.call("sendMessage", chat_id=int(person), text=text, **more)
        return message
