"""A citizen of a rehearsal file, as `shared/dialogue.md` (Rehearsals) describes it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, StringConstraints

from roster.campaign import AccountDetails
from roster.survey.outcome import OutcomeGroup

MOST_TURNS = 30
"""Where a citizen names no limit."""
DEFAULT_WARD = "Phường Láng"

NO_GROUP = "none"
Group = Literal[
    OutcomeGroup.OWN_ACCOUNT,
    OutcomeGroup.OPEN_AT_HOME,
    OutcomeGroup.OPEN_AT_WARD,
    OutcomeGroup.OPEN_BY_ONESELF,
    OutcomeGroup.OPEN_AT_COUNTER,
    OutcomeGroup.THROUGH_RELATIVE,
    OutcomeGroup.CASH,
    OutcomeGroup.OFFICER,
    "none",
]


class Channel(StrEnum):
    """Ways in that a file may name."""

    SMS = "sms"
    ZALO = "zalo"
    TELEGRAM = "telegram"
    WEB = "web"


PLAYABLE = frozenset({Channel.SMS, Channel.WEB})


def _nothing_to_none(value: Any) -> Any:
    return None if isinstance(value, str) and value.strip().lower() in ("", "null", "~", "none", "absent") else value


def _one_to_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Text = Annotated[str, StringConstraints(min_length=1)]
Texts = Annotated[list[Text], BeforeValidator(_one_to_list)]
Lines = Annotated[list[Text], BeforeValidator(_one_to_list), Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, validate_default=True)


class PersonCard(_Part):
    """The person that is put on the roster for this citizen alone."""

    full_name: Text
    birth_year: Annotated[int | None, Field(ge=1900, le=2100)] = None
    gender: Literal["male", "female"] | None = None
    category: Text = "social_protection"
    ward: Text = DEFAULT_WARD
    under_guardianship: bool = False


class Expectation(_Part):
    """How the conversation must end. What is left out is not looked at."""

    group: Group | None = None
    claim: Annotated[dict[str, str] | None, BeforeValidator(_nothing_to_none)] = None
    """Field → value. None: nothing is said of it, or that there must be no claim (`expects_no_claim`)."""
    escalated: bool | None = None
    opted_out: bool | None = None
    answered: Texts = []
    says: Texts = []
    never_says: Texts = []
    max_turns: Annotated[int | None, Field(ge=1, le=200)] = None

    @property
    def expects_no_claim(self) -> bool:
        """Whether a claim must not exist: it is said so, or the group comes without one."""
        if self.claim is not None:
            return False
        return "claim" in self.model_fields_set or self.group in (NO_GROUP, OutcomeGroup.OFFICER)


class Citizen(_Part):
    """One citizen: who it is, what it says to which question, and how it must end."""

    name: Text
    channel: Channel = Channel.SMS
    person: PersonCard
    invited: bool = True
    account_details: AccountDetails = AccountDetails.CHAT
    opens: Text
    answers: dict[str, Lines] = {}
    interrupts: dict[str, Text] = {}
    tags: Texts = []
    expect: Expectation

    _source: Path = PrivateAttr(default=Path())

    @property
    def source(self) -> Path:
        """The file it comes from."""
        return self._source

    def from_file(self, source: Path) -> Citizen:
        """The same citizen, remembering its file."""
        self._source = source
        return self

    @property
    def most_turns(self) -> int:
        """After so many messages the citizen gives up."""
        return self.expect.max_turns or MOST_TURNS
