"""A turn's scene: its thread, draft and campaign, and the means to speak in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from bot.actions.choices import Choice
from bot.actions.turn import Turn
from bot.actions.words import words_for
from conversations.thread import Thread
from core import audit
from core.clock import VIETNAM, now
from core.database import Role, transaction
from roster.campaign import Campaign
from roster.survey.draft import Draft
from roster.survey.drafts import first_write, latest_draft, open_draft, running_campaign, was_written

QUIET = "quiet"
"""The kind of write that says: this turn has asked its own question, the survey's is not asked again."""


@dataclass
class Scene:
    """What an action works on, within one transaction, and what it says (`said`: keyword arguments for Rasa)."""

    session: Session
    turn: Turn
    thread: Thread
    draft: Draft | None
    campaign: Campaign | None
    at: datetime
    said: list[dict[str, Any]] = field(default_factory=list)

    def say(self, response: str, choices: list[Choice] | None = None, **words: str) -> None:
        """Speak the text `response` (a name under bot/data/responses/), offering `choices`."""
        filled = words_for(self.session, self.draft, self.campaign, self.at.astimezone(VIETNAM).date())
        buttons = {"buttons": choices} if choices else {}
        self.said.append({"response": response, **filled, **words, **buttons})
        if choices is not None:
            self.offer(choices)

    def offer(self, choices: list[Choice]) -> None:
        """Remember what "1" will mean in the next message."""
        self.thread.offered = json.dumps(choices, ensure_ascii=False) if choices else None

    def first(self, kind: str) -> bool:
        """Whether this turn does `kind` for the first time: a repeated turn changes nothing."""
        return first_write(self.session, self.turn.message_id, kind, self.at)

    def record(self, action: str, subject: str) -> None:
        """Append to the audit log what this thread's words did."""
        actor = audit.Actor("thread", str(self.thread.id))
        audit.record(self.session, self.at, actor, action, subject, commune_code=self.thread.commune_code)

    def did(self, kind: str) -> bool:
        """Whether this turn's write of `kind` stands."""
        return was_written(self.session, self.turn.message_id, kind)

    def be_quiet(self) -> None:
        """Keep the survey from asking its question in this turn."""
        self.first(QUIET)

    @property
    def is_quiet(self) -> bool:
        return self.did(QUIET)

    def done(self) -> None:
        """Mark the turn complete: an answer without this mark is a failure that the relay repeats."""
        self.said.append({"json_message": {"turn_done": self.turn.message_id}})


@contextmanager
def scene_of(turn: Turn) -> Iterator[Scene]:
    """The scene of `turn`, its thread and open draft locked until the transaction ends."""
    with transaction(Role.WORKER) as session:
        thread = session.get_one(Thread, turn.thread_id, with_for_update=True)
        draft = open_draft(session, turn.thread_id) or latest_draft(session, turn.thread_id)
        campaign = session.get(Campaign, draft.campaign_id) if draft else running_campaign(session)
        yield Scene(session, turn, thread, draft, campaign, now())
