"""What staff are: the roles, and which of them work for the whole city."""

from __future__ import annotations

from enum import StrEnum


class StaffRole(StrEnum):
    """What a member of staff may do; `console.permissions` holds the table role × action."""

    OFFICER = "officer"
    APPROVER = "approver"
    TEAM_POLICE = "team_police"
    """The police in the team (Tổ công tác): match files and visit lists of the own communes, no conversations."""
    MANAGER = "manager"
    DEPARTMENT = "department"
    """The department of the city: counts and lists, nobody's whole data, no changes."""
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    """Reads the audit log and the history of every matter; changes nothing."""


CITY_WIDE = frozenset({StaffRole.MANAGER, StaffRole.DEPARTMENT, StaffRole.ADMINISTRATOR, StaffRole.AUDITOR})
"""Roles that are never limited to a commune."""
