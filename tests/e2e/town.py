"""A commune's whole world for a test: the real stack, the roster, and the citizens' phones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
from sqlalchemy import select

from core.clock import now
from core.database import transaction
from core.settings import ROOT
from language.phones import to_e164
from loa.stack import Stack
from outreach.campaign_setup import CampaignPlan, plan_campaign, steps_of
from outreach.releasing import release_step
from roster.campaign import AccountDetails
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Person

T = TypeVar("T")
PLANNER, RELEASER = 1, 2
FACTS = {
    "phone": "024 3852 0000",
    "office": "trụ sở UBND",
    "hours": "8:00-17:00",
    "payday": "từ ngày 5 đến ngày 10",
    "documents": "căn cước công dân",
}
SAMPLE = ROOT / "tests" / "data" / "roster_sample.xlsx"


class NothingHappened(AssertionError):
    """What a test waited for did not come."""


def wait_for[T](what: str, look: Callable[[], T | None], seconds: float = 45) -> T:
    """Look until `look` gives something true; other processes work meanwhile. Raises NothingHappened."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        seen = look()
        if seen:
            return seen
        time.sleep(0.05)
    raise NothingHappened(what)


@dataclass
class Phone:
    """One citizen's handset at the stand-in provider."""

    number: str
    simulator: httpx.Client

    def inbox(self) -> list[str]:
        """The texts that came, oldest first."""
        answer = self.simulator.get(f"/control/phones/{to_e164(self.number)}/messages")
        if answer.status_code == 404:
            return []
        return [one["text"] for one in answer.json()["messages"] if one["direction"] == "to_phone"]

    def say(self, text: str) -> str:
        """Write to the office; gives its answer."""
        before = len(self.inbox())
        self.write(text)
        return wait_for(f"an answer to {text!r}", lambda: self.inbox()[before:])[0]

    def write(self, text: str) -> None:
        """Write to the office and wait for nothing."""
        self.simulator.post(f"/control/phones/{to_e164(self.number)}/say", json={"text": text}).raise_for_status()

    def converse(self, *texts: str) -> list[str]:
        """Say one after the other; the answers."""
        return [self.say(text) for text in texts]


@dataclass
class Town:
    """The running stack and what stands around it."""

    stack: Stack
    simulator: httpx.Client
    public: httpx.Client
    console: str

    def phone(self, number: str) -> Phone:
        return Phone(number, self.simulator)

    def loa(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the `loa` command as an operator does."""
        return subprocess.run(
            [sys.executable, "-m", "loa.cli", *arguments], cwd=ROOT, env=os.environ, text=True, capture_output=True
        )

    def import_roster(self, file: Path = SAMPLE) -> str:
        ran = self.loa("roster", "import", str(file), "--skip-errors")
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def invite(self, details: AccountDetails = AccountDetails.CHAT) -> int:
        """Plan a campaign and have a second person release it; its number."""
        plan = CampaignPlan("Đợt thử", (now() + timedelta(days=60)).date(), now(), FACTS, details)
        with transaction() as session:
            campaign = plan_campaign(session, plan, PLANNER, now())
            for step in steps_of(session, campaign.id):
                release_step(session, step.id, RELEASER, now())
            return campaign.id

    def people_with_own_phone(self) -> list[tuple[Person, str]]:
        """People of the roster whose own phone serves nobody else, with that phone."""
        with transaction() as session:
            rows = session.execute(
                select(Person, ContactPoint.address)
                .join(PersonContact, PersonContact.person_id == Person.id)
                .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
                .where(ContactPoint.kind == ContactKind.PHONE, PersonContact.holder == Holder.SELF)
                .where(PersonContact.rank == 0, Person.birth_year < 1960)
                .order_by(Person.reference)
            ).all()
            shared = [address for _, address in rows]
            return [(person, address) for person, address in rows if shared.count(address) == 1]


class WebChat:
    """A citizen at the web chat, pressing buttons where there are any, and listening as the page does."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=30)
        self._http.get("/chat").raise_for_status()
        self._said = 0
        self._last: dict[str, Any] = {"id": 0, "choices": []}

    def say(self, text: str) -> dict[str, Any]:
        """Type, or press the button with these very words; the answer with its choices."""
        payload = next((one["payload"] for one in self._last["choices"] if one["title"] == text), None)
        self._said += 1
        said = {"id": f"m{self._said}", "text": text, "payload": payload}
        self._http.post("/chat/messages", json=said).raise_for_status()
        self._last = wait_for(f"an answer to {text!r}", self._heard)[-1]
        return self._last

    def _heard(self) -> list[dict[str, Any]]:
        """What the office wrote since, as one look of the stream brings it; nothing if the stream ends without."""
        heard: list[dict[str, Any]] = []
        with self._http.stream("GET", "/chat/events", params={"seen": self._last["id"]}) as stream:
            for line in stream.raise_for_status().iter_lines():
                if line.startswith("data: "):
                    heard.append(json.loads(line.removeprefix("data: ")))
                elif line.startswith(":") and heard:
                    break
        return heard
