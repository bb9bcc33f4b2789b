"""Whom the OA may write a consultation message to, and at whose cost.

The window opens with what a person does: following, writing, pressing a button. It is free for 48 hours, billed until
the seventh day is over, then shut.
"""

from simulator.messages import Channel, Direction
from simulator.provider import World
from simulator.zalo.account import VIETNAM
from simulator.zalo.config import ZaloConfig
from simulator.zalo.errors import OaCode, ZaloError, invalid
from simulator.zalo.identity import number_of
from simulator.zalo.people import People, Person
from simulator.zalo.resource import Product


class Reach:
    """Reads recipients and their windows."""

    def __init__(self, world: World, config: ZaloConfig, people: People) -> None:
        self._world = world
        self._config = config
        self._people = people

    def recipient(self, user_id: object) -> Person:
        """Somebody whom the OA may write to at all. ZaloError."""
        number = number_of(user_id)
        person = self._people.person(number) if number else None
        if person is None or not person.has_zalo:
            raise invalid("user_id")
        if person.oa_refusal is not None:
            raise ZaloError(person.oa_refusal)
        return person

    def check_window(self, person: Person) -> bool:
        """Whether the message is billed. ZaloError where it may not be sent."""
        now = self._world.clock()
        if self._config.follow_needed and not person.follows:
            raise ZaloError(OaCode.NOT_FOLLOWING)
        if person.last_interaction is None:
            raise ZaloError(OaCode.NEVER_INTERACTED)
        if not person.interacted_within(now, self._config.billable_for):
            raise ZaloError(OaCode.WINDOW_CLOSED)
        limit = self._config.person_daily_limit
        if limit is not None and self._had_today(person) >= limit:
            raise ZaloError(OaCode.PERSON_QUOTA)
        return not person.interacted_within(now, self._config.free_for)

    def _had_today(self, person: Person) -> int:
        today = self._world.clock().astimezone(VIETNAM).date()
        return sum(
            message.direction is Direction.TO_PHONE
            and message.details["product"] == Product.CONSULTATION
            and message.created_at.astimezone(VIETNAM).date() == today
            for message in self._world.ledger.conversation(Channel.ZALO, person.number)
        )
