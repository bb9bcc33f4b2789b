"""Who is on which list, who is synced, and whom each payer pays."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.database import Role, transaction
from roster.claim import Claim, ClaimState
from roster.list_rows import ListRow
from roster.lists import PersonIds, Scope, count_groups, list_page, list_rows
from roster.payers import load_payers, payer_named
from roster.payments import payment_rows
from roster.person import Person
from roster.survey.outcome import OutcomeGroup
from roster.syncing import Marked, mark_synced, sync_rows
from tests.roster.commune_office import (
    ELSEWHERE,
    HERE,
    NOW,
    OFFICER,
    add_campaign,
    add_cash_claim,
    add_claim,
    add_person,
    add_phone,
    all_rows,
    claim_state,
    empty_roster,
)

G, S = OutcomeGroup, ClaimState

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def clean(database: str) -> None:
    """An empty roster."""
    empty_roster()


@pytest.fixture
def campaign() -> int:
    """A running campaign."""
    return add_campaign()


def rows(scope: Scope, *groups: OutcomeGroup, communes: tuple[str, ...] = ("*",)) -> list[ListRow]:
    """The rows of these lists, or of all."""
    with transaction(Role.CONSOLE, communes=communes) as session:
        return list(list_rows(session, scope, groups or list(OutcomeGroup)))


def groups(campaign: int, invited: PersonIds | None = None, for_officers: PersonIds = ()) -> dict[str, str]:
    """The list of everybody by name."""
    scope = Scope(campaign, invited=invited, for_officers=for_officers)
    return {row.full_name: row.group.value for row in rows(scope)}


def mark(claims: list[UUID]) -> Marked:
    """Mark claims as synced."""
    with transaction() as session:
        return mark_synced(session, claims, OFFICER, NOW)


def synced_names(campaign: int) -> list[str]:
    """The people of the sync file."""
    with transaction() as session:
        return [row.full_name for row in sync_rows(session, campaign)]


def paid(key: str, communes: list[str] | None = None) -> list[str]:
    """The people that a payer pays."""
    payers = load_payers()
    with transaction() as session:
        return [row.full_name for row in payment_rows(session, payer_named(key, payers), payers, communes)]


def test_everybody_is_on_exactly_one_list(campaign: int) -> None:
    add_claim(campaign, add_person("Có Tài Khoản"))
    add_claim(campaign, add_person("Mở Tại Nhà"), outcome_group="B-home", answers={"visit_time": "sáng thứ 7"})
    add_claim(campaign, add_person("Qua Con Gái"), outcome_group="C")
    add_cash_claim(campaign, add_person("Giữ Tiền Mặt"))
    add_person("Chưa Trả Lời")
    undecided = add_person("Còn Phân Vân")
    add_claim(campaign, add_person("Mới Báo Mất", paused_at=NOW))
    add_person("Đã Mất Lâu", deceased_at=NOW)
    add_claim(campaign, add_person("Mất Sau Khi Khai", deceased_at=NOW))
    add_claim(campaign, add_person("Bị Từ Chối"), state=S.REJECTED)
    expected = {
        "Có Tài Khoản": "A",
        "Mở Tại Nhà": "B-home",
        "Qua Con Gái": "C",
        "Giữ Tiền Mặt": "D",
        "Chưa Trả Lời": "E",
        "Còn Phân Vân": "F",
        "Mới Báo Mất": "F",
        "Mất Sau Khi Khai": "F",
        "Bị Từ Chối": "E",
    }
    assert groups(campaign, for_officers=[undecided]) == expected
    scope = Scope(campaign, for_officers=[undecided])
    with transaction() as session:
        counted = count_groups(session, scope)
    assert counted == {group: list(expected.values()).count(group.value) for group in OutcomeGroup}


def test_a_claim_that_stands_keeps_its_list_while_an_officer_is_asked_something(campaign: int) -> None:
    person = add_person()
    add_claim(campaign, person)
    assert groups(campaign, for_officers=[person]) == {"Nguyễn Thị Hoa": "A"}


def test_list_e_may_be_held_to_those_invited(campaign: int) -> None:
    invited = add_person("Được Mời")
    add_person("Không Được Mời")
    add_claim(campaign, add_person("Tự Khai"))
    assert groups(campaign, invited=[invited]) == {"Được Mời": "E", "Tự Khai": "A"}
    by_query = select(Person.id).where(Person.full_name == "Được Mời")
    assert groups(campaign, invited=by_query, for_officers=by_query) == {"Được Mời": "F", "Tự Khai": "A"}


def test_the_newest_standing_claim_of_the_campaign_counts(campaign: int) -> None:
    person = add_person()
    add_claim(add_campaign(), person, outcome_group="C")
    assert groups(campaign) == {"Nguyễn Thị Hoa": "E"}
    add_claim(campaign, person, declared_at=NOW - timedelta(days=3))
    add_cash_claim(campaign, person)
    add_claim(campaign, person, state=S.WITHDRAWN, outcome_group="B-self", declared_at=NOW + timedelta(days=1))
    assert groups(campaign) == {"Nguyễn Thị Hoa": "D"}


def test_a_stranger_hides_nobodys_claim(campaign: int) -> None:
    """Whoever knows a file code can declare on the web: such a claim waits behind any other of the person."""
    later = NOW + timedelta(days=1)
    person = add_person()
    approved = add_claim(campaign, person, state=S.APPROVED)
    add_cash_claim(campaign, person, from_invited_phone=False, declared_at=later)
    assert [(row.group, row.claim_id) for row in rows(Scope(campaign))] == [(G.OWN_ACCOUNT, approved)]
    assert synced_names(campaign) == ["Nguyễn Thị Hoa"]


@pytest.mark.parametrize("state", [S.CHECKED, S.VERIFIED, S.APPROVED])
def test_a_stranger_whom_an_officer_has_looked_at_counts_by_time(campaign: int, state: ClaimState) -> None:
    person = add_person()
    add_claim(campaign, person)
    add_cash_claim(campaign, person, state=state, from_invited_phone=False, declared_at=NOW + timedelta(days=1))
    assert groups(campaign) == {"Nguyễn Thị Hoa": "D"}


def test_of_two_strangers_the_newer_counts_and_one_alone_stands(campaign: int) -> None:
    person = add_person()
    add_claim(campaign, person, from_invited_phone=False)
    assert groups(campaign) == {"Nguyễn Thị Hoa": "A"}
    add_cash_claim(campaign, person, from_invited_phone=False, declared_at=NOW + timedelta(days=1))
    assert groups(campaign) == {"Nguyễn Thị Hoa": "D"}


def test_lists_are_by_commune_and_given_name(campaign: int) -> None:
    for name, commune in (
        ("Trần An", ELSEWHERE),
        ("Lê Bình", HERE),
        ("Phạm Văn An", HERE),
        ("Bùi Văn An", HERE),
    ):
        add_person(name, commune)
    everywhere = [(row.commune, row.full_name) for row in rows(Scope(campaign))]
    assert everywhere == [
        ("Phường Bồ Đề", "Bùi Văn An"),
        ("Phường Bồ Đề", "Phạm Văn An"),
        ("Phường Bồ Đề", "Lê Bình"),
        ("Xã Hạ Bằng", "Trần An"),
    ]
    assert [row.full_name for row in rows(Scope(campaign, communes=[ELSEWHERE]))] == ["Trần An"]
    assert [row.full_name for row in rows(Scope(campaign), communes=(ELSEWHERE,))] == ["Trần An"]


def test_a_page_is_a_piece_of_its_list(campaign: int) -> None:
    for number, name in enumerate(("Trần An", "Lê Bình", "Phạm Văn An", "Bùi Cúc", "Vũ Dung", "Hồ Thị Én")):
        add_person(name, ELSEWHERE if number % 2 else HERE)
    add_claim(campaign, add_person("Đã Khai"))
    add_claim(campaign, add_person("Bị Từ Chối"), state=S.REJECTED)
    add_person("Mới Báo Mất", paused_at=NOW)
    add_person("Đã Mất", deceased_at=NOW)
    undecided, other = add_person("Còn Phân Vân"), add_person("Chưa Mời")
    invited = select(Person.id).where(Person.id != other)
    for scope in (
        Scope(campaign, for_officers=[undecided]),
        Scope(campaign, communes=[HERE], invited=invited, for_officers=select(Person.id).where(Person.id == undecided)),
    ):
        for group in OutcomeGroup:
            whole = rows(scope, group)
            with transaction(Role.CONSOLE, communes=("*",)) as session:
                pages = [list_page(session, scope, group, before, 3) for before in range(0, len(whole) + 3, 3)]
            assert [row for page in pages for row in page] == whole
            assert [len(page) for page in pages[:-2]] == [3] * (len(pages) - 2)
    assert len(rows(Scope(campaign), G.NO_ANSWER)) == 9


def test_a_row_has_what_the_team_needs(campaign: int) -> None:
    person = add_person(amounts={"social_protection": 500_000, "meritorious": 2_055_000, "other": None})
    add_phone(person, "0912345670", rank=0, unlinked_at=NOW)
    add_phone(person, "0912345672", rank=2)
    add_phone(person, "0912345671", rank=1)
    add_claim(campaign, person)
    [row] = rows(Scope(campaign), G.OWN_ACCOUNT)
    assert (row.phone, row.monthly_dong) == ("0912345671", 2_555_000)
    assert row.categories == ("meritorious", "other", "social_protection")
    assert (row.bank, row.account_number, row.holder_name) == (
        "Vietcombank",
        "0011004123457",
        "NGUYEN THI HOA",
    )


def test_only_approved_accounts_go_to_the_welfare_software(campaign: int) -> None:
    for state in ClaimState:
        add_claim(campaign, add_person(f"Người {state.value}"), state=state)
    add_claim(campaign, add_person("Chưa Có Số"), state=S.APPROVED, bank=None, account_number=None)
    add_cash_claim(campaign, add_person("Tiền Mặt"), state=S.APPROVED)
    add_claim(campaign, add_person("Báo Mất", paused_at=NOW), state=S.APPROVED)
    changed_mind = add_person("Khai Lại")
    add_claim(campaign, changed_mind, state=S.APPROVED)
    add_cash_claim(campaign, changed_mind, declared_at=NOW + timedelta(hours=1))
    assert synced_names(campaign) == ["Người approved"]


def test_marking_is_a_step_of_its_own_and_takes_only_what_is_still_approved(campaign: int) -> None:
    good = add_claim(campaign, add_person(), state=S.APPROVED, verified_by=1, approved_by=2)
    late = add_claim(campaign, add_person(), state=S.NEEDS_CORRECTION)
    with transaction() as session:
        [row] = sync_rows(session, campaign)
        assert (row.claim_id, row.napas_bin, row.account_number) == (good, "970436", "0011004123457")
    assert claim_state(good) is S.APPROVED
    stranger = uuid4()
    outcome = mark([late, good, stranger])
    assert (outcome.marked, outcome.passed_over) == ([good], [late, stranger])
    assert (claim_state(good), claim_state(late)) == (S.SYNCED, S.NEEDS_CORRECTION)
    assert mark([good]).marked == []
    assert all_rows("SELECT subject FROM audit_entry WHERE action = 'synced'") == [(f"claim:{good}",)]


def test_everybody_alive_is_paid_by_one_payer(campaign: int) -> None:
    synced = {
        S.SYNCED: "Đã Đồng Bộ",
        S.PAID_CONFIRMED: "Đã Nhận",
        S.RETURNED: "Bị Trả Lại",
        S.APPROVED: "Đã Duyệt",
    }
    for state, name in synced.items():
        add_claim(campaign, add_person(name, paid_by="Bưu điện"), state=state)
    add_person("Tiền Mặt", commune=ELSEWHERE)
    add_person("Báo Mất", paused_at=NOW, paid_by=None)
    add_person("Đã Mất", deceased_at=NOW)
    assert paid("account") == ["Đã Đồng Bộ", "Đã Nhận"]
    assert paid("post_office") == ["Đã Duyệt", "Bị Trả Lại"]
    assert paid("cash") == ["Báo Mất", "Tiền Mặt"]
    assert paid("cash", [ELSEWHERE]) == ["Tiền Mặt"]


def test_a_payment_that_came_back_means_cash_whatever_an_earlier_campaign_says(campaign: int) -> None:
    person = add_person()
    add_claim(add_campaign(), person, state=S.SYNCED, declared_at=NOW - timedelta(days=90))
    newest = add_claim(campaign, person, state=S.RETURNED)
    assert (paid("account"), paid("cash")) == ([], ["Nguyễn Thị Hoa"])
    with transaction() as session:
        session.get_one(Claim, newest).state = S.APPROVED
    assert paid("account") == ["Nguyễn Thị Hoa"], "until a newer claim is synced, the software has the earlier account"
