"""What the OA has to do with a person: whether they follow it, when they last did something, what keeps them away."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from simulator.messages import Channel
from simulator.provider import World
from simulator.zalo.identity import user_id_by_app_of, user_id_of


@dataclass(frozen=True, slots=True)
class Person:
    """`oa_refusal` and `template_refusal` are the error codes that messages to this person meet (−217, −139, …)."""

    number: str
    name: str = ""
    has_zalo: bool = True
    follows: bool = False
    last_interaction: datetime | None = None
    oa_refusal: int | None = None
    template_refusal: int | None = None
    shared: dict[str, str] = field(default_factory=dict)

    @property
    def user_id(self) -> str:
        return user_id_of(self.number)

    @property
    def user_id_by_app(self) -> str:
        return user_id_by_app_of(self.number)

    @property
    def phone(self) -> str:
        """The number as the provider writes it: 84912345678."""
        return self.number.removeprefix("+")

    def interacted_within(self, now: datetime, seconds: float) -> bool:
        return self.last_interaction is not None and now - self.last_interaction <= timedelta(seconds=seconds)


class People:
    """Reads and changes persons; they are kept in the ledger, with their phones."""

    def __init__(self, world: World, everybody: bool = True) -> None:
        """`everybody`: whether a number of which nothing is known is somebody's on Zalo."""
        self._world = world
        self._everybody = everybody

    def person(self, number: str) -> Person:
        """The person at an E.164 number, a stranger if nothing is known of them."""
        phone = self._world.ledger.phone(Channel.ZALO, number)
        if phone is None:
            return Person(number, has_zalo=self._everybody)
        known = {name: value for name, value in phone.details.items() if name in _KEPT}
        last = known.pop("last_interaction", None)
        return Person(number, phone.name, last_interaction=datetime.fromisoformat(last) if last else None, **known)

    def change(self, number: str, **details: Any) -> Person:
        """Change what is kept of a person, by the names of `Person`."""
        self._world.ledger.set_details(Channel.ZALO, number, **details)
        return self.person(number)

    def interact(self, number: str, **details: Any) -> Person:
        """The person has done something that opens the window for consultation messages."""
        return self.change(number, last_interaction=self._world.clock().isoformat(), **details)


_KEPT = {"has_zalo", "follows", "last_interaction", "oa_refusal", "template_refusal", "shared"}
