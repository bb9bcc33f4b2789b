"""Rasa's part in a turn, played over HTTP: the bot's own reading, then the real action server's actions.

They come in the order of Rasa's form and of the three rules of `bot/data/rules/survey.yml` (decisions 4 and 5). What a
sentence is classified as is given by the test, so that the tests of the dialogue hold whatever model was trained last.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from bot.components.citizen_text import without_commands
from bot.components.intent_shape import intent_of, with_first
from bot.components.meaning import Heard, Thresholds, meaning_of
from bot.components.reading_shape import answer_entities, open_from
from bot.components.replies import TurnReplies
from core.clock import now
from core.settings import settings
from language.answering.reader import read
from loa.dialogue.source import read_dialogue
from roster.survey.questions import Question

FORM = "survey_form"
SESSION = timedelta(minutes=read_dialogue().domain["session_config"]["session_expiration_time"])
NOTHING_SURE = [("out_of_scope", 0.5), ("unsure", 0.1)]
"""What the classifier says where the test does not care: no label that anything is done for."""


@dataclass
class RasaPart:
    """`classified`: the ranking to give for a text, by the text as the citizen typed it."""

    actions_url: str
    classified: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    in_form: set[str] = field(default_factory=set)
    """Senders whose survey form is active."""
    slots: dict[str, dict[str, str | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._texts = read_dialogue().responses
        self._heard_at: dict[str, datetime] = {}
        self._client = httpx.Client(
            base_url=self.actions_url,
            headers={"X-Loa-Token": settings().internal_token.get_secret_value()},
            timeout=30,
        )

    def hears(self, text: str, *labels: str) -> None:
        """Have `text` classified as the first of `labels`, surely; of two, as the first hardly before the second."""
        sure = [(labels[0], 0.9), ("unsure", 0.02)]
        close = [(label, 0.4 - 0.02 * place) for place, label in enumerate(labels)]
        self.classified[text] = sure if len(labels) == 1 else close

    def turn(self, call: dict[str, Any]) -> dict[str, Any]:
        """What the relay channel answers to one message."""
        sender, said = call["sender"], TurnReplies()
        self._forget_after_silence(sender)
        message = self._understood(call)
        filled = self._run("action_take_answers", sender, message, said)
        if sender in self.in_form:
            if not filled:
                self._run("action_serve", sender, message, said)
            self._form(sender, message, said)
        else:
            followed = self._run("action_serve", sender, message, said)
            if FORM in (next_ := [event["name"] for event in followed if event["event"] == "followup"]):
                self.in_form.add(sender)
                self._form(sender, message, said)
            elif next_:
                self._run(next_[0], sender, message, said)
        return said.as_answer()

    def _forget_after_silence(self, sender: str) -> None:
        """A new session of Rasa's begins, without a form and without slots (`session_config` of the domain)."""
        if now() - self._heard_at.get(sender, now()) > SESSION:
            self.in_form.discard(sender)
            self.slots.pop(sender, None)
        self._heard_at[sender] = now()

    def _understood(self, call: dict[str, Any]) -> dict[str, Any]:
        """The message as Rasa's pipeline leaves it."""
        metadata, text = call["metadata"], without_commands(call["text"])
        ranking = self.classified.get(call["text"], NOTHING_SURE)
        heard = Heard(text, ranking, metadata.get("payload"), metadata.get("media"))
        open_ = open_from(metadata)
        reading = read(text, open_, ranking, heard.payload)
        meaning = meaning_of(heard, reading, open_, Thresholds())
        return {
            "text": text,
            "intent": intent_of(meaning.label, dict(with_first(meaning.label, ranking))[meaning.label]),
            "entities": answer_entities(reading),
            "alternatives": list(meaning.alternatives),
            "metadata": metadata,
        }

    def _form(self, sender: str, message: dict[str, Any], said: TurnReplies) -> None:
        """The form asks for the first question without a value, and ends where there is none."""
        slots = self.slots.get(sender, {})
        asked = next((question.value for question in Question if slots.get(question.value) is None), None)
        if asked is None:
            self.in_form.discard(sender)
        self._run(f"action_ask_{asked}" if asked else "action_finish", sender, message, said)

    def _run(self, action: str, sender: str, message: dict[str, Any], said: TurnReplies) -> list[dict[str, Any]]:
        active = {"name": FORM} if sender in self.in_form else {}
        tracker = {
            "sender_id": sender,
            "slots": self.slots.get(sender, {}),
            "latest_message": message,
            "active_loop": active,
            "events": [],
            "paused": False,
            "latest_action_name": None,
            "latest_input_channel": "relay",
        }
        call = {"next_action": action, "sender_id": sender, "tracker": tracker, "domain": {}, "version": "3.6"}
        done = self._client.post("/webhook", json=call).raise_for_status().json()
        for response in done["responses"]:
            said.add(self._worded(response), str(message["metadata"]["message_id"]))
        events: list[dict[str, Any]] = done["events"]
        set_now = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
        self.slots[sender] = {**self.slots.get(sender, {}), **set_now}
        return events

    def _worded(self, response: dict[str, Any]) -> dict[str, Any]:
        name = response.get("response")
        return {**response, "text": self._texts[name].format_map(response)} if name else response


@contextmanager
def playing(actions_url: str) -> Iterator[RasaPart]:
    """Rasa's part, listening where the services look for Rasa."""
    part = RasaPart(actions_url)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def do_POST(self) -> None:
            call = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            content = json.dumps(part.turn(call)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", settings().rasa_port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield part
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
