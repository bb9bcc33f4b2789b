"""The form an officer fills in: the bot's questions and checks; nothing declared that was not read back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from roster.campaign import AccountDetails, Campaign
from roster.claim import Claim, ClaimState
from roster.contact import PersonContact
from roster.person import Person
from roster.survey.draft import Closing, Draft, DraftState, Source
from roster.survey.drafts import Opening, begin_draft, circumstances, details_taken, take_answers
from roster.survey.form import Form, NotReadBack, confirm, fingerprint, note_consent, open_form, write_down
from roster.survey.questions import Question
from roster.survey.taking import Given
from tests.environment import TestClock
from tests.roster.commune_office import OFFICER, add_campaign, add_claim, add_person, add_phone

PHONE = "0912000111"
CASH = {"respondent": "self", "wants_account": "no", "cash_reason": "prefers"}


@pytest.fixture(autouse=True)
def office(database: str, clock: TestClock) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point CASCADE")


@pytest.fixture
def person_id() -> UUID:
    made = add_person("Nguyễn Thị Hoa")
    add_phone(made, PHONE)
    return made


@pytest.fixture
def campaign_id() -> int:
    return add_campaign()


def form(session: Session, person_id: UUID, campaign_id: int, source: Source = Source.PHONE) -> Form:
    return Form(session.get_one(Person, person_id), campaign_id, source, None)


def say(session: Session, draft: Draft, **values: str) -> list[Question]:
    """Write these answers down; what was refused."""
    given = [Given(Question(name), value) for name, value in values.items()]
    taken = write_down(session, draft, given, False, OFFICER, now())
    return [refusal.question for refusal in taken.refused]


def claims() -> list[Claim]:
    with transaction() as session:
        return list(session.scalars(select(Claim).order_by(Claim.declared_at)))


def test_nothing_is_there_before_consent(person_id: UUID, campaign_id: int) -> None:
    with transaction() as session:
        assert open_form(session, form(session, person_id, campaign_id)) is None


def test_consent_is_noted_with_who_asked_how_and_when(person_id: UUID, campaign_id: int) -> None:
    with transaction() as session:
        draft = note_consent(session, form(session, person_id, campaign_id), OFFICER, True, now())
        assert (draft.source, draft.staff_id, draft.consent_at is not None) == (Source.PHONE, OFFICER, True)
        assert draft.open_question == Question.RESPONDENT, "the code is not asked for: the officer knows who it is"
    with transaction() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.subject == f"person:{person_id}"))
    assert (entry.actor, entry.after) == (
        f"staff:{OFFICER}",
        {"consent": True, "source": "phone", "campaign": campaign_id},
    )


def test_without_consent_nothing_is_kept(person_id: UUID, campaign_id: int) -> None:
    with transaction() as session:
        draft = note_consent(session, form(session, person_id, campaign_id), OFFICER, False, now())
        assert (draft.state, draft.closing, draft.answers) == (DraftState.CLOSED, Closing.REFUSED_CONSENT, {})
        assert open_form(session, form(session, person_id, campaign_id)) is None


def test_what_was_answered_read_back_and_found_right_is_declared(person_id: UUID, campaign_id: int) -> None:
    with transaction() as session:
        draft = note_consent(session, form(session, person_id, campaign_id), OFFICER, True, now())
        assert say(session, draft, **CASH) == []
        confirm(session, draft, fingerprint(draft), OFFICER, now())
    [claim] = claims()
    assert (claim.person_id, claim.state, claim.outcome_group) == (person_id, ClaimState.DECLARED, "D")
    assert claim.answers["cash_reason"] == "prefers"
    with transaction() as session:
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.subject == f"claim:{claim.id}"))
    assert (entry.actor, entry.after["source"]) == (f"staff:{OFFICER}", "phone")


def test_what_is_not_complete_or_was_changed_since_is_not_declared(person_id: UUID, campaign_id: int) -> None:
    with transaction() as session:
        draft = note_consent(session, form(session, person_id, campaign_id), OFFICER, True, now())
        with pytest.raises(NotReadBack):
            confirm(session, draft, fingerprint(draft), OFFICER, now())
        say(session, draft, **CASH)
        read = fingerprint(draft)
        say(session, draft, cash_reason="distrust")
        with pytest.raises(NotReadBack):
            confirm(session, draft, read, OFFICER, now())
        with pytest.raises(NotReadBack):
            confirm(session, draft, "", OFFICER, now())
    assert claims() == []


def test_the_same_checks_as_the_bots(person_id: UUID, campaign_id: int) -> None:
    with transaction() as session:
        draft = note_consent(session, form(session, person_id, campaign_id), OFFICER, True, now())
        assert say(session, draft, respondent="self", wants_account="yes", has_account="own", bank="Ngân hàng Lạ") == [
            Question.BANK
        ]
        assert say(session, draft, bank="Vietcombank", account_number="12345", holder_name="Hoa") == [
            Question.ACCOUNT_NUMBER,
            Question.HOLDER_NAME,
        ]
        assert draft.open_question == Question.ACCOUNT_NUMBER


@pytest.mark.parametrize(
    ("set_by_campaign", "source", "taken"),
    [
        (AccountDetails.CHAT, Source.BOT, AccountDetails.CHAT),
        (AccountDetails.CHAT, Source.PHONE, AccountDetails.CHAT),
        (AccountDetails.OFFICER, Source.BOT, AccountDetails.OFFICER),
        (AccountDetails.OFFICER, Source.PHONE, AccountDetails.OFFICER),
        (AccountDetails.OFFICER, Source.VISIT, AccountDetails.CHAT),
        (AccountDetails.VNEID, Source.VISIT, AccountDetails.VNEID),
    ],
)
def test_what_is_left_to_the_officer_is_asked_at_home_and_never_by_telephone(
    set_by_campaign: AccountDetails, source: Source, taken: AccountDetails
) -> None:
    assert details_taken(set_by_campaign, source) is taken


def test_a_visit_takes_the_details_and_needs_no_phone(campaign_id: int) -> None:
    person_id = add_person("Trần Văn Bình")
    with transaction() as session:
        session.get_one(Campaign, campaign_id).account_details = AccountDetails.OFFICER
        draft = note_consent(session, form(session, person_id, campaign_id, Source.VISIT), OFFICER, True, now())
        assert say(session, draft, respondent="self", wants_account="yes", has_account="own") == []
        assert draft.open_question == Question.BANK
        say(session, draft, bank="officer")
        assert draft.open_question == Question.CONTACT_PHONE, "the roster has none"
        say(session, draft, contact_phone="none")
        confirm(session, draft, fingerprint(draft), OFFICER, now())
    assert [(one.outcome_group, one.bank) for one in claims()] == [("A", None)]


def begun_by_message(person_id: UUID, campaign_id: int, **answers: str) -> UUID:
    """A survey of the person's that the bot leads."""
    with transaction() as session:
        draft = begin_draft(session, Opening(uuid4(), None, campaign_id, person_id, True), now())
        given = [Given(Question(name), value) for name, value in {"consent": "yes", **answers}.items()]
        take_answers(session, draft, given, now())
        return draft.id


def test_what_was_answered_by_message_stands_on_the_form_but_for_who_answers(person_id: UUID, campaign_id: int) -> None:
    begun_by_message(person_id, campaign_id, respondent="relative", relation="child", wants_account="no")
    with transaction() as session:
        draft = note_consent(session, form(session, person_id, campaign_id), OFFICER, True, now())
        assert draft.answers == {"consent": "yes", "wants_account": "no"}


def test_the_survey_begun_by_message_ends_with_the_declaration(person_id: UUID, campaign_id: int) -> None:
    begun = begun_by_message(person_id, campaign_id, wants_account="yes")
    with transaction() as session:
        draft = note_consent(session, form(session, person_id, campaign_id), OFFICER, True, now())
        say(session, draft, **CASH)
        confirm(session, draft, fingerprint(draft), OFFICER, now())
    with transaction() as session:
        kept = session.get_one(Draft, begun)
        assert (kept.state, kept.closing) == (DraftState.CLOSED, Closing.ALREADY_DONE)


@pytest.mark.parametrize(("theirs", "earlier"), [(True, ClaimState.WITHDRAWN), (False, ClaimState.DECLARED)])
def test_a_new_declaration_takes_the_place_of_the_old_where_the_phone_is_the_persons(
    person_id: UUID, campaign_id: int, theirs: bool, earlier: ClaimState
) -> None:
    old = add_claim(campaign_id, person_id)
    contact_id = add_phone(add_person("Vũ Thị Mận"), "0912000222")
    with transaction() as session:
        own = session.scalars(select(PersonContact.contact_id).where(PersonContact.person_id == person_id)).one()
        person = session.get_one(Person, person_id)
        draft = note_consent(
            session,
            Form(person, campaign_id, Source.PHONE, own if theirs else contact_id),
            OFFICER,
            True,
            now() + timedelta(minutes=1),
        )
        say(session, draft, **CASH)
        claim = confirm(session, draft, fingerprint(draft), OFFICER, now() + timedelta(minutes=2))
        assert claim.from_invited_phone is theirs
    with transaction() as session:
        assert session.get_one(Claim, old).state is earlier


def test_said_to_be_under_guardianship_opens_at_a_counter(person_id: UUID, campaign_id: int) -> None:
    with transaction() as session:
        draft = note_consent(session, form(session, person_id, campaign_id), OFFICER, True, now())
        given = [Given(Question(name), value) for name, value in
                 {"respondent": "self", "wants_account": "yes", "has_account": "none"}.items()]  # fmt: skip
        write_down(session, draft, given, True, OFFICER, now())
        assert draft.open_question == Question.CONFIRM
        write_down(session, draft, [], False, OFFICER, now())
        assert draft.open_question == Question.OPENING, "and when it is taken back, it is asked where"
        write_down(session, draft, [], True, OFFICER, now())
        assert confirm(session, draft, fingerprint(draft), OFFICER, now()).outcome_group == "B-counter"


def test_one_form_is_open_a_person_campaign_and_way(person_id: UUID, campaign_id: int) -> None:
    with transaction() as session:
        first = note_consent(session, form(session, person_id, campaign_id), OFFICER, True, now())
        again = note_consent(session, form(session, person_id, campaign_id), OFFICER + 1, True, now())
        other = note_consent(session, form(session, person_id, campaign_id, Source.VISIT), OFFICER, True, now())
        assert first.id == again.id != other.id
        assert circumstances(session, other, now()).person_known
