"""An eSMS account at the stand-in, by bare HTTP."""

from dataclasses import dataclass
from typing import Any

import httpx

from simulator.esms.config import EsmsConfig
from tests.simulator.desk import Desk

KEYS = {"ApiKey": "INVENTEDAPIKEY", "SecretKey": "INVENTEDSECRETKEY"}
CONFIG = EsmsConfig(KEYS["ApiKey"], KEYS["SecretKey"], sent_after=0, delivered_after=0)
TO = "+84912345678"


@dataclass
class Account:
    """Sends and asks."""

    desk: Desk

    def post(self, method: str = "SendMultipleMessage_V4_post_json/", timeout: Any = 30, **body: Any) -> httpx.Response:
        return httpx.post(f"{self.desk.url}/esms/MainService.svc/json/{method}", json=body, timeout=timeout)

    def order(self, **changes: Any) -> dict[str, Any]:
        """Send, and what was answered."""
        good = {**KEYS, "Phone": "0912345678", "Content": "Kinh moi", "Brandname": "PhuongLang", "SmsType": "2"}
        answer = self.post(**{**good, **changes})
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def send(self, **changes: Any) -> str:
        """Send; the SMSID."""
        answer = self.order(**changes)
        assert answer["CodeResult"] == "100", answer
        sms_id: str = answer["SMSID"]
        return sms_id

    def ask(self, method: str, **query: str) -> dict[str, Any]:
        url = f"{self.desk.url}/esms/MainService.svc/json/{method}"
        found: dict[str, Any] = httpx.get(url, params={**KEYS, **query}).json()
        return found

    def left(self) -> int:
        balance: int = self.post("GetBalance_json", **KEYS).json()["Balance"]
        return balance

    def arrived(self) -> list[str]:
        """What the phone shows."""
        return [message["text"] for message in self.desk.messages("sms", TO) if message["reached"]]
