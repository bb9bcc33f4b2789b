"""Playing one citizen: say, wait for the bot, look what is open, say the next thing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import httpx

from conversations.rehearsal_report import Line
from core.database import Role, transaction
from loa.rehearsal import looking
from loa.rehearsal.cast import Player
from loa.rehearsal.citizen import Channel
from loa.rehearsal.ending import Ending
from loa.rehearsal.handsets import Handset, Heard, NotTaken
from loa.rehearsal.looking import Answered, Standing
from loa.rehearsal.script import Script
from roster.survey.draft import Closing

LOOK_EVERY_SECONDS = 0.1
ANSWER_WITHIN_SECONDS = 90.0
"""Longer than a turn that fails four times and goes to an officer."""


class Stop(StrEnum):
    """Why a conversation ended."""

    DECLARED = "declared"
    ESCALATED = "escalated"
    OPTED_OUT = "opted_out"
    CLOSED = "closed"
    NOTHING_ASKED = "nothing_asked"
    MOST_TURNS = "most_turns"
    BROKE_DOWN = "broke_down"
    NO_INVITATION = "no_invitation"
    NO_ANSWER = "no_answer"
    NOT_TAKEN = "not_taken"

    @property
    def is_a_failure(self) -> bool:
        """Whether the stack, not the citizen, ended it."""
        return self in (Stop.BROKE_DOWN, Stop.NO_INVITATION, Stop.NO_ANSWER, Stop.NOT_TAKEN)


@dataclass
class Conversation:
    """What was said, and how it ended."""

    lines: list[Line] = field(default_factory=list)
    turns: int = 0
    stop: Stop = Stop.NOTHING_ASKED
    ending: Ending = field(default_factory=Ending)


class Playing:
    """One citizen at its handset."""

    def __init__(self, player: Player, handset: Handset, campaign_id: int) -> None:
        self._player = player
        self._handset = handset
        self._campaign_id = campaign_id
        self._script = Script(player.citizen.answers, player.citizen.interrupts)
        self._known: set[str] = set()
        self._buttons: dict[str, str] = {}
        self.talk = Conversation()

    def play(self) -> Conversation:
        """The whole conversation, from the first word to the look at the roster."""
        try:
            self.talk.stop = self._converse()
        except (NotTaken, httpx.HTTPError):
            self.talk.stop = Stop.NOT_TAKEN
        return self.talk

    def _converse(self) -> Stop:
        sent_by_phone = self._player.citizen.invited and self._player.citizen.channel is Channel.SMS
        if sent_by_phone and not self._hear_invitation():
            return Stop.NO_INVITATION
        line: str | None = self._player.citizen.opens
        while line is not None:
            answer = self._say(line)
            if answer is None:
                return Stop.NO_ANSWER
            standing = self._look(answer)
            stop = reason_to_stop(standing, self._script)
            if stop is not None:
                return stop
            if self.talk.turns >= self._player.citizen.most_turns:
                return Stop.MOST_TURNS
            line = self._script.next(standing.open_question, standing.aside)
        return Stop.NOTHING_ASKED

    def _hear_invitation(self) -> bool:
        key = _waited(self._invitation)
        return key is not None and self._hear((key,), None)

    def _invitation(self) -> str | None:
        with transaction(Role.WORKER) as session:
            return looking.invitation(session, self._player.person_id, self._campaign_id)

    def _say(self, line: str) -> Answered | None:
        """Say `line` and hear what is said to it; None where no answer comes."""
        text = self._player.fill(line)
        began = time.monotonic()
        word = self._handset.say(text, self._buttons.get(text))
        self.talk.turns += 1
        self.talk.lines.append(Line(True, text))
        answer = _waited(lambda: _answered(word))
        if answer is None or not self._hear(answer.replies, began):
            return None
        return answer

    def _hear(self, keys: tuple[str, ...], began: float | None) -> bool:
        """Wait until every message of `keys` has reached the handset; False when one does not."""
        new = _waited(lambda: self._reached(set(keys)))
        if new is None:
            return False
        waited = None if began is None else time.monotonic() - began
        for one in new:
            self._known.add(one.key)
            self._buttons = one.choices
            self.talk.lines.append(Line(False, one.text, tuple(one.choices), waited))
        return True

    def _reached(self, keys: set[str]) -> list[Heard] | None:
        if keys <= self._known:
            return []
        heard = self._handset.heard()
        return [one for one in heard if one.key not in self._known] if keys <= {one.key for one in heard} else None

    def _look(self, answer: Answered) -> Standing:
        said = [line.text for line in self.talk.lines if not line.mine]
        with transaction(Role.WORKER) as session:
            self.talk.ending = looking.ending(session, answer.thread_id, said)
            return looking.standing(session, answer.thread_id)


def reason_to_stop(standing: Standing, script: Script) -> Stop | None:
    """Why the citizen stops here; None while it has something to say, or was not done with it."""
    if standing.broke_down:
        return Stop.BROKE_DOWN
    if script.owes_an_answer:
        return None
    if standing.declared:
        return Stop.DECLARED
    if standing.escalated:
        return Stop.ESCALATED
    if standing.opted_out:
        return None if script.has_more else Stop.OPTED_OUT
    if standing.closing is not None:
        changes_its_mind = standing.closing is Closing.REFUSED_CONSENT and script.has_more
        return None if changes_its_mind else Stop.CLOSED
    return None


def _answered(word: str) -> Answered | None:
    with transaction(Role.WORKER) as session:
        return looking.answered(session, word)


def _waited[T](look: Callable[[], T | None]) -> T | None:
    """What `look` finds, looked for again and again; None when it finds nothing in time."""
    ends = time.monotonic() + ANSWER_WITHIN_SECONDS
    while time.monotonic() < ends:
        found = look()
        if found is not None:
            return found
        time.sleep(LOOK_EVERY_SECONDS)
    return None
