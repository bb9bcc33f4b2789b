"""Signing a commune's lists off as of now, and opening them again unchanged."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import audit
from roster.commune import Commune
from roster.exports.office_sheet import Heading
from roster.exports.outcome_lists import cells_of, titles_of, write_list
from roster.list_rows import ListRow
from roster.lists import Scope, list_rows
from roster.sign_off.signed_list import SignedList, SignedSheet
from roster.survey.outcome import OutcomeGroup


class SignRefused(ValueError):
    """Lists that cannot be signed off, or opened; `str()` is a Vietnamese sentence for the officer."""


class Tampered(SignRefused):
    """What is kept is not what was signed."""

    def __init__(self) -> None:
        super().__init__("Bản lưu không còn đúng như lúc ký. Xin báo ngay người quản trị và không dùng bản này.")


def sign_lists(session: Session, scope: Scope, heading: Heading, staff_id: int, at: datetime) -> SignedList:
    """Keep the lists of the one commune of `scope` as they stand. Raises SignRefused: nobody there, or nothing has
    changed since the last signature."""
    [commune] = scope.communes or ()
    session.get_one(Commune, commune, with_for_update={"key_share": True})  # one signature after the other
    sheets = [_sheet(group, rows, heading) for group, rows in _by_group(list_rows(session, scope, OutcomeGroup))]
    people = sum(sheet.people for sheet in sheets)
    if not people:
        raise SignRefused("Chưa có ai trong các danh sách của xã, phường này.")
    last = _last(session, scope.campaign_id, commune)
    if last is not None and _contents(sheets_of(session, last)) == _contents(sheets):
        raise SignRefused(f"Không có gì thay đổi so với bản đã ký lần {last.version}.")
    signed = SignedList(
        campaign_id=scope.campaign_id,
        commune_code=commune,
        version=last.version + 1 if last else 1,
        people=people,
        digest=_over(sheets),
        signed_by=staff_id,
        signed_at=at,
    )
    session.add(signed)
    session.flush()
    for sheet in sheets:
        sheet.list_id, sheet.commune_code = signed.id, commune
    session.add_all(sheets)
    after = {"version": signed.version, "people": people, "digest": signed.digest.hex()}
    actor = audit.staff_actor(staff_id)
    audit.record(session, at, actor, "list.signed", f"signed_list:{signed.id}", commune_code=commune, after=after)
    return signed


def sheets_of(session: Session, signed: SignedList) -> list[SignedSheet]:
    """Its lists in the order A-F, as they were signed. Raises Tampered where they are not."""
    sheets = session.scalars(select(SignedSheet).where(SignedSheet.list_id == signed.id)).all()
    order = list(OutcomeGroup)
    found = sorted(sheets, key=lambda sheet: order.index(OutcomeGroup(sheet.outcome_group)))
    intact = all(hmac.compare_digest(_digest(one.columns, one.rows, one.file), one.digest) for one in found)
    if not intact or not hmac.compare_digest(_over(found), signed.digest):
        raise Tampered
    return found


def _last(session: Session, campaign_id: int, commune: str) -> SignedList | None:
    own = (SignedList.campaign_id == campaign_id, SignedList.commune_code == commune)
    newest = select(func.max(SignedList.version)).where(*own).scalar_subquery()
    return session.scalars(select(SignedList).where(*own, SignedList.version == newest)).first()


def _by_group(rows: Iterable[ListRow]) -> list[tuple[OutcomeGroup, list[ListRow]]]:
    """One query's rows, so that all lists speak of the same moment."""
    groups: dict[OutcomeGroup, list[ListRow]] = {group: [] for group in OutcomeGroup}
    for row in rows:
        groups[row.group].append(row)
    return list(groups.items())


def _sheet(group: OutcomeGroup, rows: Sequence[ListRow], heading: Heading) -> SignedSheet:
    target = BytesIO()
    totals = write_list(target, group, rows, heading)
    columns, kept = titles_of(group), [[str(row.person_id), *cells_of(group, row)] for row in rows]
    return SignedSheet(
        outcome_group=group.value,
        people=totals.people,
        dong=totals.dong,
        columns=columns,
        rows=kept,
        file=target.getvalue(),
        digest=_digest(columns, kept, target.getvalue()),
    )


def _digest(columns: list[str], rows: list[list[Any]], file: bytes) -> bytes:
    written = json.dumps([columns, rows], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode() + b"\x00" + file).digest()


def _over(sheets: Sequence[SignedSheet]) -> bytes:
    return hashlib.sha256(b"".join(sheet.digest for sheet in sheets)).digest()


def _contents(sheets: Sequence[SignedSheet]) -> list[Any]:
    return [(sheet.outcome_group, sheet.columns, sheet.rows) for sheet in sheets]
