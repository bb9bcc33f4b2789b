"""The exchange's webhook: a call that nobody took becomes a task to call back, once a phone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from pydantic import ValidationError
from sqlalchemy import func, select, text
from werkzeug.test import TestResponse

from conversations.hotline import handle_calls
from conversations.hotline_call import HotlineCall
from conversations.hotline_settings import ExchangeSettings, exchange_settings
from conversations.ticks import TICKS
from core.clock import now
from core.database import transaction
from outreach.call_backs import whom
from outreach.follow_up import FollowUp, FollowUpKind, FollowUpOutcome, FollowUpSource
from simulator.config import SimulatorConfig
from simulator.exchange.config import ExchangeConfig
from simulator.gestures import Gesture
from tests.channels.door import contacts, door, door_url, signed
from tests.channels.standing import standing
from tests.environment import TestClock
from tests.outreach.office import COMMUNE, OTHER_COMMUNE, Office, new_phone

__all__ = ["door", "door_url"]

PATH = "/webhooks/exchange"
SECRET = "khoa-chung-cua-tong-dai"
HOTLINE = "02438250000"
CALL = {
    "call_id": "call-1",
    "caller": "84912345678",
    "hotline": HOTLINE,
    "kind": "missed",
    "at": "2026-11-10T09:58:00+07:00",
    "seconds": 25,
}


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch, clock: TestClock) -> Iterator[pytest.MonkeyPatch]:
    """The exchange is set up, and its hotline is COMMUNE's."""
    monkeypatch.setenv("LOA_EXCHANGE_SECRET", SECRET)
    monkeypatch.setenv("LOA_EXCHANGE_HOTLINES", json.dumps({"024 3825 0000": COMMUNE}))
    exchange_settings.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    exchange_settings.cache_clear()


@pytest.fixture
def office(door: FlaskClient, clock: TestClock) -> Office:
    return Office(clock, None)  # type: ignore[arg-type]  # no messages go out here


def post(door: FlaskClient, secret: str = SECRET, time: int | None = None, **changes: Any) -> TestResponse:
    payload = json.dumps({**CALL, **changes}).encode()
    headers = {"Content-Type": "application/json", **signed(secret, payload, time=time)}
    return door.post(PATH, data=payload, headers=headers)


def tasks() -> list[FollowUp]:
    """The tasks that the waiting calls make, in order."""
    handle_calls(now())
    with transaction() as session:
        return list(session.scalars(select(FollowUp).order_by(FollowUp.id)))


def calls() -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(HotlineCall)) or 0


@pytest.mark.parametrize("kind", ["missed", "hangup_before"])
def test_a_missed_call_becomes_a_task_of_the_hotlines_commune(door: FlaskClient, kind: str) -> None:
    assert post(door, kind=kind).status_code == 204
    with transaction() as session:
        assert session.execute(text("SELECT task_name FROM procrastinate_jobs")).scalars().all() == [
            "conversations.call_backs"
        ]
    [task] = tasks()
    assert (task.kind, task.source, task.person_id, task.commune_code) == (
        FollowUpKind.CALL,
        FollowUpSource.MISSED_CALL,
        None,
        COMMUNE,
    )
    assert (task.calls, contacts()) == (1, ["0912345678"])
    assert task.due_at == task.last_call_at + timedelta(hours=4)  # type: ignore[operator]


@pytest.mark.parametrize(
    "changes",
    [{"kind": "answered"}, {"kind": "voicemail"}, {"caller": None}, {"caller": ""}, {"caller": "15005550006"}],
)
def test_other_calls_are_acknowledged_and_ask_for_nothing(door: FlaskClient, changes: dict[str, Any]) -> None:
    assert post(door, **changes).status_code == 204
    assert (calls(), tasks()) == (0, [])


def test_a_landline_is_called_back_too(door: FlaskClient) -> None:
    post(door, caller="842438340000")
    tasks()
    assert contacts() == ["02438340000"]


def test_whoever_calls_again_is_one_task_with_the_number_of_calls(door: FlaskClient) -> None:
    for number in range(3):
        post(door, call_id=f"call-{number}", at=f"2026-11-10T09:5{number}:00+07:00")
    [task] = tasks()
    first, last = datetime(2026, 11, 10, 2, 50, tzinfo=UTC), datetime(2026, 11, 10, 2, 52, tzinfo=UTC)
    assert (task.calls, task.last_call_at) == (3, last)
    assert task.due_at == first + timedelta(hours=4), "waiting counts from the first call"


def test_the_same_call_told_again_counts_once(door: FlaskClient) -> None:
    assert [post(door).status_code for _ in range(3)] == [204] * 3
    [task] = tasks()
    assert (calls(), task.calls) == (1, 1)
    assert [one.calls for one in tasks()] == [1]


def test_after_the_task_is_closed_a_new_call_makes_a_new_one(door: FlaskClient) -> None:
    post(door)
    [task] = tasks()
    with transaction() as session:
        kept = session.get_one(FollowUp, task.id)
        kept.closed_at, kept.outcome = now(), FollowUpOutcome.ANSWERED
    post(door, call_id="call-2")
    assert len(tasks()) == 2


def test_a_known_phone_tells_whom_it_is_about(door: FlaskClient, office: Office) -> None:
    phone = new_phone()
    person = office.person(phone, commune=OTHER_COMMUNE)
    post(door, caller="84" + phone[1:])
    [task] = tasks()
    assert (task.person_id, task.commune_code) == (person, OTHER_COMMUNE)


def test_a_phone_of_several_people_tells_their_commune_alone(door: FlaskClient, office: Office) -> None:
    phone = new_phone()
    for name in ("Nguyễn Thị Hoa", "Trần Văn Bình"):
        office.person(phone, name=name)
    post(door, caller="84" + phone[1:])
    assert [(task.person_id, task.commune_code) for task in tasks()] == [(None, COMMUNE)]


ONE, TWO = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("linked", "hotline", "expected"),
    [
        ([], "A", (None, "A")),
        ([], None, (None, None)),
        ([(ONE, "A")], "A", (ONE, "A")),
        ([(ONE, "B")], "A", (ONE, "B")),
        ([(ONE, "B")], None, (ONE, "B")),
        ([(ONE, "A"), (TWO, "B")], "A", (ONE, "A")),
        ([(ONE, "A"), (TWO, "A")], "A", (None, "A")),
        ([(ONE, "B"), (TWO, "B")], "A", (None, "B")),
        ([(ONE, "B"), (TWO, "C")], "A", (None, "A")),
        ([(ONE, "B"), (TWO, "C")], None, (None, None)),
    ],
)
def test_whom_a_call_is_about(linked: list[tuple[UUID, str]], hotline: str | None, expected: object) -> None:
    assert whom(linked, hotline) == expected


def test_a_call_to_a_hotline_of_nobody_is_seen_city_wide(door: FlaskClient) -> None:
    post(door, hotline="1022")
    assert [task.commune_code for task in tasks()] == [None]


def test_calls_left_behind_by_a_dead_worker_are_found_by_the_tick(door: FlaskClient, database: str) -> None:
    post(door)
    with transaction() as session:
        session.execute(text("DELETE FROM procrastinate_events; DELETE FROM procrastinate_jobs"))
    [tick] = [tick for tick in TICKS if tick.name == "wake_call_backs"]
    assert [tick.work(now()), tick.work(now())] == [1, 0]
    tasks()
    with transaction() as session:
        session.execute(text("DELETE FROM procrastinate_events; DELETE FROM procrastinate_jobs"))
    assert tick.work(now()) == 0


def test_unsigned_nothing_gets_in(door: FlaskClient) -> None:
    assert post(door, "khoa-khac").status_code == 403
    assert post(door, time=int(now().timestamp()) - 301).status_code == 403
    assert post(door, time=int(now().timestamp()) + 310).status_code == 403
    assert door.post(PATH, json=CALL).status_code == 403
    assert calls() == 0


def test_without_a_secret_nothing_gets_in(own: pytest.MonkeyPatch, door: FlaskClient) -> None:
    own.setenv("LOA_EXCHANGE_SECRET", "")
    exchange_settings.cache_clear()
    assert post(door, "").status_code == 403
    assert calls() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"call_id": ""}, "call_id"),
        ({"call_id": "x" * 200}, "call_id"),
        ({"kind": None}, "kind"),
        ({"caller": True}, "caller"),
        ({"hotline": None}, "hotline"),
        ({"hotline": "9" * 21}, "hotline"),
        ({"at": "hôm nay"}, "at"),
        ({"at": "2026-11-10T09:58:00"}, "at"),
        ({"at": None}, "at"),
    ],
)
def test_a_malformed_call_is_refused_with_its_field(door: FlaskClient, changes: dict[str, Any], field: str) -> None:
    answer = post(door, **changes)
    assert (answer.status_code, answer.get_json()["field"]) == (400, field)
    assert calls() == 0


def test_an_oversized_call_is_refused(door: FlaskClient) -> None:
    assert post(door, note="x" * 100_000).status_code == 413


def test_the_exchanges_own_names(own: pytest.MonkeyPatch, door: FlaskClient) -> None:
    own.setenv("LOA_EXCHANGE_NAMES", '{"call_id": "uuid", "caller": "from"}')
    exchange_settings.cache_clear()
    assert post(door, uuid="u1", **{"from": "0912345679"}).status_code == 204
    tasks()
    assert contacts() == ["0912345679"]


def test_a_hotline_is_a_phone_number() -> None:
    with pytest.raises(ValidationError):
        ExchangeSettings(hotlines={"tổng đài": COMMUNE})


@pytest.mark.parametrize(
    ("fields", "count"),
    [({}, 1), ({"kind": "hangup_before"}, 1), ({"kind": "answered"}, 0), ({"hidden": True}, 0)],
)
def test_the_stand_ins_calls_arrive(door_url: str, fields: dict[str, Any], count: int) -> None:
    config = ExchangeConfig(webhook_url=door_url + PATH, secret=SECRET, hotline=HOTLINE)
    with standing(SimulatorConfig(automatic=False, exchange=config)) as site:
        site.fault("exchange", "webhook_repeated", count=1)
        exchange = site.simulator.provider("exchange")
        assert exchange is not None
        message = exchange.act("+84912345678", Gesture.CALL, fields)
        site.simulator.deliver_pending()
        assert (message.status, message.error_code) == ("told", None)
    assert [task.calls for task in tasks()] == [1] * count
