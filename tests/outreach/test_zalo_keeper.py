"""The keeper of Zalo's tokens: replaced in time, committed before use, refused, silent, brought by hand."""

from __future__ import annotations

from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import text

from core.audit import SYSTEM, AuditEntry
from core.clock import now
from core.database import transaction
from outreach.channels.zalo import house
from outreach.channels.zalo.ticks import renew_token, watch_token
from outreach.channels.zalo.token import ZaloToken
from outreach.channels.zalo.token_state import Standing, token_state
from outreach.channels.zalo.tokens import NoToken
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.environment import TestClock
from tests.outreach.conftest import read_settings_anew
from tests.simulator.zalo_customer import OA_ID, REFRESH, ZaloStandIn

__all__ = ["zalo_site"]

WARN = timedelta(days=21)


@pytest.fixture
def site(zalo_site: StartSite) -> ZaloStandIn:
    return zalo_site()


def row() -> ZaloToken:
    with transaction() as session:
        return session.get_one(ZaloToken, OA_ID)


def standing() -> Standing:
    with transaction() as session:
        return token_state(session, OA_ID).standing(now(), WARN)


def another_process() -> None:
    """Forget what this process remembers of the tokens, as a new one would not know it."""
    house.keeper.cache_clear()


def works(site: ZaloStandIn, token: str) -> bool:
    site.access_token = token
    return bool(site.get("/business/message/quota").json()["error"] == 0)


def grants(site: ZaloStandIn) -> int:
    return len(site.log("granted"))


def test_before_anybody_has_authorised_there_is_no_token(site: ZaloStandIn) -> None:
    assert standing() is Standing.NEVER
    with pytest.raises(NoToken, match="never_authorised"):
        house.keeper().current()
    assert renew_token(now()) == 0


def test_a_token_brought_by_hand_is_traded_at_once(site: ZaloStandIn) -> None:
    token = authorise()
    assert works(site, token)
    kept = row()
    assert (kept.generation, kept.lost_at, kept.asking_since, kept.last_error) == (2, None, None, None)
    assert kept.refresh_token not in (None, REFRESH)
    assert kept.access_expires_at is not None and kept.refresh_expires_at is not None
    assert kept.access_expires_at - now() == pytest.approx(timedelta(seconds=90_000), abs=timedelta(seconds=20))
    assert kept.refresh_expires_at - now() == pytest.approx(timedelta(days=90), abs=timedelta(seconds=20))
    assert standing() is Standing.GOOD


def test_the_tokens_are_unreadable_in_the_database(site: ZaloStandIn, database: str) -> None:
    token = authorise()
    with psycopg.connect(database) as owner:
        everything = str(owner.execute("SELECT row_to_json(zalo_token)::text FROM zalo_token").fetchall())
    assert token not in everything and token.encode().hex() not in everything


def test_a_living_token_is_used_on_without_asking(site: ZaloStandIn, clock: TestClock) -> None:
    token = authorise()
    another_process()
    assert house.keeper().current() == token
    clock.advance(timedelta(hours=22))
    assert renew_token(now()) == 0
    assert grants(site) == 1


def test_a_token_is_replaced_ahead_of_its_end(site: ZaloStandIn, clock: TestClock) -> None:
    before = authorise()
    clock.advance(timedelta(hours=23, minutes=10))  # of 25 hours
    assert renew_token(now()) == 1
    after = house.keeper().current()
    assert after != before and works(site, after)
    assert renew_token(now()) == 0


def test_the_life_that_the_answer_names_is_obeyed(zalo_site: StartSite, clock: TestClock) -> None:
    site = zalo_site(access_lives=900.0)
    before = authorise()
    clock.advance(timedelta(minutes=9))
    assert renew_token(now()) == 0
    clock.advance(timedelta(minutes=2))  # two thirds of the life are over
    assert renew_token(now()) == 1
    assert works(site, house.keeper().current()) and house.keeper().current() != before


def test_an_ended_token_is_replaced_by_whoever_needs_one(site: ZaloStandIn, clock: TestClock) -> None:
    before = authorise()
    clock.advance(timedelta(hours=26))
    after = house.keeper().current()
    assert after != before and works(site, after)


def test_a_refused_token_is_replaced_unless_somebody_has_done_so(site: ZaloStandIn) -> None:
    first = authorise()
    second = house.keeper().renew(first)
    assert second != first
    another_process()
    assert house.keeper().renew(first) == second
    assert grants(site) == 2


def test_a_new_pair_stands_in_the_database_before_anybody_uses_it(site: ZaloStandIn, clock: TestClock) -> None:
    token = authorise()
    clock.advance(timedelta(hours=26))
    token = house.keeper().current()
    another_process()
    assert (row().access_token, house.keeper().current()) == (token, token)


def test_a_refused_refresh_is_lost_told_and_not_repeated_at_every_message(site: ZaloStandIn, clock: TestClock) -> None:
    authorise()
    site.fault("refused", code=-14014)
    clock.advance(timedelta(hours=26))
    for _ in range(3):
        with pytest.raises(NoToken, match="lost"):
            house.keeper().current()
    assert len(site.log("refused")) == 1
    assert (standing(), row().last_error) == (Standing.LOST, "-14014")
    with transaction() as session:
        actions = session.query(AuditEntry.action).filter(AuditEntry.subject == f"zalo_token:{OA_ID}").all()
    assert ("zalo.token_lost",) in actions


def test_while_the_old_token_lives_one_goes_on_with_it(site: ZaloStandIn, clock: TestClock) -> None:
    token = authorise()
    site.fault("refused", code=-14014)
    clock.advance(timedelta(hours=23, minutes=30))
    assert renew_token(now()) == 0
    assert standing() is Standing.FADING
    another_process()
    assert house.keeper().current() == token
    clock.advance(timedelta(minutes=10))
    assert renew_token(now()) == 0
    assert len(site.log("refused")) == 1, "within the hour nobody asks again"


def test_a_refusal_that_was_no_loss_heals_itself(site: ZaloStandIn, clock: TestClock) -> None:
    """As when the app's secret was wrong in the settings and was put right."""
    authorise()
    site.fault("refused", count=1, code=-14004)
    clock.advance(timedelta(hours=23, minutes=10))
    assert renew_token(now()) == 0
    clock.advance(timedelta(hours=1, minutes=1))
    assert renew_token(now()) == 1
    assert (standing(), row().lost_at, row().last_error) == (Standing.GOOD, None, None)


@pytest.mark.parametrize(
    ("fault", "error", "asked"),
    [
        ({"kind": "server_error", "code": 502}, "http_502", True),
        ({"kind": "dropped"}, "connection_lost", True),
        ({"kind": "rate_limited"}, "-32", False),
    ],
)
def test_no_answer_is_no_loss(
    site: ZaloStandIn, clock: TestClock, fault: dict[str, object], error: str, asked: bool
) -> None:
    authorise()
    clock.advance(timedelta(hours=23, minutes=10))
    site.fault(count=1, **fault)  # type: ignore[arg-type]
    assert renew_token(now()) == 0
    assert (row().lost_at, row().last_error, row().asking_since is not None) == (None, error, asked)
    assert renew_token(now()) == 1
    assert (standing(), row().asking_since) == (Standing.GOOD, None)


def test_an_answer_lost_after_acceptance_loses_the_refresh_token_and_nothing_else(
    site: ZaloStandIn, clock: TestClock
) -> None:
    token = authorise()
    clock.advance(timedelta(hours=23, minutes=10))
    site.fault("dropped_after_accept", count=1)
    assert renew_token(now()) == 0
    assert (standing(), grants(site)) == (Standing.GOOD, 2), "nobody knows yet"
    assert renew_token(now()) == 0
    assert standing() is Standing.FADING
    assert house.keeper().current() == token and works(site, token)
    clock.advance(timedelta(hours=2))
    with pytest.raises(NoToken, match="lost"):
        house.keeper().current()
    assert standing() is Standing.LOST


def test_the_operator_is_told_weeks_before_the_end_once_a_day(zalo_site: StartSite, clock: TestClock) -> None:
    zalo_site()
    authorise()
    assert watch_token(now()) == 0
    clock.advance(timedelta(days=68))
    assert watch_token(now()) == 0
    clock.advance(timedelta(days=2))
    assert [watch_token(now()), watch_token(now())] == [1, 0]
    assert row().warned_at is not None
    clock.advance(timedelta(days=1, minutes=1))
    assert watch_token(now()) == 1
    assert standing() is Standing.ENDING
    clock.advance(timedelta(days=30))
    assert standing() is Standing.LOST


def test_a_new_pair_ends_the_warning(site: ZaloStandIn, clock: TestClock) -> None:
    authorise()
    clock.advance(timedelta(days=80))
    assert watch_token(now()) == 1
    assert renew_token(now()) == 1
    assert (standing(), watch_token(now())) == (Standing.GOOD, 0)


def test_a_disconnected_oa_asks_for_nothing(site: ZaloStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_ZALO_APP_ID", "")
    read_settings_anew()
    assert (renew_token(now()), watch_token(now())) == (0, 0)


def test_the_ones_who_bring_a_token_stand_in_the_log(site: ZaloStandIn) -> None:
    house.keeper().bring(REFRESH, SYSTEM)
    with transaction() as session:
        actions = session.execute(text("SELECT action FROM audit_entry ORDER BY id DESC LIMIT 1")).scalar()
    assert actions == "zalo.token_brought"
