"""A month's count per provider account, to hold against its invoice: to read, to print, and as a workbook."""

from __future__ import annotations

from datetime import date
from tempfile import TemporaryFile

from flask import Blueprint, Response, render_template, request

from console.desk import current_desk, scoped
from console.downloads import send_workbook
from console.invoice_book import note_taken, write_month
from console.invoice_words import KINDS, UNKNOWN_PRICE, account_name, month_asked, month_name
from console.permissions import Action, for_action
from core.clock import now, today
from outreach.invoicing import billed_messages, count_month, months

blueprint = Blueprint("invoices", __name__, url_prefix="/dot-khao-sat/hoa-don")


@blueprint.get("")
@for_action(Action.INVOICES)
def page() -> str:
    """The month that is asked for; this month where none is."""
    with scoped(one_moment=True) as session:
        first = _asked()
        return render_template(
            "campaigns/invoice.html",
            counted=count_month(session, first),
            months=months(session, today()),
            this_month=today().replace(day=1),
            month_name=month_name,
            account_name=account_name,
            kinds=KINDS,
            unknown_price=UNKNOWN_PRICE,
        )


@blueprint.get("/tai-ve")
@for_action(Action.INVOICES)
def download() -> Response:
    """The same with every day and every message; the audit log keeps who took it."""
    first = _asked()
    file = TemporaryFile()  # noqa: SIM115  # closed when it has been sent
    with scoped(one_moment=True) as session:
        counted = count_month(session, first)
        write_month(file, counted, billed_messages(session, first))
    with scoped() as session:
        note_taken(session, counted, current_desk().staff_id, now())
    return send_workbook(file, f"doi chieu hoa don {first:%m-%Y}")


def _asked() -> date:
    return month_asked(request.args.get("thang"), today().replace(day=1))
