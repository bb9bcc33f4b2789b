"""What is no longer to be kept goes by itself, in its time; what is still needed stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from console.campaign_facts import close_campaign
from conversations import retention
from conversations.attachment import Attachment, AttachmentState
from conversations.escalation import Escalation
from conversations.retention import RETENTION, erase_what_is_over
from conversations.thread import Channel, InboundMessage, Thread
from conversations.ticks import TICKS, note_audit_end
from core.audit import AuditEntry
from core.audit_notes import notes_in
from core.clock import now
from core.database import Role, role_url, transaction
from core.settings import settings
from outreach.message import Message, MessageState
from roster.campaign import Campaign
from roster.claim import Claim
from roster.returned.returned_file import ReturnedFile, ReturnedKind, ReturnedRow, ReturnedState
from roster.roster_import import ImportRow, ImportState, RosterImport
from roster.survey.draft import Closing, Draft, DraftState
from tests.console import ward
from tests.environment import START, TestClock

SAID, TOLD = "số của tôi là 0011004123457", "Dạ, tôi đã ghi số tài khoản"


@pytest.fixture(autouse=True)
def _the_clock(database: str, clock: TestClock) -> Iterator[None]:
    """Every test begins with campaigns that are over and forgotten."""
    with transaction() as session:
        session.execute(sa.update(Campaign).values(closed_at=START - timedelta(days=900)))
    yield


@pytest.fixture(scope="module")
def rasa(database: str) -> Iterator[sa.Engine]:
    """Rasa's table as Rasa makes it."""
    engine = sa.create_engine(role_url(Role.RASA))
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE turn (id bigserial PRIMARY KEY, sender_id text, events bytea)"))
    yield engine
    engine.dispose()


def run(at: datetime | None = None) -> int:
    return erase_what_is_over(at or now())


def over(campaign_id: int, at: datetime) -> None:
    with transaction() as session:
        close_campaign(session, session.get_one(Campaign, campaign_id), 1, at)


def talk() -> tuple[ward.Citizen, int, UUID]:
    """A citizen who declared in a running campaign, with every sort of thing that is kept of it."""
    of, campaign_id = ward.citizen(), ward.campaign()
    claim_id = ward.claim(of, campaign_id)
    ward.says(of, SAID)
    ward.was_told(of, TOLD)
    with transaction() as session:
        word = session.scalars(select(InboundMessage).where(InboundMessage.thread_id == of.thread_id)).one()
        session.add(
            Attachment(
                channel=Channel.SMS.value, provider_message_id=uuid4().hex, message_id=word.id, tries=1,
                commune_code=ward.HERE, state=AttachmentState.KEPT, content=b"anh the can cuoc",
                content_type="image/jpeg", received_at=now(), changed_at=now(),
            )
        )  # fmt: skip
    return of, campaign_id, claim_id


def words(of: ward.Citizen) -> list[str]:
    with transaction() as session:
        came = session.scalars(select(InboundMessage.text).where(InboundMessage.thread_id == of.thread_id)).all()
        went = session.scalars(select(Message.body).where(Message.thread_id == of.thread_id)).all()
    return [one for one in [*came, *went] if one]


def picture(of: ward.Citizen) -> Attachment:
    with transaction() as session:
        ours = select(Attachment).join(InboundMessage).where(InboundMessage.thread_id == of.thread_id)
        return session.scalars(ours).one()


def draft(of: ward.Citizen) -> Draft:
    with transaction() as session:
        return session.scalars(select(Draft).where(Draft.person_id == of.person_id)).one()


def test_nothing_goes_while_the_campaign_runs_however_long(clock: TestClock) -> None:
    of, _, _ = talk()
    clock.advance(timedelta(days=700))
    run()
    assert words(of) == [SAID, TOLD] and picture(of).content and draft(of).answers


@pytest.mark.parametrize(
    ("days", "picture_gone", "draft_gone", "words_gone"),
    [(89, False, False, False), (91, True, True, False), (179, True, True, False), (181, True, True, True)],
)
def test_each_goes_in_its_time_after_the_campaigns_end(
    clock: TestClock, days: int, picture_gone: bool, draft_gone: bool, words_gone: bool
) -> None:
    of, campaign_id, claim_id = talk()
    clock.advance(timedelta(days=30))
    over(campaign_id, now())
    clock.advance(timedelta(days=days))
    run()
    assert (picture(of).content is None) is picture_gone
    assert picture(of).state is (AttachmentState.ERASED if picture_gone else AttachmentState.KEPT)
    assert (draft(of).answers == {}) is draft_gone
    assert (words(of) == []) is words_gone
    with transaction() as session:
        claim = session.get_one(Claim, claim_id)
    assert claim.account_number == "0011004123457", "what was declared is a paper of the payment"
    assert draft(of).state is (DraftState.CLOSED if draft_gone else DraftState.DECLARED), "there is nothing to correct"


def test_an_operator_keeps_things_longer_or_shorter(clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> None:
    from roster.privacy.settings import privacy_settings

    of, campaign_id, _ = talk()
    over(campaign_id, now())
    clock.advance(timedelta(days=31))
    monkeypatch.setenv("LOA_PRIVACY_WORDS_KEPT_DAYS", "30")
    monkeypatch.setenv("LOA_PRIVACY_DRAFTS_KEPT_DAYS", "400")
    privacy_settings.cache_clear()
    run()
    monkeypatch.undo()
    privacy_settings.cache_clear()
    assert words(of) == [] and draft(of).answers


def test_words_of_two_campaigns_stay_as_long_as_either_needs_them(clock: TestClock) -> None:
    second = ward.campaign("Đợt kia")
    of, first, _ = talk()
    over(first, now())
    clock.advance(timedelta(days=300))
    run()
    assert words(of), "the second campaign runs, and was there when this was said"
    over(second, now())
    clock.advance(timedelta(days=181))
    run()
    assert not words(of)


def test_what_an_officer_has_not_closed_stays(clock: TestClock) -> None:
    of, campaign_id, _ = talk()
    escalation_id = ward.escalation(of, summary="hỏi về số tài khoản")
    over(campaign_id, now())
    clock.advance(timedelta(days=365))
    run()
    assert words(of) == [SAID, TOLD]
    with transaction() as session:
        closed = session.get_one(Escalation, escalation_id)
        closed.closed_at, closed.closing_note, closed.hand_note = now() - timedelta(days=200), "hẹn thứ hai", "xin gọi"
    run()
    assert not words(of)
    with transaction() as session:
        erased = session.get_one(Escalation, escalation_id)
        assert (erased.summary, erased.closing_note, erased.hand_note) == ("", None, None)


def test_a_message_that_may_still_go_out_keeps_its_text(clock: TestClock) -> None:
    of, campaign_id, _ = talk()
    with transaction() as session:
        session.execute(sa.update(Message).where(Message.thread_id == of.thread_id).values(state=MessageState.UNKNOWN))
    over(campaign_id, now())
    clock.advance(timedelta(days=365))
    run()
    assert words(of) == [TOLD]
    with transaction() as session:
        session.execute(
            sa.update(Message).where(Message.thread_id == of.thread_id).values(state=MessageState.DELIVERED)
        )


def test_an_unfinished_survey_of_a_campaign_that_is_over_ends(clock: TestClock) -> None:
    of, campaign_id = ward.citizen(), ward.campaign()
    with transaction() as session:
        session.add(
            Draft(
                campaign_id=campaign_id, thread_id=of.thread_id, contact_id=of.contact_id, person_id=of.person_id,
                commune_code=ward.HERE, answers={"bank": "Agribank"}, started_at=now(), last_message_at=now(),
            )
        )  # fmt: skip
    over(campaign_id, now())
    clock.advance(timedelta(days=91))
    run()
    left = draft(of)
    assert (left.state, left.closing, left.answers) == (DraftState.CLOSED, Closing.CAMPAIGN_OVER, {})


def test_rasa_forgets_what_we_forget(clock: TestClock, rasa: sa.Engine) -> None:
    of, _, _ = talk()
    other, _, _ = talk()
    with rasa.begin() as connection:
        for thread in (of.thread_id, other.thread_id):
            turn = {"sender": str(thread), "events": b"x"}
            connection.execute(sa.text("INSERT INTO turn (sender_id, events) VALUES (:sender, :events)"), turn)
    with transaction() as session:
        session.get_one(Thread, other.thread_id)
        session.execute(
            sa.update(InboundMessage).where(InboundMessage.thread_id == other.thread_id).values(handled_at=None)
        )
        session.execute(sa.update(Campaign).values(closed_at=now()))
    clock.advance(timedelta(days=181))
    run()
    with rasa.connect() as connection:
        left = connection.execute(sa.text("SELECT sender_id FROM turn")).scalars().all()
    assert left == [str(other.thread_id)], "what nobody has answered yet is not touched"
    with transaction() as session:
        session.execute(sa.update(InboundMessage).where(InboundMessage.handled_at.is_(None)).values(handled_at=now()))
    run()


def test_rows_of_a_list_go_soon_after_it_was_taken_over(clock: TestClock) -> None:
    with transaction() as session:
        kept = {}
        for state in ImportState:
            staged = RosterImport(
                file_name="a.xlsx", file_digest=uuid4().bytes, state=state, rows_total=1, staged_at=now(),
                merged_at=now() if state is ImportState.MERGED else None,
            )  # fmt: skip
            session.add(staged)
            session.flush()
            session.add(ImportRow(import_id=staged.id, sheet="1", row=1, status="ok", values={"name": "Nguyễn Thị A"}))
            kept[staged.id] = state
    clock.advance(timedelta(days=31))
    run()
    with transaction() as session:
        left = {kept[one] for one in session.scalars(select(ImportRow.import_id)) if one in kept}
        assert left == {ImportState.STAGED}
        assert session.scalars(select(RosterImport.rows_total).where(RosterImport.id.in_(kept))).all() == [1, 1, 1]


def test_a_file_that_came_back_and_was_never_brought_in_is_put_away(clock: TestClock) -> None:
    of = ward.citizen()
    given = {"name": "Nguyễn Thị A", "given": {"outcome": "met"}, "notes": []}
    with transaction() as session:
        kept = {}
        for state in ReturnedState:
            came = ReturnedFile(
                kind=ReturnedKind.VISITS, commune_code=ward.HERE, file_name="a.xlsx", digest=uuid4().bytes,
                state=state, rows=1, staged_at=now(),
            )  # fmt: skip
            session.add(came)
            session.flush()
            session.add(
                ReturnedRow(
                    file_id=came.id, row=1, status="ok", commune_code=ward.HERE, person_id=of.person_id, values=given
                )
            )
            kept[came.id] = state
    clock.advance(timedelta(days=29))
    run()
    assert _states_of(kept)[ReturnedState.STAGED] == (ReturnedState.STAGED, 1), "not before its time"
    clock.advance(timedelta(days=2))
    run()
    assert _states_of(kept) == {
        ReturnedState.STAGED: (ReturnedState.DISCARDED, 0),
        ReturnedState.MERGED: (ReturnedState.MERGED, 1),
        ReturnedState.DISCARDED: (ReturnedState.DISCARDED, 1),
    }


def _states_of(kept: dict[UUID, ReturnedState]) -> dict[ReturnedState, tuple[ReturnedState, int]]:
    """By what each was: what it is, and how many rows it has."""
    with transaction() as session:
        rows = Counter(session.scalars(select(ReturnedRow.file_id)))
        return {was: (session.get_one(ReturnedFile, one).state, rows[one]) for one, was in kept.items()}


def test_how_much_went_is_audited_and_a_second_time_nothing_does(clock: TestClock) -> None:
    for _ in range(3):
        _, campaign_id, _ = talk()
        over(campaign_id, now())
    clock.advance(timedelta(days=181))
    rows = run()
    with transaction() as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "retention").order_by(AuditEntry.id.desc())
        ).all()
    found = {entry.subject: entry.after["rows"] for entry in reversed(entries)}
    for kind in ("words", "texts", "drafts"):
        assert found[f"retention:{kind}"] >= 3, found
    assert rows >= 9, "pictures go with the words they came with"
    assert run() == 0


def test_more_than_a_batch_goes_in_one_tick(clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> None:
    of, campaign_id, _ = talk()
    for number in range(retention.AT_ONCE + 20):
        ward.says(of, f"tin {number}")
    over(campaign_id, now())
    clock.advance(timedelta(days=181))
    run()
    assert words(of) == []


def test_it_is_one_of_the_schedulers_ticks() -> None:
    assert RETENTION in TICKS


def test_the_end_of_the_audit_log_is_noted_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = tmp_path / "notes"
    monkeypatch.setenv("LOA_AUDIT_NOTES", str(notes))
    settings.cache_clear()
    try:
        assert note_audit_end(now()) == 1
    finally:
        monkeypatch.undo()
        settings.cache_clear()
    with transaction() as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert [(note.entry_id, note.hash) for note in notes_in(notes)] == [(last.id, last.hash)]
