"""The table of rights over every route and every role."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from flask import Flask
from werkzeug.routing import Rule

from console.permissions import RIGHTS, Action, action_of, allowed
from console.staff import StaffRole
from tests.console.conftest import Browser

CITY_WIDE = {StaffRole.MANAGER, StaffRole.ADMINISTRATOR}
SHUTS_THE_DOOR = {"security.logout"}


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
    values = {"claim_id": uuid4(), "person_id": uuid4(), "import_id": uuid4(), "group": "A", "filename": "console.css"}
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
        if path == "/dang-xuat":
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


@pytest.mark.parametrize(
    ("role", "may_not"),
    [
        (StaffRole.OFFICER, {Action.APPROVE, Action.SYNC_FILE, Action.CAMPAIGNS, Action.RELEASE, Action.STAFF}),
        (StaffRole.APPROVER, {Action.VERIFY, Action.IMPORT, Action.CONVERSATIONS, Action.CAMPAIGNS, Action.STAFF}),
        (StaffRole.MANAGER, {Action.VERIFY, Action.APPROVE, Action.CONVERSATIONS, Action.STAFF}),
        (StaffRole.ADMINISTRATOR, {Action.PEOPLE, Action.LISTS, Action.CONVERSATIONS, Action.VERIFY, Action.IMPORT}),
    ],
)
def test_what_a_role_must_never_do(role: StaffRole, may_not: set[Action]) -> None:
    assert not RIGHTS[role] & may_not
