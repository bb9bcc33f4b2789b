"""A failing provider pauses only its own account, and another SMS account sends what it has not begun."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.database import transaction
from language.phones import to_e164
from outreach.account_health import Finding, Trouble, rest
from outreach.channels.registry import accounts, accounts_for, adapter_for
from outreach.dispatch import run_dispatch
from outreach.fail_over import fail_over
from outreach.message import Message, MessageState
from tests.channels.domestic_site import esms_environment
from tests.outreach.conftest import read_settings_anew
from tests.outreach.office import Office, new_phone


class TwoAccounts:
    """The office with two SMS accounts: `first` is preferred, `second` helps out."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.first, self.second = (account.name for account in accounts_for("sms"))

    def invited(self, *phones: str) -> list[int]:
        """One invitation to each phone; their rows in the ledger."""
        people = [self.office.person(phone) for phone in phones]
        self.office.campaign()
        self.office.seal()
        return [self.office.message_of(person).id for person in people]

    def fails(self, account: str, trouble: Trouble = Trouble.SHUT) -> None:
        with transaction() as session:
            rest(session, account, Finding(trouble, ("20003",)), self.office.clock.now())

    def help_out(self) -> int:
        with transaction() as session:
            return fail_over(session, accounts(), self.office.clock.now())

    def send(self, account: str) -> int:
        return run_dispatch(accounts()[account], adapter_for(account), sleep=lambda seconds: None).tried

    def row(self, message_id: int) -> tuple[str, str, MessageState]:
        message = self.office.message(message_id)
        return message.account, message.provider, message.state

    def set_row(self, message_id: int, **fields: object) -> None:
        with transaction() as session:
            message = session.get_one(Message, message_id)
            for name, value in fields.items():
                setattr(message, name, value)


@pytest.fixture
def two(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[TwoAccounts]:
    for name, value in esms_environment(office.stand_in.url).items():
        monkeypatch.setenv(name, value)
    read_settings_anew()
    yield TwoAccounts(office)


def test_what_a_shut_account_has_not_begun_goes_out_over_the_other(two: TwoAccounts) -> None:
    phones = [new_phone() for _ in range(3)]
    rows = two.invited(*phones)
    assert {two.row(row)[0] for row in rows} == {two.first}
    two.fails(two.first)
    assert two.help_out() == 3
    assert two.send(two.first) == 0
    assert two.send(two.second) == 3
    for row, phone in zip(rows, phones, strict=True):
        assert two.row(row) == (two.second, two.second, MessageState.ACCEPTED)
        messages = two.office.stand_in.messages(to_e164(phone))
        assert [message["provider"] for message in messages] == [two.second]
    with transaction() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "account.failed_over")).one()
        assert (entry.subject, entry.after) == (f"account:{two.first}", {"account": two.second, "rows": 3})
        assert "từ chối tài khoản" in entry.reason


@pytest.mark.parametrize(
    "state", [MessageState.CLAIMED, MessageState.UNKNOWN, MessageState.ACCEPTED, MessageState.HELD]
)
def test_what_the_failing_provider_may_have_stays(two: TwoAccounts, state: MessageState) -> None:
    waiting, begun = two.invited(new_phone(), new_phone())
    two.set_row(begun, state=state)
    two.fails(two.first)
    assert two.help_out() == 1
    assert two.row(begun) == (two.first, two.first, state)
    assert two.row(waiting)[0] == two.second


def test_repeating_it_moves_nothing_more(two: TwoAccounts) -> None:
    two.invited(new_phone())
    two.fails(two.first)
    assert [two.help_out(), two.help_out()] == [1, 0]


def test_a_provider_that_is_away_for_a_moment_is_waited_for(two: TwoAccounts) -> None:
    (row,) = two.invited(new_phone())
    two.fails(two.first, Trouble.AWAY)
    assert two.help_out() == 0
    two.office.clock.advance(timedelta(minutes=3))
    two.fails(two.first, Trouble.AWAY)
    assert two.help_out() == 1
    assert two.row(row)[0] == two.second


def test_where_both_fail_nothing_moves(two: TwoAccounts) -> None:
    (row,) = two.invited(new_phone())
    two.fails(two.first)
    two.fails(two.second)
    assert two.help_out() == 0
    assert two.row(row)[0] == two.first


def test_back_in_health_it_gets_what_is_new_and_nothing_back(two: TwoAccounts) -> None:
    (moved,) = two.invited(new_phone())
    two.fails(two.first)
    two.help_out()
    two.office.clock.advance(timedelta(minutes=11))
    (new,) = two.invited(new_phone())
    assert two.help_out() == 0
    assert (two.row(moved)[0], two.row(new)[0]) == (two.second, two.first)


def test_an_account_alone_keeps_its_rows(office: Office) -> None:
    person = office.person(new_phone())
    office.campaign()
    office.seal()
    with transaction() as session:
        rest(session, "twilio", Finding(Trouble.SHUT), office.clock.now())
        assert fail_over(session, accounts(), office.clock.now()) == 0
    assert office.message_of(person).account == "twilio"
