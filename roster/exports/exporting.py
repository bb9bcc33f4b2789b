"""Exports as officers call for them: read, write, and note in the audit log who took whose data out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from core import audit
from roster.exports.office_sheet import Heading, Totals
from roster.exports.outcome_lists import write_list
from roster.exports.payment_lists import write_payment_list
from roster.exports.sync_file import write_sync_file
from roster.exports.workbooks import Target
from roster.lists import Scope, list_rows
from roster.payers import Payer, load_payers
from roster.payments import payment_rows
from roster.survey.outcome import OutcomeGroup
from roster.syncing import sync_rows


def export_list(
    session: Session,
    target: Target,
    scope: Scope,
    group: OutcomeGroup,
    heading: Heading,
    actor: audit.Actor,
    now: datetime,
) -> Totals:
    """Write the list of `group` for `scope` to `target`."""
    totals = write_list(target, group, list_rows(session, scope, [group]), heading)
    _record(
        session,
        "export_list",
        f"campaign:{scope.campaign_id}",
        scope.communes,
        actor,
        now,
        totals.people,
        group,
    )
    return totals


def export_sync_file(
    session: Session,
    target: Target,
    campaign_id: int,
    communes: Collection[str] | None,
    heading: Heading,
    actor: audit.Actor,
    now: datetime,
) -> list[UUID]:
    """Write the approved accounts to `target`; gives the claims in it. They stay `approved` until `mark_synced`."""
    written = write_sync_file(target, sync_rows(session, campaign_id, communes), heading)
    _record(session, "export_sync_file", f"campaign:{campaign_id}", communes, actor, now, len(written))
    return written


def export_payment_list(
    session: Session,
    target: Target,
    payer: Payer,
    month: date,
    communes: Collection[str] | None,
    heading: Heading,
    actor: audit.Actor,
    now: datetime,
    payers: Sequence[Payer] | None = None,
) -> Totals:
    """Write one payer's list of those still to be paid for a month to `target`; `payers` are all of them (None: the
    configured ones)."""
    rows = payment_rows(session, payer, payers or load_payers(), communes, month)
    totals = write_payment_list(target, payer, month, rows, heading)
    subject = f"payment:{month.year}-{month.month:02d}"
    _record(session, "export_payment_list", subject, communes, actor, now, totals.people, payer.key)
    return totals


def _record(
    session: Session,
    action: str,
    subject: str,
    communes: Collection[str] | None,
    actor: audit.Actor,
    now: datetime,
    people: int,
    kind: str = "",
) -> None:
    """An export of one commune is written under it; of several, for those who see all."""
    codes = sorted(communes) if communes is not None else []
    after: dict[str, Any] = {"people": people, "communes": codes} | ({"kind": kind} if kind else {})
    commune = codes[0] if len(codes) == 1 else None
    audit.record(session, now, actor, action, subject, commune_code=commune, after=after)
