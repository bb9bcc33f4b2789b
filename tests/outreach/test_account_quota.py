"""A wave stops at what the provider says is left for today, and goes on when a new day has come."""

from __future__ import annotations

from datetime import timedelta

from core.database import transaction
from outreach.account_quota import note_quota_left, quota_left
from outreach.message import MessageState
from outreach.replies import send_reply_messages
from tests.outreach.office import Office, new_phone


def left(office: Office) -> int | None:
    with transaction() as session:
        return quota_left(session, "twilio", office.clock.now())


def say(office: Office, number: int) -> None:
    with transaction() as session:
        note_quota_left(session, "twilio", number, office.clock.now())


def test_what_nobody_has_said_limits_nothing(office: Office) -> None:
    assert left(office) is None


def test_what_was_sent_since_counts(office: Office) -> None:
    people = [office.person(new_phone()) for _ in range(5)]
    office.campaign()
    office.seal()
    say(office, 3)
    assert office.send().tried == 3
    assert left(office) == 0
    assert office.send().tried == 0
    states = [office.message_of(person).state for person in people]
    assert (states.count(MessageState.ACCEPTED), states.count(MessageState.PLANNED)) == (3, 2)
    say(office, 1)
    assert office.send().tried == 1


def test_answers_within_a_talk_do_not_count(office: Office) -> None:
    say(office, 3)
    assert send_reply_messages([office.reply(new_phone(), "dạ", reply_to=1)]) == 1
    assert left(office) == 3


def test_yesterdays_word_is_not_todays(office: Office) -> None:
    say(office, 0)
    assert left(office) == 0
    office.clock.advance(timedelta(days=1))
    assert left(office) is None
