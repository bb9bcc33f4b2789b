"""Payments: lists out to whoever pays, the payer's results back, and whom the money did not reach."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from console import returned_desk
from console.desk import current_desk, scoped
from console.downloads import send_workbook
from console.payment_words import OUTCOMES, month_name, payer_names, payment_said
from console.permissions import Action, for_action
from console.reading.commune_choice import chosen_commune, communes_in_sight
from console.reading.money_answers import money_answers
from console.reading.payments import came_back, counts_of
from core.audit import staff_actor
from core.clock import now, today
from outreach.answered_files import apply_payments
from roster.exports.exporting import export_payment_list
from roster.exports.office_sheet import Heading
from roster.payers import Payer, UnknownPayer, load_payers, payer_named
from roster.payment_results.coming_back import Round, read_results
from roster.returned.returned_file import ReturnedKind
from roster.returned.staging import ReadRow

blueprint = Blueprint("payments", __name__, url_prefix="/chi-tra")
MONTHS_BACK = 12


@blueprint.get("/")
@for_action(Action.PAYMENTS)
def overview() -> str:
    """One month: the lists to take away, the results so far, whom the money did not reach."""
    with scoped() as session:
        commune, month = chosen_commune(session), _month()
        code = commune.code if commune else None
        return render_template(
            "payments/overview.html",
            commune=commune,
            communes=communes_in_sight(session),
            month=month,
            months=_months(),
            month_name=month_name,
            payers=payer_names(),
            may_take=commune is not None or current_desk().sees_all,
            counts=counts_of(session, month, code),
            returned=came_back(session, month, code),
            money_came=money_answers(session, month, code),
            outcomes=OUTCOMES,
            files=returned_desk.returned_files(session, ReturnedKind.PAYMENTS),
            states=returned_desk.STATES,
        )


@blueprint.get("/danh-sach/<payer>")
@for_action(Action.PAYMENTS)
def take_list(payer: str) -> Response:
    """One payer's list of those still to be paid for the month; the audit log keeps who took it."""
    of = Round(_payer(payer), _month())
    with scoped() as session:
        commune = chosen_commune(session)
        if commune is None and not current_desk().sees_all:
            flash("Xin chọn một xã, phường rồi tải về.", "info")
            return redirect(url_for("payments.overview", thang=of.month.isoformat()))
        office = f"ỦY BAN NHÂN DÂN {commune.name.upper()}" if commune else "ỦY BAN NHÂN DÂN THÀNH PHỐ"
        heading, file = Heading(office=office, day=today()), BytesIO()
        codes = [commune.code] if commune else None
        export_payment_list(
            session, file, of.payer, of.month, codes, heading, staff_actor(current_desk().staff_id), now()
        )
        where = commune.name if commune else "toan thanh pho"
    return send_workbook(file, f"chi tra {where} {of.payer.key} {of.month:%m-%Y}")


@blueprint.post("/ket-qua")
@for_action(Action.PAYMENTS)
def bring_back() -> Response:
    """A payer's result file."""
    of, at = Round(_payer(request.form.get("payer", "")), _month()), now()

    def read(session: Session, file: BytesIO) -> list[ReadRow]:
        return read_results(session, file.getvalue(), of, at)

    back = url_for("payments.overview", thang=of.month.isoformat(), xa=request.form.get("xa") or None)
    return returned_desk.give_in(ReturnedKind.PAYMENTS, read, "payments.one_file", back)


returned_desk.add_file_pages(
    blueprint, "/tep", ReturnedKind.PAYMENTS, Action.PAYMENTS, payment_said, apply_payments, "Chi trả"
)


def _months() -> list[date]:
    """This month and those before it, the newest first."""
    first = today().replace(day=1)
    reached = [first.year * 12 + first.month - 1 - back for back in range(MONTHS_BACK + 1)]
    return [date(number // 12, number % 12 + 1, 1) for number in reached]


def _month() -> date:
    """The month asked for, as its first day; else this one. 404 for what is no month."""
    asked = request.values.get("thang")
    try:
        return date.fromisoformat(asked).replace(day=1) if asked else today().replace(day=1)
    except ValueError:
        abort(404)


def _payer(key: str) -> Payer:
    try:
        return payer_named(key, load_payers())
    except UnknownPayer:
        abort(404)
