"""Sealing: one row a person, once, with the code in it; and what is left out."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, text

from core.audit import AuditEntry
from core.database import transaction
from language.codes import group_code
from outreach.message import Message, MessageState
from outreach.step import StepState
from roster.contact import Holder
from roster.person import Person
from tests.outreach.office import Office, new_phone


def rows() -> list[Message]:
    with transaction() as session:
        return list(session.scalars(select(Message)))


def waiting_jobs() -> list[tuple[str, str]]:
    with transaction() as session:
        found = session.execute(text("SELECT task_name, lock FROM procrastinate_jobs WHERE status = 'todo'"))
        return [(name, lock) for name, lock in found]


def test_each_person_gets_a_row_with_the_own_code(office: Office) -> None:
    shared = new_phone()
    people = [office.person(shared), office.person(shared, name="Nguyễn Văn Bình")]
    office.campaign()
    assert office.seal() == 1
    assert {row.person_id for row in rows()} == set(people)
    with transaction() as session:
        for person in people:
            code = group_code(session.get_one(Person, person).reference)
            assert code in office.message_of(person).body


def test_a_step_is_not_sealed_before_it_is_due_or_released(office: Office) -> None:
    office.person(new_phone())
    office.campaign(released=False)
    assert office.seal() == 0
    office.campaign()
    office.clock.set(office.clock.now() - timedelta(hours=1))
    assert office.seal() == 0
    assert rows() == []


def test_sealing_twice_changes_nothing(office: Office) -> None:
    person = office.person(new_phone())
    office.campaign()
    office.seal()
    before = office.message_of(person)
    assert office.seal() == 0
    with transaction() as session:
        session.execute(text("UPDATE step SET state = 'released' WHERE kind = 'invitation'"))
    office.person(new_phone())
    assert office.seal() == 1
    assert len(rows()) == 2
    assert office.message_of(person).id == before.id
    assert office.message_of(person).created_at == before.created_at


def test_the_jobs_are_queued_once_in_the_same_transaction(office: Office) -> None:
    office.person(new_phone())
    office.campaign()
    office.seal()
    assert waiting_jobs() == [("outreach.dispatch", "account:twilio")]
    assert office.step().state is StepState.SEALED
    with transaction() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.subject == f"step:{office.step().id}"))
        assert [(entry.action, entry.after) for entry in entries][-1] == ("step.sealed", {"rows": 1})


def test_the_text_is_unaccented_and_encrypted_at_rest(office: Office) -> None:
    person = office.person(new_phone(), name="Trần Thị Kiều", holder=Holder.SELF, confirmed=True)
    office.campaign()
    office.seal()
    message = office.message_of(person)
    assert message.body.isascii()
    assert "ba Kieu" in message.body
    assert message.state is MessageState.PLANNED
    assert message.segments == 2
    with transaction() as session:
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


def test_many_people_are_sealed_in_batches(office: Office) -> None:
    with transaction() as session:
        session.execute(
            text("""
            WITH people AS (
              INSERT INTO person (id, reference, full_name, folded_name, commune_code, under_guardianship, created_at)
              SELECT gen_random_uuid(), lpad(n::text, 8, '0'), 'Người Thử', 'nguoi thu', '00199', false, now()
              FROM generate_series(1, 2300) n RETURNING id)
            INSERT INTO person_contact (person_id, contact_id, commune_code, holder, rank)
            SELECT people.id, :contact, '00199', 'unknown', 0 FROM people"""),
            {"contact": office.contact(new_phone())},
        )
    office.campaign()
    office.seal()
    assert len(rows()) == 2300
