"""Which claim is worked first: who has waited longest, the most vulnerable as if they had waited some days more.

A head start in days, not a class of its own: nobody who waits is overtaken for ever. The days are the operator's.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from core.settings import ROOT


class ClaimOrder(BaseSettings):
    """The head starts, read from the environment or `.env` like `core.settings`."""

    model_config = SettingsConfigDict(env_prefix="LOA_CLAIM_ORDER_", env_file=ROOT / ".env", extra="ignore")

    old_age: int = Field(default=80, ge=0)
    """Whoever reaches this age within the year is old; rosters often know the year of birth alone."""
    old_age_days: int = Field(default=3, ge=0, le=365)
    category_days: dict[str, int] = {"social_protection": 2}
    """By the roster's category (`roster/intake/data/categories.yml`): social protection holds the disabled."""

    def is_old(self, birth_year: int | None, year: int) -> bool:
        """Whether somebody born in `birth_year` is old in `year`; nobody whose year of birth is not known."""
        return birth_year is not None and birth_year <= year - self.old_age

    def days_ahead(self, birth_year: int | None, categories: Iterable[str], year: int) -> int:
        """How many days more the claim counts as having waited: the greatest of what applies."""
        by_age = self.old_age_days if self.is_old(birth_year, year) else 0
        return max([by_age, *(self.category_days.get(one, 0) for one in categories)])


@lru_cache
def claim_order() -> ClaimOrder:
    """The order in force, read once."""
    return ClaimOrder()
