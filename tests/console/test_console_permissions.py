"""The table of rights over every route and every role."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule

from console.permissions import RIGHTS, Action, action_of, allowed
from console.staff_roles import CITY_WIDE, StaffRole
from tests.console import ward
from tests.console.conftest import Browser

SHUT_THE_DOOR = ("/dang-xuat", "/ma-xac-thuc")
"""After these one is signed out: by one's own wish, or for typing a code that nobody asked for."""


def routes(app: Flask) -> list[tuple[str, str, Action]]:
    """(method, path, action) of everything the console answers, with keys of nothing in the paths."""
    found = []
    for rule in app.url_map.iter_rules():
        action = action_of(rule.endpoint, app.view_functions[rule.endpoint])
        assert action is not None, f"{rule.endpoint} declares no action"
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            found.append((method, _path(rule), action))
    return found


def _path(rule: Rule) -> str:
    values = {
        "claim_id": uuid4(),
        "person_id": uuid4(),
        "import_id": uuid4(),
        "file_id": uuid4(),
        "group": "A",
        "filename": "console.css",
    }
    return rule.build({name: values.get(name, 987654) for name in rule.arguments})[1]  # type: ignore[index]


def test_every_route_declares_its_action(app: Flask) -> None:
    assert len(routes(app)) > 40


def test_a_route_without_an_action_is_shut_to_everybody(sit: Callable[..., Browser], app: Flask) -> None:
    assert action_of("nowhere", lambda: "") is None
    assert not any(action in RIGHTS[role] for role in StaffRole for action in [Action.PUBLIC])


@pytest.mark.parametrize("role", StaffRole)
def test_a_role_enters_exactly_what_the_table_allows(app: Flask, sit: Callable[..., Browser], role: StaffRole) -> None:
    browser = sit(role.value, commune=None) if role in CITY_WIDE else sit(role.value)
    token = browser.token()
    for method, path, action in routes(app):
        if path in SHUT_THE_DOOR:
            continue
        form = {"csrf_token": token} if method == "POST" else None
        answer = browser.client.open(path, method=method, data=form)
        assert (answer.status_code == 403) == (not allowed([role], action)), (method, path, answer.status_code)
        assert answer.status_code < 500, (method, path)


def test_a_stranger_is_sent_to_sign_in(app: Flask, stranger: Browser) -> None:
    token = stranger.token()
    for method, path, action in routes(app):
        form = {"csrf_token": token} if method == "POST" else None
        answer = stranger.client.open(path, method=method, data=form)
        if action is Action.PUBLIC:
            assert answer.status_code == 200, path
        else:
            assert answer.status_code == 302 and "/dang-nhap" in answer.location, (method, path)


def test_nothing_is_changed_without_the_pages_token(app: Flask, sit: Callable[..., Browser]) -> None:
    browser = sit("officer")
    for method, path, action in routes(app):
        if method == "POST" and action is not Action.PUBLIC:
            assert browser.client.post(path).status_code == 400, path


READING = {Action.SIGN_IN, Action.OWN_ACCOUNT, Action.OVERVIEW}
"""What everybody may who has an account."""


@pytest.mark.parametrize(
    ("role", "may_not"),
    [
        (StaffRole.OFFICER, {Action.APPROVE, Action.SYNC_FILE, Action.CAMPAIGNS, Action.RELEASE, Action.STAFF,
                             Action.AUDIT}),
        (StaffRole.APPROVER, {Action.VERIFY, Action.IMPORT, Action.CONVERSATIONS, Action.CAMPAIGNS, Action.STAFF,
                              Action.AUDIT}),
        (StaffRole.MANAGER, {Action.VERIFY, Action.APPROVE, Action.CONVERSATIONS, Action.STAFF, Action.PRIVACY,
                             Action.AUDIT}),
    ],
)  # fmt: skip
def test_what_a_role_must_never_do(role: StaffRole, may_not: set[Action]) -> None:
    assert not RIGHTS[role] & may_not


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (StaffRole.TEAM_POLICE, {Action.MATCH, Action.VISITS}),
        (StaffRole.DEPARTMENT, {Action.LISTS}),
        (StaffRole.ADMINISTRATOR, {Action.STAFF, Action.REHEARSALS, Action.ZALO, Action.METRICS}),
        (StaffRole.AUDITOR, {Action.AUDIT, Action.HISTORY}),
    ],
)
def test_what_a_role_does_and_nothing_else(role: StaffRole, may: set[Action]) -> None:
    assert RIGHTS[role] == READING | may


def test_every_role_and_every_action_has_its_place_in_the_table() -> None:
    assert set(RIGHTS) == set(StaffRole)
    given = {action for rights in RIGHTS.values() for action in rights}
    assert given == set(Action) - {Action.PUBLIC, Action.NOBODY}


@pytest.mark.parametrize("role", [StaffRole.AUDITOR, StaffRole.DEPARTMENT])
def test_whoever_only_reads_changes_nothing_but_the_own_account(app: Flask, role: StaffRole) -> None:
    own = {Action.PUBLIC, Action.SIGN_IN, Action.OWN_ACCOUNT}
    posted = {
        path
        for method, path, action in routes(app)
        if method == "POST" and allowed([role], action) and action not in own
    }
    assert posted == ({"/nhat-ky/ma-ho-so"} if role is StaffRole.AUDITOR else set()), "a search by a code is posted"


def test_the_department_reads_lists_without_whole_names_and_numbers(sit: Callable[..., Browser]) -> None:
    hoa = ward.citizen("Nguyễn Thị Hoa Mai")
    ward.claim(hoa, ward.campaign())
    browser = sit("department", commune=None)
    counts, people = browser.page("/danh-sach/"), browser.page("/danh-sach/A")
    assert "Nguyễn T. H. M." in people and "1948" in people
    for shown in (counts, people):
        for whole in ("Nguyễn Thị Hoa Mai", hoa.citizen_id, hoa.phone, "0011004123457", str(hoa.person_id), "Excel"):
            assert whole not in shown
    for path in ("/danh-sach/A/tai-ve", f"/nguoi-huong/{hoa.person_id}", f"/lich-su/{hoa.person_id}", "/kiem-tra/"):
        assert browser.get(path).status_code == 403, path


def test_the_teams_police_see_no_conversations_and_no_claims(sit: Callable[..., Browser]) -> None:
    of = ward.citizen()
    opened = ward.escalation(of)
    browser = sit("team_police")
    for path in ("/tro-chuyen/", f"/tro-chuyen/{opened}", f"/nguoi-huong/{of.person_id}/tro-chuyen", "/danh-sach/"):
        assert browser.get(path).status_code == 403, path
