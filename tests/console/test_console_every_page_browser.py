"""Every page of the console in real Chromium, on an old PC's screen and on a phone's: it fits and can be read aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask, url_for

from console.permissions import Action, action_of, allowed
from console.staff_roles import CITY_WIDE, StaffRole
from tests.console import ward
from tests.console.conftest import Browser
from tests.console.full_ward import Places, fill
from tests.console.rehearsed import reports_kept_in
from tests.console.test_console_browser import Visit, address, chromium, visit
from tests.console.usable import HEAVIEST, NARROW, WIDE, faults, grave_findings, weight
from tests.environment import TestClock

__all__ = ["address", "chromium", "visit"]

pytestmark = pytest.mark.browser
NOT_PAGES = {
    *("approvals.next_card", "claims.next_card", "visits.scanned", "zalo.take"),  # they lead to a page
    *("audiences.visit_list", "certificates.download", "change_files.download", "invoices.download", "lists.download",
      "lists.sync_file", "payments.take_list", "signed_lists.download", "visits.workbook", "attachments.show",
      "metrics.metrics", "static", "health"),  # files
    *("campaign_steps.step_preview", "campaign_watch.live", "claims.conversation", "imports.row_form",
      "imports.row_line", "people.conversation", "people.messages", "texts.zalo_standing",
      "threads.talk"),  # parts of a page, fetched into it
}  # fmt: skip
PAPERS = {"visits.sheet", "slips.lists", "slips.cards"}
"""Opened to be printed: they weigh more the more people stand on them, each with a code to scan."""
LOOKED_AT_ELSEWHERE = {"zalo.back", "visits.one_file"}
"""Read by a program as well: `test_console_zalo_browser.py`, `test_console_visits.py`."""
LOOKING = (StaffRole.OFFICER, StaffRole.APPROVER, StaffRole.MANAGER, StaffRole.ADMINISTRATOR, StaffRole.AUDITOR)


def pages(app: Flask) -> dict[str, Action]:
    """Every page of ours behind the sign-in, with what it is for."""
    found = {}
    for rule in app.url_map.iter_rules():
        ours = "GET" in (rule.methods or set()) and not rule.endpoint.startswith("security.")
        action = action_of(rule.endpoint, app.view_functions[rule.endpoint])
        if ours and action and rule.endpoint not in NOT_PAGES | LOOKED_AT_ELSEWHERE:
            found[rule.endpoint] = action
    return found


def who_looks(endpoint: str, action: Action) -> StaffRole:
    """The first role that may; a file that somebody else brought in is open to a manager alone."""
    if endpoint == "imports.one_import":
        return StaffRole.MANAGER
    return next(role for role in StaffRole if allowed([role], action))


@pytest.fixture
def places(database: str, clock: TestClock, sit: Callable[..., Browser], tmp_path: Path) -> Iterator[Places]:
    """The ward, full; emptied after the test."""
    with reports_kept_in(tmp_path):
        yield fill(sit)
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute(
            "TRUNCATE campaign, person, contact_point, gauge, match_file, returned_file, signed_list, saved_audience"
            " CASCADE"
        )


@pytest.mark.parametrize("role", LOOKING)
def test_a_page_fits_weighs_little_and_can_be_read_aloud(
    app: Flask, visit: Visit, places: Places, role: StaffRole
) -> None:
    page = visit(role.value, commune=None if role in CITY_WIDE else ward.HERE)
    found = []
    for endpoint, action in pages(app).items():
        if who_looks(endpoint, action) is not role:
            continue
        with app.test_request_context():
            path = url_for(endpoint, **places.get(endpoint, {}))
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            answer = page.goto(path)
            assert answer and answer.status == 200, path
            said = [*faults(page), *grave_findings(page)]
            found += [(path, size["width"], one) for one in said]
        found += [(path, "too heavy", weight(page))] if endpoint not in PAPERS and weight(page) >= HEAVIEST else []
    assert not found, "\n".join(str(one) for one in found)


def test_no_page_is_forgotten(app: Flask) -> None:
    assert {who_looks(*one) for one in pages(app).items()} == set(LOOKING)
    assert set(app.view_functions) >= NOT_PAGES | LOOKED_AT_ELSEWHERE, "nothing is excused that is not there"
