"""Sealing: one row a phone, once, in one statement; and everybody else with the reason."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import select, text

from core.audit import AuditEntry
from core.database import transaction
from language.codes import group_code
from outreach.ledger import check_ledger, unbalanced_rows
from outreach.left_out import StepLeftOut
from outreach.message import Message, MessageMember, MessageState
from outreach.reasons import Reason
from outreach.sealing import seal_due_steps
from outreach.step import StepKind, StepState
from roster.contact import Holder
from roster.person import Person
from tests.outreach.office import Office, new_phone

LANDLINE = "02438340000"


def rows() -> list[Message]:
    with transaction() as session:
        return list(session.scalars(select(Message)))


def left_out() -> dict[UUID, str]:
    with transaction() as session:
        return dict(session.execute(select(StepLeftOut.person_id, StepLeftOut.reason)).all())


def waiting_jobs() -> list[tuple[str, str]]:
    with transaction() as session:
        found = session.execute(text("SELECT task_name, lock FROM procrastinate_jobs WHERE status = 'todo'"))
        return [(name, lock) for name, lock in found]


def test_each_phone_gets_a_row_without_its_text(office: Office) -> None:
    people = [office.person(new_phone()), office.person(new_phone(), name="Nguyễn Văn Bình")]
    office.campaign()
    assert office.seal() == 1
    assert {row.person_id for row in rows()} == set(people)
    assert {(row.state, row.body, row.segments, row.price_dong) for row in rows()} == {
        (MessageState.PLANNED, None, 0, None)
    }


def test_a_step_is_not_sealed_before_it_is_due_or_released(office: Office) -> None:
    office.person(new_phone())
    office.campaign(released=False)
    assert office.seal() == 0
    office.campaign()
    office.clock.set(office.clock.now() - timedelta(hours=1))
    assert office.seal() == 0
    assert rows() == []


def seal_again(office: Office) -> int:
    with transaction() as session:
        session.execute(text("UPDATE step SET state = 'released' WHERE kind = 'invitation'"))
    return office.seal()


def test_sealing_twice_changes_nothing(office: Office) -> None:
    shared = new_phone()
    person = office.person(new_phone())
    household = [office.person(shared), office.person(shared)]
    office.person(LANDLINE)
    office.campaign()
    office.seal()
    before = office.message_of(person)
    assert office.seal() == 0
    newcomer = office.person(new_phone())
    assert seal_again(office) == 1
    assert len(rows()) == 3
    assert office.message_of(newcomer).state is MessageState.PLANNED
    after = office.message_of(person)
    assert (after.id, after.created_at) == (before.id, before.created_at)
    with transaction() as session:
        assert session.scalars(select(MessageMember.person_id)).one() in household
        assert unbalanced_rows(session) == 0
    assert len(left_out()) == 1


def test_who_is_left_out_and_reached_later_is_left_out_no_more(office: Office) -> None:
    person, still = office.person(LANDLINE), office.person()
    office.campaign()
    office.seal()
    assert left_out() == {person: Reason.NO_MOBILE, still: Reason.NO_PHONE}
    with transaction() as session:
        session.execute(text("UPDATE contact_point SET mobile = true"))
    seal_again(office)
    assert left_out() == {still: Reason.NO_PHONE}
    with transaction() as session:
        assert unbalanced_rows(session) == 0


def test_two_schedulers_at_once_seal_once(office: Office) -> None:
    office.person(new_phone())
    office.campaign()
    with transaction() as first, transaction() as second:
        assert seal_due_steps(first, office.clock.now()) == 1
        assert seal_due_steps(second, office.clock.now()) == 0
    assert len(rows()) == 1


def test_a_crash_in_the_middle_of_sealing_leaves_nothing(office: Office, database: str) -> None:
    """The server cuts the connection while the statement writes: the third row makes it do so."""
    for _ in range(5):
        office.person(new_phone())
    office.person()
    office.campaign()
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("""
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
                IF NEW.ordinal = 0 AND currval('message_id_seq') % 2 = 1 THEN
                    PERFORM pg_terminate_backend(pg_backend_pid());
                END IF;
                RETURN NEW;
            END $$""")
        owner.execute("CREATE TRIGGER cut AFTER INSERT ON message FOR EACH ROW EXECUTE FUNCTION cut()")
        try:
            with pytest.raises(Exception, match=r"terminat|closed"):
                office.seal()
        finally:
            owner.execute("DROP FUNCTION cut CASCADE")
    assert (rows(), left_out(), waiting_jobs()) == ([], {}, [])
    assert office.step().state is StepState.RELEASED
    assert office.seal() == 1
    assert (len(rows()), len(left_out())) == (5, 1)


def test_the_jobs_are_queued_once_in_the_same_transaction(office: Office) -> None:
    office.person(new_phone())
    office.person()
    office.campaign()
    office.seal()
    assert waiting_jobs() == [("outreach.dispatch", "account:twilio")]
    assert office.step().state is StepState.SEALED
    with transaction() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.subject == f"step:{office.step().id}"))
        trace = [(entry.action, entry.after) for entry in entries]
    assert trace[-1] == ("step.sealed", {"rows": 1, "people": 1, "left_out": 1})


def test_the_text_is_made_when_the_row_is_claimed_unaccented_and_encrypted_at_rest(office: Office) -> None:
    person = office.person(new_phone(), name="Trần Thị Kiều", holder=Holder.SELF, confirmed=True)
    office.campaign()
    office.seal()
    office.send()
    message, body = office.message_of(person), office.text_of(person)
    assert body.isascii()
    assert "ba Kieu" in body
    assert (message.state, message.segments, message.price_dong) == (MessageState.ACCEPTED, 2, 1600)
    with transaction() as session:
        assert group_code(session.get_one(Person, person).reference) in body
        stored = session.scalar(text("SELECT body FROM message"))
        assert b"Kieu" not in bytes(stored)


def test_facts_that_were_taken_away_send_the_step_back_to_its_planners(office: Office) -> None:
    office.person(new_phone())
    office.campaign()
    office.change_campaign(facts={})
    assert office.seal() == 0
    step = office.step()
    assert (step.state, step.released_by) == (StepState.PLANNED, None)
    assert rows() == []
    with transaction() as session:
        reasons = session.scalars(select(AuditEntry.reason).where(AuditEntry.action == "step.sent_back"))
        assert "{dien_thoai}" in reasons.all()[-1]


def test_what_the_second_person_released_is_not_changed_any_more(office: Office) -> None:
    office.campaign()
    for change in ("template = 'khác'", "audience = '{}'", "kind = 'final'", "ladder = '[]'", "timing = '{}'"):
        with pytest.raises(Exception, match="a released step is not changed"), transaction() as session:
            session.execute(text(f"UPDATE step SET {change} WHERE kind = 'invitation'"))
    assert office.step(StepKind.INVITATION).state is StepState.RELEASED


def test_rows_and_people_are_the_sum_over_states_and_reasons(office: Office) -> None:
    """Some reached alone, some together, some not; whatever becomes of the rows, the equation holds."""
    shared = new_phone()
    for phones in ([new_phone()], [shared], [shared], [LANDLINE], [], [new_phone()]):
        office.person(*phones)
    office.campaign()
    office.seal()
    with transaction() as session:
        assert check_ledger(session, office.clock.now()) == 0
    office.send()
    with transaction() as session:
        assert check_ledger(session, office.clock.now()) == 0
        session.execute(text("DELETE FROM step_left_out WHERE reason = 'no_phone'"))
        session.execute(text("DELETE FROM message_member"))
        session.execute(text("UPDATE message SET price_dong = 0 WHERE id = (SELECT min(id) FROM message)"))
        assert unbalanced_rows(session) == 3


def test_many_people_are_sealed_in_one_go(office: Office) -> None:
    with transaction() as session:
        session.execute(
            text("""
            WITH people AS (
              INSERT INTO person (id, reference, full_name, folded_name, commune_code, under_guardianship, created_at)
              SELECT gen_random_uuid(), lpad(n::text, 8, '0'), 'Người Thử', 'nguoi thu', '00199', false, now()
              FROM generate_series(1, 2300) n RETURNING id),
            phones AS (
              INSERT INTO contact_point (id, kind, address, address_index, mobile, created_at)
              SELECT id, 'phone', ''::bytea, uuid_send(id), true, now() FROM people RETURNING id)
            INSERT INTO person_contact (person_id, contact_id, commune_code, holder, rank)
            SELECT id, id, '00199', 'unknown', 0 FROM people""")
        )
    office.campaign()
    office.seal()
    assert len(rows()) == 2300
