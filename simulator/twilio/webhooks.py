"""Twilio calls its customer: signed, tried again as the connection settings say, every attempt in the log."""

import time
import uuid
from collections.abc import Mapping
from urllib.parse import urlencode

from simulator.outcalls import Answer
from simulator.provider import World
from simulator.twilio.connection import Connection, read_connection
from simulator.twilio.signature import sign


class Webhooks:
    """Makes the calls of one account."""

    def __init__(self, world: World, auth_token: str) -> None:
        self._world = world
        self._auth_token = auth_token

    def post(self, event: str, url: str, parameters: Mapping[str, str]) -> Answer:
        """POST a form to the customer and return the last attempt's answer.

        `event` names the attempts in the log ("callback", "webhook"). All attempts bear the same idempotency token.
        """
        connection = read_connection(url)
        headers = self._headers(connection.url, parameters)
        body = urlencode(parameters).encode()
        deadline = time.monotonic() + connection.total_time
        for attempt in range(1, connection.retries + 2):
            answer = self._attempt(connection, body, headers, deadline)
            self._log(event, connection.url, parameters, attempt, answer)
            if not connection.tries_again_after(answer) or time.monotonic() >= deadline:
                break
        return answer

    def _headers(self, url: str, parameters: Mapping[str, str]) -> dict[str, str]:
        return {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "User-Agent": "TwilioProxy/1.1",
            "Accept": "*/*",
            "X-Twilio-Signature": sign(self._auth_token, url, parameters),
            "I-Twilio-Idempotency-Token": str(uuid.uuid4()),
        }

    def _attempt(self, connection: Connection, body: bytes, headers: Mapping[str, str], deadline: float) -> Answer:
        return self._world.outcalls.send(
            "POST",
            connection.url,
            body,
            headers,
            connect_timeout=connection.connect_timeout,
            read_timeout=max(0.1, min(connection.read_timeout, deadline - time.monotonic())),
        )

    def _log(self, event: str, url: str, parameters: Mapping[str, str], attempt: int, answer: Answer) -> None:
        self._world.ledger.note(
            event,
            provider="twilio",
            id=parameters["MessageSid"],
            status=parameters["SmsStatus"],
            url=url,
            attempt=attempt,
            http_status=answer.status,
            failure=answer.failure,
        )
