"""What every channel must pass coming in, provider by provider, at our own door.

Forged, replayed, duplicated, re-ordered, oversized and malformed calls; and what a provider tells of a message: twice,
late, in any order, before our own note. See `test_channel_cases.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text

from conversations.inbound import CONTACT_KIND
from core.clock import now
from core.database import transaction
from core.encryption import blind_index
from outreach.message import Message, MessageKind, MessageState, Receipt
from outreach.receipts import apply_waiting_receipts
from roster.contact import ContactPoint
from tests.channels.channel_case import ChannelCase, Inbound, Reports
from tests.channels.playing import HEARING, TOLD, knock, point_at
from tests.channels.standing import Standing
from tests.environment import TestClock
from webhooks.app import LARGEST_BODY, create_app

LONG_AGO = timedelta(days=3)


@pytest.fixture
def heard(case: ChannelCase, site: Standing) -> Inbound:
    """The provider's telling side."""
    assert case.inbound is not None
    return case.inbound


@HEARING
def test_a_word_comes_in_and_its_answer_waits_in_the_queue(
    case: ChannelCase, heard: Inbound, door: FlaskClient
) -> None:
    assert knock(door, heard.word("w1", "có ạ")).status_code < 300
    assert heard.came_in() == [heard.kept("w1", "có ạ")]
    with transaction() as session:
        waiting = session.execute(text("SELECT task_name, lock FROM procrastinate_jobs"))
        assert [tuple(job) for job in waiting] == [heard.job()]


@HEARING
def test_nothing_forged_gets_in(case: ChannelCase, heard: Inbound, door: FlaskClient) -> None:
    assert [knock(door, call).status_code for call in heard.forged()] == [403] * len(heard.forged())
    assert heard.came_in() == []


@HEARING
def test_without_our_secret_nothing_gets_in(
    case: ChannelCase, site: Standing, heard: Inbound, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = heard.word("w1", "có")
    point_at(monkeypatch, case, site.url, **heard.secretless)
    assert knock(create_app().test_client(), call).status_code in (403, 404)
    assert heard.came_in() == []


@HEARING
def test_a_recording_played_back_changes_nothing(
    case: ChannelCase, heard: Inbound, door: FlaskClient, clock: TestClock
) -> None:
    taken, kept_back = heard.word("w1", "có"), heard.word("w2", "không")
    knock(door, taken)
    clock.advance(LONG_AGO)
    knock(door, taken)
    assert heard.came_in() == [heard.kept("w1", "có")]
    if heard.dated:
        assert knock(door, kept_back).status_code == 403
        assert len(heard.came_in()) == 1


@HEARING
def test_a_duplicate_is_acknowledged_and_taken_once(case: ChannelCase, heard: Inbound, door: FlaskClient) -> None:
    call = heard.word("w1", "có")
    assert all(knock(door, call).status_code < 300 for _ in range(3))
    assert len(heard.came_in()) == 1


@HEARING
def test_duplicates_at_the_same_moment_are_taken_once(case: ChannelCase, site: Standing, heard: Inbound) -> None:
    app, call = create_app(), heard.word("w1", "có")
    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda _: knock(app.test_client(), call).status_code, range(6)))
    assert all(status < 300 for status in statuses)
    assert len(heard.came_in()) == 1


@HEARING
def test_words_out_of_order_are_all_taken_from_one_writer(case: ChannelCase, heard: Inbound, door: FlaskClient) -> None:
    said = [(f"w{number}", f"câu {number}") for number in reversed(range(3))]
    calls = [heard.word(*one) for one in reversed(said)]
    for call in reversed(calls):
        knock(door, call)
    assert heard.came_in() == [heard.kept(*one) for one in said]
    assert heard.writers() == 1


@HEARING
def test_an_oversized_call_is_refused(case: ChannelCase, heard: Inbound, door: FlaskClient) -> None:
    assert knock(door, heard.word("w1", "x" * LARGEST_BODY)).status_code == 413
    assert heard.came_in() == []


@HEARING
def test_a_malformed_call_is_refused(case: ChannelCase, heard: Inbound, door: FlaskClient) -> None:
    answers = [knock(door, call) for call in heard.malformed()]
    assert [answer.status_code for answer in answers] == [400] * len(answers)
    assert all(answer.get_json()["field"] for answer in answers)
    assert heard.came_in() == []


# --- what became of a message --------------------------------------------------------------------------------------


@pytest.fixture
def told(case: ChannelCase, site: Standing) -> Reports:
    assert case.reports is not None
    return case.reports


def ours(told: Reports, provider_id: str | None) -> Callable[[], Message]:
    """A message of ours, with the provider under `provider_id`, or on its way there; how to look at it again."""
    kind = CONTACT_KIND[told.channel]
    with transaction() as session:
        contact = ContactPoint(
            kind=kind, address="0987000111", address_index=blind_index(kind.value, "0987000111"), created_at=now()
        )
        session.add(contact)
        session.flush()
        message = Message(
            kind=MessageKind.OFFICER,
            contact_id=contact.id,
            ordinal=1,
            channel=told.channel.value,
            account=told.provider,
            provider=told.provider,
            body="Chào bà ạ",
            segments=1,
            state=MessageState.ACCEPTED if provider_id else MessageState.CLAIMED,
            provider_message_id=provider_id,
            created_at=now(),
            changed_at=now(),
        )
        session.add(message)
        session.flush()
        number = message.id

    def look() -> Message:
        with transaction() as session:
            return session.get_one(Message, number)

    return look


def apply() -> int:
    with transaction() as session:
        return apply_waiting_receipts(session, now())


def kept() -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(Receipt)) or 0


@TOLD
def test_what_arrived_is_known(case: ChannelCase, told: Reports, door: FlaskClient) -> None:
    message = ours(told, "p1")
    assert knock(door, told.delivered("p1")).status_code < 300
    apply()
    assert message().state is MessageState.DELIVERED


@TOLD
def test_what_did_not_arrive_is_known(case: ChannelCase, told: Reports, door: FlaskClient) -> None:
    call = told.undelivered("p1")
    message = ours(told, "p1")
    if call is not None:
        knock(door, call)
    apply()
    assert message().state is (MessageState.UNDELIVERED if call else MessageState.ACCEPTED)


@TOLD
def test_told_twice_it_counts_once(case: ChannelCase, told: Reports, door: FlaskClient) -> None:
    message = ours(told, "p1")
    assert all(knock(door, told.delivered("p1")).status_code < 300 for _ in range(3))
    assert (kept(), apply(), apply()) == (1, 1, 0)
    assert message().state is MessageState.DELIVERED


@TOLD
@pytest.mark.parametrize("at_once", [True, False])
def test_what_comes_late_takes_nothing_back(case: ChannelCase, told: Reports, door: FlaskClient, at_once: bool) -> None:
    message = ours(told, "p1")
    for call in (told.delivered("p1"), told.lesser("p1"), told.undelivered("p1")):
        if call is not None:
            assert knock(door, call).status_code < 300
        if not at_once:
            apply()
    apply()
    assert message().state is MessageState.DELIVERED


@TOLD
def test_told_before_our_own_note_it_waits_for_it(case: ChannelCase, told: Reports, door: FlaskClient) -> None:
    message = ours(told, None)
    knock(door, told.delivered("p1"))
    assert (apply(), message().state) == (0, MessageState.CLAIMED)
    with transaction() as session:
        row = session.get_one(Message, message().id)
        row.state, row.provider_message_id = MessageState.ACCEPTED, "p1"
    assert (apply(), message().state) == (1, MessageState.DELIVERED)


@TOLD
def test_nothing_forged_is_believed(case: ChannelCase, told: Reports, door: FlaskClient) -> None:
    calls = told.forged("p1")
    message = ours(told, "p1")
    assert all(knock(door, call).status_code in (403, 404) for call in calls)
    assert (kept(), apply(), message().state) == (0, 0, MessageState.ACCEPTED)
