"""A turn counts once: whichever process dies, whoever owns the thread, however often or fast a word comes in."""

from __future__ import annotations

import base64
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import psycopg
import pytest

from conversations.answering import PATIENCE
from conversations.escalation import Reason
from conversations.escalations import close, open_escalation, take
from conversations.replies import write_officer_word
from conversations.thread import Owner
from core.clock import now
from core.database import transaction
from language.codes import group_code
from roster.campaign import AccountDetails
from roster.contact import ContactPoint
from roster.person import Person
from roster.survey.draft import DraftState
from tests.e2e.breaking import (
    forget_conversation,
    kept_turns,
    killed,
    rasa_cannot_save,
    start,
    wait_until_actions_wrote,
    wait_until_rasa_is_saving,
)
from tests.e2e.looking import (
    Talk,
    claims_of,
    everything_kept,
    invite_too,
    kept_attachment,
    nothing_is_on_its_way,
    people_reached,
    raw_bytes_of_rasa,
    thread_of,
)
from tests.e2e.provider import come_in
from tests.e2e.town import Town, wait_for
from tests.environment import TestClock

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]

CONSENT, RESPONDENT, WANTS_ACCOUNT = "1. Dong y", "1. Chinh toi", "1. Nhan qua tai khoan"
HAS_ACCOUNT = "1. Co roi"
SORRY = "He thong dang truc trac"
STAFF = 7

Citizen = tuple[Person, Talk]


@pytest.fixture(scope="module")
def invited(town: Town) -> Iterator[Citizen]:
    """The sample workbook imported and its people invited; one after the other those with a phone of their own."""
    town.import_roster()
    people = town.people_with_own_phone()
    town.invite(AccountDetails.CHAT)
    wait_for("the wave's end", nothing_is_on_its_way, 120)
    reached = people_reached()
    return iter([(person, Talk(town.phone(number))) for person, number in people if person.id in reached])


@pytest.fixture
def next_citizen(invited: Iterator[Citizen]) -> Callable[..., Citizen]:
    """Gives somebody nobody has written with yet, who has already said these words."""

    def begin(*said: str) -> Citizen:
        person, talk = next(invited)
        wait_for("the invitation", talk.phone.inbox)
        talk.phone.converse(*said)
        return person, talk

    return begin


def test_the_same_webhook_delivered_three_times_is_answered_once(
    town: Town, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co")
    before = len(talk.phone.inbox())
    assert [come_in(town, talk.phone.number, "dong y", "SMthrice") for _ in range(3)] == [200, 200, 200]
    [answer] = wait_for("the answer", lambda: talk.phone.inbox()[before:])
    assert RESPONDENT in answer
    # A second answer would have to be in front of the answer to what is said next.
    assert WANTS_ACCOUNT in talk.phone.say("toi tu khai")
    assert len(talk.phone.inbox()) == before + 2
    assert len(talk.words()) == 3


def test_messages_sent_at_once_are_answered_in_order_one_after_the_other(
    town: Town, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co")
    before = len(talk.phone.inbox())
    with ThreadPoolExecutor(3) as senders:
        list(senders.map(lambda place: come_in(town, talk.phone.number, "1", f"SMonce{place}"), range(3)))
    answers = wait_for("three answers", lambda: talk.phone.inbox()[before + 2 :] and talk.phone.inbox()[before:])
    # "1" means something else to each question: only read one after the other do they answer all three.
    for heard, expected in zip(answers, (RESPONDENT, WANTS_ACCOUNT, HAS_ACCOUNT), strict=True):
        assert expected in heard
    words = talk.words()[1:]
    assert [body for word in words for body in (answer.body for answer in talk.answers_to(word))] == answers


def test_after_a_week_of_silence_the_bot_says_where_we_were_and_asks_the_same(
    clock: TestClock, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co", "dong y", "toi tu khai")
    clock.advance(timedelta(days=7))
    answer = talk.answer_to(talk.write("alo, toi nghe day"))
    assert "tiep tu cho hom truoc" in answer
    assert WANTS_ACCOUNT in answer
    answer = talk.answer_to(talk.write("nhan qua tai khoan"))
    assert HAS_ACCOUNT in answer
    assert "hom truoc" not in answer


@pytest.mark.parametrize("typed", ['/inform{"wants_account": "no"}', "/session_start", "/wrong_number", "/report_scam"])
def test_a_typed_command_commands_nothing(next_citizen: Callable[..., Citizen], typed: str) -> None:
    _, talk = next_citizen("co", "dong y", "toi tu khai")
    before = talk.draft()
    assert WANTS_ACCOUNT in talk.phone.say(typed)
    after = talk.draft()
    assert (after.id, after.state, after.answers) == (before.id, DraftState.OPEN, before.answers)
    assert talk.thread().owner is Owner.BOT
    assert HAS_ACCOUNT in talk.phone.say("1")


def test_a_typed_restart_is_a_citizens_wish_and_no_command_to_rasa(
    database: str, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co", "dong y", "toi tu khai")
    before = talk.draft()
    assert "co chac khong" in talk.phone.say("/restart")  # Rasa's own restart would have said nothing
    assert talk.draft().id == before.id
    assert CONSENT in talk.phone.say("1")
    assert talk.draft().id != before.id
    assert "'event': 'restart'" not in everything_kept(database)
    assert RESPONDENT in talk.phone.say("dong y")


def test_a_one_time_password_is_kept_nowhere_and_warned_of(
    town: Town, database: str, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co", "dong y")
    answer = talk.phone.say("ma otp la 482913 nhe chau")
    assert "khong gui mat khau" in answer
    assert RESPONDENT in answer
    assert "khong gui mat khau" not in talk.phone.say("toi tu khai")
    kept = everything_kept(database)
    assert kept.count("ma otp la ****** nhe chau") >= 2  # in the transcript and in Rasa's memory, both opened
    assert "482913" not in kept
    logs = [log for log in town.stack.logs.glob("*.log") if log.stem != "simulator"]
    assert logs
    assert not any("482913" in log.read_text(errors="replace") for log in logs)


def test_rasas_own_tables_tell_nothing_that_was_said(database: str, next_citizen: Callable[..., Citizen]) -> None:
    _, talk = next_citizen("co", "dong y", "toi tu khai", "co", "co roi", "vietcombank")
    talk.phone.converse("0011004765432", "tran thi nguyet que")
    opened, raw = everything_kept(database), raw_bytes_of_rasa(database)
    assert str(talk.thread().id).encode() in raw
    for said in ("0011004765432", "tran thi nguyet que", "vietcombank"):
        assert said in opened
        assert said.encode() not in raw.lower()


def test_one_phone_for_two_people_the_code_tells_them_apart_and_the_second_follows_the_first(
    next_citizen: Callable[..., Citizen],
) -> None:
    (first, talk), (second, _) = next_citizen(), next_citizen()
    invite_too(second, talk)
    answers = talk.phone.converse("co", "dong y")
    assert "ma ho so" in answers[1]
    talk.phone.converse(group_code(second.reference).lower(), "toi", "khong", "quen tien mat", "dung roi")
    [claim] = claims_of(second)
    assert claim.outcome_group == "D"
    assert claims_of(first) == []
    answers = talk.phone.converse("khai tiep cho nguoi kia", "dong y")
    assert CONSENT in answers[0]
    assert RESPONDENT in answers[1]  # only one is left: no code is needed
    talk.phone.converse("toi", "co", "chua co", "tu ra ngan hang", "dung roi")
    [claim] = claims_of(first)
    assert claim.outcome_group == "B-self"
    assert len(claims_of(second)) == 1


def test_an_officer_speaks_on_the_same_channel_while_the_bot_is_silent_and_goes_on_when_closed(
    next_citizen: Callable[..., Citizen],
) -> None:
    _, talk = next_citizen("co", "dong y", "toi tu khai")
    assert "chuyen can bo" in talk.phone.say("cho toi gap can bo")
    heard = len(talk.phone.inbox())
    with transaction() as session:
        thread = thread_of(session, talk.phone.number)
        escalation = open_escalation(session, thread)
        assert escalation is not None
        assert escalation.reason is Reason.ASKED
    for text in ("alo", "co ai khong", "1"):
        word = talk.wait_until_handled(talk.write(text))
        assert (word.handled_by, talk.answers_to(word)) == (Owner.OFFICER, [])
    with transaction() as session:
        thread = thread_of(session, talk.phone.number)
        escalation = open_escalation(session, thread)
        assert escalation is not None
        assert take(session, escalation, STAFF, now())
        write_officer_word(session, thread, "Chào bác, tôi là cán bộ phường đây ạ.", now())
    [officer] = wait_for("the officer's word", lambda: talk.phone.inbox()[heard:])
    assert officer == "Chao bac, toi la can bo phuong day a."
    with transaction() as session:
        thread = thread_of(session, talk.phone.number)
        escalation = open_escalation(session, thread)
        assert escalation is not None
        close(session, escalation, STAFF, "đã giải thích", now())
    assert WANTS_ACCOUNT in talk.phone.say("nhac lai di")
    assert HAS_ACCOUNT in talk.phone.say("co")
    assert len(talk.phone.inbox()) == heard + 3


def test_the_action_server_killed_and_started_again_takes_the_answer_once(
    town: Town, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co", "dong y", "toi tu khai")
    heard = len(talk.phone.inbox())
    with killed(town.stack, "scheduler"), killed(town.stack, "actions"):
        word = talk.write("3")
        wait_for("a turn that failed", lambda: talk.words()[-1].attempts)
        assert talk.draft().answers.get("_unsure") is None
        assert talk.phone.inbox()[heard:] == []
    assert WANTS_ACCOUNT in talk.answer_to(word)
    assert talk.draft().answers["_unsure"] == 1
    assert HAS_ACCOUNT in talk.phone.say("co")
    assert len(talk.phone.inbox()) == heard + 2


def test_rasa_killed_after_the_actions_wrote_and_before_it_kept_the_turn_counts_the_turn_once(
    town: Town, database: str, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co", "dong y", "toi tu khai")
    heard = len(talk.phone.inbox())
    with killed(town.stack, "scheduler"):
        with rasa_cannot_save(database):
            word = talk.write("3")
            wait_until_actions_wrote(database, word.id)
            wait_until_rasa_is_saving(database)
            town.stack.stop("rasa", signal.SIGKILL)
        start(town.stack, "rasa")
        assert kept_turns(database, word.id) == 0
    assert WANTS_ACCOUNT in talk.answer_to(word)
    # Taken twice, a second "unsure" would have called an officer.
    assert (talk.draft().answers["_unsure"], talk.thread().owner) == (1, Owner.BOT)
    assert HAS_ACCOUNT in talk.phone.say("co")
    assert len(talk.phone.inbox()) == heard + 2


def test_rasa_started_again_goes_on_at_the_same_question_also_when_its_memory_is_lost(
    town: Town, database: str, next_citizen: Callable[..., Citizen]
) -> None:
    _, remembered = next_citizen("co", "dong y", "toi tu khai")
    _, forgotten = next_citizen("co", "dong y", "toi tu khai")
    with killed(town.stack, "rasa"):
        forget_conversation(database, forgotten.thread().id)
    for talk in (remembered, forgotten):
        assert WANTS_ACCOUNT in talk.phone.say("nhac lai di")
        assert HAS_ACCOUNT in talk.phone.say("1")
        assert "ngan hang hay vi nao" in talk.phone.say("co roi")
        assert talk.draft().answers["respondent"] == "self"


def test_an_answer_counts_as_one_also_when_rasa_does_not_know_that_it_was_asked(
    database: str, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co", "dong y", "toi tu khai")
    for said, asked in (("co", HAS_ACCOUNT), ("chua co", "mo tai khoan o dau"), ("tu ra ngan hang mo", "Xin doc lai")):
        forget_conversation(database, talk.thread().id)  # as after half a day of silence, or "de luc khac"
        assert asked in talk.phone.say(said)
        assert talk.draft().failures == 0
    forget_conversation(database, talk.thread().id)
    assert "da ghi lai" in talk.phone.say("dung roi")


def test_a_worker_killed_in_the_middle_of_a_turn_leaves_it_to_the_tick_and_one_reply_goes_out(
    town: Town, database: str, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co", "dong y", "toi tu khai")
    heard = len(talk.phone.inbox())
    with rasa_cannot_save(database):
        word = talk.write("3")
        wait_until_rasa_is_saving(database)
        town.stack.stop("answers", signal.SIGKILL)
    start(town.stack, "answers")
    assert WANTS_ACCOUNT in talk.answer_to(word, 120)
    assert talk.draft().answers["_unsure"] == 1
    assert kept_turns(database, word.id) == 1
    assert HAS_ACCOUNT in talk.phone.say("co")
    assert len(talk.phone.inbox()) == heard + 2


def _ends_with_an_officer(talk: Talk, clock: TestClock) -> None:
    """Say a word that the bot cannot answer: one plain sentence, an officer, then silence by the bot."""
    heard = len(talk.phone.inbox())
    word = talk.write("toi tu khai")
    wait_for("a second attempt", lambda: talk.words()[-1].attempts > 1)
    clock.advance(PATIENCE)
    talk.wait_until_handled(word, 120)
    word = talk.words()[-1]
    later = talk.wait_until_handled(talk.write("alo co ai khong"))
    assert (word.handled_by, later.handled_by) == (Owner.OFFICER, Owner.OFFICER)
    assert talk.answers_to(later) == []
    [sorry] = wait_for("the plain sentence", lambda: talk.phone.inbox()[heard:])
    assert sorry.startswith(SORRY)
    assert [escalation.reason for escalation in talk.escalations()] == [Reason.BOT_FAILURE]
    assert talk.thread().owner is Owner.OFFICER


def test_with_the_action_server_down_for_good_an_officer_gets_the_thread(
    town: Town, clock: TestClock, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co", "dong y")
    with killed(town.stack, "actions"):
        _ends_with_an_officer(talk, clock)
    word = talk.wait_until_handled(talk.write("toi tu khai"))
    assert (word.handled_by, talk.answers_to(word)) == (Owner.OFFICER, [])


@pytest.fixture(scope="class")
def waiting(town: Town, invited: Iterator[Citizen]) -> Iterator[list[Talk]]:
    """Three citizens in mid-survey when Rasa goes down."""
    talks = [talk for _, talk in (next(invited) for _ in range(3))]
    for talk in talks:
        talk.phone.converse("co", "dong y")
    with killed(town.stack, "rasa"):
        yield talks


class TestWhileRasaIsDown:
    """One outage of Rasa for several citizens."""

    def test_stop_is_obeyed(self, waiting: list[Talk]) -> None:
        heard = len(waiting[0].phone.inbox())
        assert "khong nhan tin moi nua" in waiting[0].phone.say("thoi dung nhan tin nua")
        with transaction() as session:
            contact = session.get_one(ContactPoint, waiting[0].thread().contact_id)
            assert contact.stopped_at is not None
        assert len(waiting[0].phone.inbox()) == heard + 1

    def test_stop_is_obeyed_before_the_words_that_wait_in_front_of_it(self, waiting: list[Talk]) -> None:
        talk = waiting[1]
        first = talk.write("toi tu khai")
        stop = talk.wait_until_handled(talk.write("thoi dung nhan tin nua"))
        before = next(word for word in talk.words() if word.id == first.id)
        assert stop.handled_at is not None
        assert before.handled_at is None or before.handled_at > stop.handled_at
        [confirmed] = talk.answers_to(stop)
        assert "khong nhan tin moi nua" in confirmed.body

    def test_an_officer_gets_the_thread_and_the_bot_falls_silent(self, waiting: list[Talk], clock: TestClock) -> None:
        _ends_with_an_officer(waiting[2], clock)


def test_after_an_outage_the_next_citizen_is_answered_as_ever(next_citizen: Callable[..., Citizen]) -> None:
    _, talk = next_citizen()
    assert CONSENT in talk.phone.say("co")
    assert talk.draft().open_question == "consent"


def test_a_picture_is_kept_encrypted_for_the_officer_and_the_question_asked_again(
    town: Town, database: str, next_citizen: Callable[..., Citizen]
) -> None:
    _, talk = next_citizen("co", "dong y")
    picture = b"\x89PNG\r\n\x1a\n a picture of a passbook"
    sent = {"media": [{"content_type": "image/png", "data": base64.b64encode(picture).decode()}]}
    town.simulator.post(f"/control/phones/{talk.phone.number}/say", json=sent).raise_for_status()
    wait_for("the picture", lambda: talk.words()[-1].media == "picture")
    assert RESPONDENT in talk.answer_to(talk.wait_until_handled(talk.words()[-1]))
    kept = wait_for("the picture to be fetched", lambda: kept_attachment(talk.words()[-1].id), 40)
    assert (kept.content, kept.content_type) == (picture, "image/png")
    with psycopg.connect(database) as owner:
        [(raw,)] = owner.execute("SELECT content FROM attachment WHERE id = %s", [kept.id]).fetchall()
    assert picture not in bytes(raw)
