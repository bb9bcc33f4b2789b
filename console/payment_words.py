"""Payments and the software's answers in an office's words."""

from __future__ import annotations

from datetime import date

from console.formats import dong
from roster.payers import load_payers
from roster.payment_results.payment import PaymentOutcome
from roster.returned.returned_file import ReturnedRow
from roster.sync_acceptance import SyncAnswer

OUTCOMES = {PaymentOutcome.PAID: "Đã chi", PaymentOutcome.RETURNED: "Bị trả lại"}
ANSWERS = {SyncAnswer.ACCEPTED: "Đã đồng bộ", SyncAnswer.REFUSED: "Bị từ chối"}


def month_name(month: date) -> str:
    """ "tháng 11/2026"."""
    return f"tháng {month:%m/%Y}"


def payer_names() -> dict[str, str]:
    """The payers by key."""
    return {payer.key: payer.label for payer in load_payers()}


def payment_said(row: ReturnedRow) -> list[str]:
    """What a row of a payer's file says, a line a field."""
    given = row.values["given"]
    if "outcome" not in given:
        return []
    told = [f"{OUTCOMES[PaymentOutcome(given['outcome'])]}, {month_name(date.fromisoformat(given['month']))}"]
    told += [payer_names().get(given["payer"], given["payer"])]
    told += [f"Số tiền: {dong(given['dong'])}"] if given["dong"] else []
    return told + ([f"Lý do: {given['reason']}"] if given["reason"] else [])


def sync_said(row: ReturnedRow) -> list[str]:
    """What a row of the software's answer says."""
    given = row.values["given"]
    if "answer" not in given:
        return []
    reason = [f"Lý do: {given['reason']}"] if given["reason"] else []
    return [ANSWERS[SyncAnswer(given["answer"])], *reason]
