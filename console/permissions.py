"""Who may do what: one table role × action. A route declares its action; one that declares none is shut to all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from console.staff import StaffRole


class Action(StrEnum):
    """What a route is for."""

    PUBLIC = "public"
    """Open without a sign-in: the sign-in page itself, style sheets, the health check."""
    NOBODY = "nobody"
    """What a library brings along and the console does not use: no role has it."""
    OWN_ACCOUNT = "own_account"
    """Signing out and changing one's own password."""
    OVERVIEW = "overview"
    IMPORT = "import"
    PEOPLE = "people"
    VERIFY = "verify"
    APPROVE = "approve"
    LISTS = "lists"
    SYNC_FILE = "sync_file"
    CONVERSATIONS = "conversations"
    CAMPAIGNS = "campaigns"
    RELEASE = "release"
    REHEARSALS = "rehearsals"
    ZALO = "zalo"
    """The connection to the Official Account."""
    STAFF = "staff"


_ALL = frozenset({Action.OWN_ACCOUNT, Action.OVERVIEW})

RIGHTS: Mapping[StaffRole, frozenset[Action]] = {
    StaffRole.OFFICER: _ALL | {Action.IMPORT, Action.PEOPLE, Action.VERIFY, Action.LISTS, Action.CONVERSATIONS},
    StaffRole.APPROVER: _ALL | {Action.PEOPLE, Action.APPROVE, Action.LISTS, Action.SYNC_FILE},
    StaffRole.MANAGER: _ALL
    | {
        Action.IMPORT,
        Action.PEOPLE,
        Action.LISTS,
        Action.SYNC_FILE,
        Action.CAMPAIGNS,
        Action.RELEASE,
        Action.REHEARSALS,
        Action.ZALO,
    },
    StaffRole.ADMINISTRATOR: _ALL | {Action.STAFF, Action.REHEARSALS, Action.ZALO},
}
"""Administrators keep the accounts of staff and see no beneficiary's data; who talks in a rehearsal is invented."""

_LIBRARY_ROUTES: Mapping[str, Action] = {
    "static": Action.PUBLIC,
    "security.static": Action.NOBODY,
    "security.verify": Action.NOBODY,
    "security.login": Action.PUBLIC,
    "security.logout": Action.OWN_ACCOUNT,
    "security.change_password": Action.OWN_ACCOUNT,
}
"""Routes that Flask and Flask-Security bring along."""


def for_action[View: Callable[..., Any]](action: Action) -> Callable[[View], View]:
    """Declare what a view is for; `console.guard` lets in only whom the table lets."""

    def declare(view: View) -> View:
        view.action = action  # type: ignore[attr-defined]
        return view

    return declare


def action_of(endpoint: str, view: Callable[..., Any]) -> Action | None:
    """The action a route declares; None where it declares none."""
    declared = getattr(view, "action", None)
    return declared if isinstance(declared, Action) else _LIBRARY_ROUTES.get(endpoint)


def allowed(roles: Iterable[StaffRole], action: Action) -> bool:
    """Whether one of `roles` may do `action`."""
    return action is Action.PUBLIC or any(action in RIGHTS[role] for role in roles)
