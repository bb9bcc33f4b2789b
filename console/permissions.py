"""Who may do what: one table role × action. A route declares its action; one that declares none is shut to all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from console.staff_roles import StaffRole


class Action(StrEnum):
    """What a route is for."""

    PUBLIC = "public"
    """Open without a sign-in: the sign-in page itself, style sheets, the health check."""
    NOBODY = "nobody"
    """What a library brings along and the console does not use: no role has it."""
    SIGN_IN = "sign_in"
    """The steps between the password and the end of the sign-in: Flask-Security itself knows who has come how far."""
    OWN_ACCOUNT = "own_account"
    """Signing out, changing one's own password and second factor."""
    OVERVIEW = "overview"
    IMPORT = "import"
    PEOPLE = "people"
    """The search and one person's file, whole numbers too."""
    HISTORY = "history"
    """What happened to one person's matters, without the matters themselves."""
    PRIVACY = "privacy"
    """The register of citizens' requests about their own data, and what follows from them."""
    MATCH = "match"
    """Match files for the police, and their results."""
    VISITS = "visits"
    """Visit lists and what was noted on a visit."""
    CHANGES = "changes"
    """Requests to change what the roster says: asked by one, decided by another."""
    VERIFY = "verify"
    APPROVE = "approve"
    LISTS = "lists"
    """How many people are on which list, and who, numbers masked."""
    LIST_FILES = "list_files"
    """The lists as files, numbers whole."""
    SIGN_LISTS = "sign_lists"
    """Signing a commune's lists off."""
    SYNC_FILE = "sync_file"
    """The approved accounts out to the welfare software, and its answers back."""
    PAYMENTS = "payments"
    """Payment lists out to whoever pays, and what became of each payment."""
    CONVERSATIONS = "conversations"
    CALL_BACKS = "call_backs"
    SURVEY = "survey"
    """Filling in the survey's form, on the telephone or at home."""
    CAMPAIGNS = "campaigns"
    RELEASE = "release"
    PRINTS = "prints"
    """What a wave prints for a commune: what the loudspeaker says, slips for the heads of its hamlets."""
    STEER = "steer"
    """Pausing a running campaign, its hours, its end, and messages that no provider can be asked about."""
    INVOICES = "invoices"
    """What each provider sent in a month, to hold against its invoice: numbers alone."""
    REHEARSALS = "rehearsals"
    ZALO = "zalo"
    """The connection to the Official Account."""
    METRICS = "metrics"
    """Numbers for a monitoring system, which comes in by a token of its own (`console.guard`)."""
    STAFF = "staff"
    AUDIT = "audit"
    """The audit log."""


_ALL = frozenset({Action.SIGN_IN, Action.OWN_ACCOUNT, Action.OVERVIEW})
_OF_A_COMMUNE = _ALL | {Action.PEOPLE, Action.HISTORY, Action.PRIVACY, Action.LISTS, Action.LIST_FILES}

RIGHTS: Mapping[StaffRole, frozenset[Action]] = {
    StaffRole.OFFICER: _OF_A_COMMUNE
    | {
        Action.IMPORT,
        Action.MATCH,
        Action.VISITS,
        Action.CHANGES,
        Action.VERIFY,
        Action.CONVERSATIONS,
        Action.CALL_BACKS,
        Action.SURVEY,
        Action.PRINTS,
    },
    StaffRole.APPROVER: _OF_A_COMMUNE
    | {Action.APPROVE, Action.CHANGES, Action.SIGN_LISTS, Action.SYNC_FILE, Action.PAYMENTS},
    StaffRole.TEAM_POLICE: _ALL | {Action.MATCH, Action.VISITS},
    StaffRole.MANAGER: _ALL
    | {
        Action.IMPORT,
        Action.PEOPLE,
        Action.HISTORY,
        Action.LISTS,
        Action.LIST_FILES,
        Action.SYNC_FILE,
        Action.PAYMENTS,
        Action.CAMPAIGNS,
        Action.RELEASE,
        Action.PRINTS,
        Action.STEER,
        Action.INVOICES,
        Action.REHEARSALS,
        Action.ZALO,
    },
    StaffRole.DEPARTMENT: _ALL | {Action.LISTS},
    StaffRole.ADMINISTRATOR: _ALL | {Action.STAFF, Action.REHEARSALS, Action.ZALO, Action.METRICS},
    StaffRole.AUDITOR: _ALL | {Action.AUDIT, Action.HISTORY},
}
"""Administrators keep the accounts of staff and see no beneficiary's data; who talks in a rehearsal is invented.
Auditors see what was done to whose file, by its code; departments see lists without whole names and numbers."""

WHOLE_DATA = frozenset({Action.PEOPLE, Action.LIST_FILES})
"""Whoever may none of these reads names shortened."""

_LIBRARY_ROUTES: Mapping[str, Action] = {
    "static": Action.PUBLIC,
    "security.static": Action.NOBODY,
    "security.login": Action.PUBLIC,
    "security.logout": Action.OWN_ACCOUNT,
    "security.change_password": Action.OWN_ACCOUNT,
    "security.verify": Action.OWN_ACCOUNT,
    "security.two_factor_setup": Action.SIGN_IN,
    "security.two_factor_token_validation": Action.SIGN_IN,
    "security.two_factor_setup_validate": Action.OWN_ACCOUNT,
    "security.two_factor_rescue": Action.NOBODY,  # it writes emails
    "security.tf_select": Action.NOBODY,  # there is one kind of second factor
    "security.mf_recovery_codes": Action.OWN_ACCOUNT,
    "security.mf_recovery": Action.SIGN_IN,
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
