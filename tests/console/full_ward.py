"""A ward in which something stands on every page: the arguments of each route that has any."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from conversations.escalation import Reason
from core.clock import now
from core.database import transaction
from outreach.audience import Audience
from outreach.follow_up import FollowUp
from outreach.message import MessageState
from outreach.reasons import Reason as SendingReason
from outreach.saved_audience import save_audience
from outreach.step import Step
from roster.changes.change_request import ChangeField
from roster.claim import ClaimState
from roster.visiting.visit_list import VisitRow
from tests.console import test_console_change_files as correcting
from tests.console import test_console_changes as changing
from tests.console import test_console_imports as importing
from tests.console import test_console_matches as matching
from tests.console import test_console_payments as paying
from tests.console import test_console_privacy as asking
from tests.console import ward
from tests.console.conftest import Browser
from tests.console.rehearsed import WRONG_NUMBER, citizen, keep
from tests.console.running import running

type Sit = Callable[..., Browser]
type Places = Mapping[str, Mapping[str, Any]]
LONG_NAME = "Công Tằng Tôn Nữ Thị Tên Rất Dài Để Thử Màn Hình Nhỏ"


def fill(sit: Sit) -> Places:
    """Fill the ward; by endpoint, the arguments of its address. The reports of rehearsals must have a place already."""
    officer, approver = sit("officer"), sit("approver")
    hoa = ward.citizen(LONG_NAME, address="Số 12, ngách 12/5, ngõ 5, phố Lâm Hạ, Tổ 3")
    return {
        **_conversations(hoa),
        **_claims(hoa),
        **_wave(),
        **_desk(officer, hoa),
        **_files(officer, approver, hoa),
        **_rehearsal(),
    }


def _last(path: str) -> str:
    return path.rsplit("/", 1)[1]


def _claims(of: ward.Citizen) -> Places:
    campaign_id = ward.campaign()
    for number in range(45):
        ward.claim(ward.citizen(f"Nguyễn Thị Số {number}", address="Số 1, Tổ 3"), campaign_id)
    told = {"respondent": "relative", "relation": "child", "from_invited_phone": False}
    waits = ward.claim(of, campaign_id, **told)
    verified = ward.claim(ward.citizen("Lê Thị Lan"), campaign_id, state=ClaimState.VERIFIED, verified_by=901)
    return {
        "claims.card": {"claim_id": waits},
        "approvals.card": {"claim_id": verified},
        "lists.one_list": {"group": "A"},
    }


def _conversations(of: ward.Citizen) -> Places:
    ward.says(of, "tiền tháng trước chưa có " * 6)
    ward.was_told(of, "Dạ, chúng tôi đang kiểm tra ạ.")
    opened = ward.escalation(of, Reason.DEATH, summary="Người nhà báo tin. " * 10)
    return {"threads.thread_page": {"escalation_id": opened}}


def _wave() -> Places:
    made = running([ward.citizen("Trần Văn Bình", address="Số 3, Tổ 7"), ward.citizen("Lê Thị Na")])
    made.come_to(MessageState.DELIVERED, MessageState.UNKNOWN)
    with transaction() as session:
        session.merge(made.message(made.people[1].person_id)).reason = SendingReason.NOBODY_CAN_TELL
        audience_id = save_audience(session, "Trên 80 tuổi", Audience(age_from=80), 1, now())
        step_id = session.scalars(select(Step.id).where(Step.campaign_id == made.campaign_id)).one()
    whole, step = {"campaign_id": made.campaign_id}, {"step_id": step_id}
    return {
        **dict.fromkeys(
            ("campaign_terms.facts", "campaign_watch.page", "campaigns.one_campaign", "certificates.page",
             "unknown_messages.page"), whole
        ),
        **dict.fromkeys(
            ("campaign_waves.one_wave", "texts.step_text", "loudspeaker.texts", "slips.overview", "slips.lists",
             "slips.cards"), step
        ),
        "loudspeaker.own_words": {**step, "xa": ward.HERE},
        "campaign_waves.new_wave": {**whole, "loai": "money_came"},
        "audiences.one_audience": {"audience_id": audience_id},
    }  # fmt: skip


def _desk(officer: Browser, of: ward.Citizen) -> Places:
    person = {"person_id": of.person_id}
    asked = asking.file_request(officer, of)
    visits = officer.post("/di-tham/", xa=ward.HERE).request.path
    changing.asked(of, ChangeField.ADDRESS, "Số 7, ngõ 5", by=901)
    with transaction() as session:
        row_id = session.scalars(select(VisitRow.id).limit(1)).one()
    list_id = {"list_id": int(_last(visits))}
    return {
        **dict.fromkeys(("people.person_page", "history.of_person", "privacy.new_request"), person),
        "survey_form.page": {**person, "way": "dien-thoai"},
        "privacy.one": {"request_id": asked.id},
        **dict.fromkeys(("visits.one_list", "visits.sheet"), list_id),
        "visits.row_page": {"row_id": row_id},
    }


def _files(officer: Browser, approver: Browser, of: ward.Citizen) -> Places:
    paid = ward.citizen("Phan Thị Mười")
    paying.synced(paid)
    result, _ = paying.bring(approver, paying.book(paying.row(paid, "Trả lại", "Sai số tài khoản")))
    approver.post(f"{result}/nhap")
    answers, _ = paying.bring_answers(approver, paying.synced_book((paid.reference, "Từ chối", "Sai tên")))
    corrected = correcting.edited(correcting.taken(officer), "Phan Thị Mười", Địa_chỉ="Số 9, ngõ 4")
    signed = approver.post("/danh-sach-da-ky/", xa=ward.HERE).request.path
    out = matching.made(officer)
    back, _ = matching.bring(
        officer,
        matching.answered(
            matching.sheet_of(*matching.taken_out(officer, out)),
            {"Kết quả đối chiếu": "Sai lệch", "Ngày sinh đúng": "05/06/1949"},
        ),
    )
    noted, _ = correcting.bring(officer, corrected)
    imported = importing.path_of(importing.upload(officer, importing.row(LONG_NAME), importing.row("A", category="?")))
    with transaction() as session:
        task_id = session.scalars(select(FollowUp.id).limit(1)).one()
    list_id = int(_last(signed))
    return {
        "payments.one_file": {"file_id": _last(result)},
        "sync_answers.one_file": {"file_id": _last(answers)},
        "signed_lists.one": {"list_id": list_id},
        "signed_lists.sheet_page": {"list_id": list_id, "group": "A"},
        "matches.one_file_out": {"file_id": _last(out)},
        "matches.one_file": {"file_id": _last(back)},
        "change_files.one_file": {"file_id": _last(noted)},
        "imports.one_import": {"import_id": _last(imported)},
        "call_backs.task_page": {"task_id": task_id},
    }


def _rehearsal() -> Places:
    report = keep(citizen("đọc nhầm số", WRONG_NUMBER), citizen("hỏi phí"))
    return {
        "rehearsals.one_rehearsal": {"report_id": report},
        "rehearsals.one_conversation": {"report_id": report, "number": 1},
    }
