"""How far a claim is put forward in the queue."""

from __future__ import annotations

import pytest

from roster.claim_order import ClaimOrder

ORDER = ClaimOrder(old_age=80, old_age_days=3, category_days={"social_protection": 2, "poor_household": 1})


@pytest.mark.parametrize(
    ("birth_year", "categories", "days"),
    [
        (1946, [], 3),
        (1947, [], 0),
        (None, [], 0),
        (None, ["social_protection"], 2),
        (1990, ["poor_household", "social_protection"], 2),
        (1940, ["social_protection"], 3),
        (1990, ["meritorious"], 0),
    ],
)
def test_the_greatest_head_start_counts(birth_year: int | None, categories: list[str], days: int) -> None:
    assert ORDER.days_ahead(birth_year, categories, 2026) == days
