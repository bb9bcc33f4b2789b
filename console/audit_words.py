"""The audit log in an office's words: what was done, to what, what changed. A test finds an action without words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from console.call_words import OUTCOMES as CALL_OUTCOMES
from console.change_words import SOURCES
from console.match_words import RESULTS
from console.payment_words import OUTCOMES as PAYMENT_OUTCOMES
from console.staff_roles import StaffRole
from console.visit_words import OUTCOMES as VISIT_OUTCOMES
from console.watch_words import CHOICE_WORDS
from console.words import CAMPAIGN_STATES, CLAIM_STATES, GROUP_NAMES, REASONS, ROLE_NAMES, STEP_STATES
from core.audit import AuditEntry
from outreach.campaign_pause import WORDS as PAUSE_WORDS
from roster.changes.values import FIELD_NAMES
from roster.claim import ClaimState
from roster.privacy.request import RequestKind, RequestState
from roster.privacy.states import STATE_NAMES
from roster.survey.draft import Source

NOTHING = "—"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")

ACTIONS: Mapping[str, str] = {
    # A person and his or her claims.
    "fill_from_import": "Bổ sung từ danh sách nhập",
    "declare": "Người dân khai xong",
    "withdraw": "Bản khai cũ được thay bằng bản mới",
    "tie_to_person": "Gắn bản khai với người hưởng",
    "record_agreement": "Ghi người hưởng đồng ý với bản khai của người thân",
    "consent": "Ghi sự đồng ý khảo sát",
    ClaimState.DECLARED: "Chuyển bản khai về chờ kiểm tra",
    ClaimState.CHECKED: "Rà soát bản khai",
    ClaimState.VERIFIED: "Xác minh bản khai",
    ClaimState.APPROVED: "Duyệt bản khai",
    ClaimState.SYNCED: "Chuyển sang phần mềm an sinh",
    ClaimState.PAID_CONFIRMED: "Ghi đã nhận được tiền",
    ClaimState.NEEDS_CORRECTION: "Trả bản khai để sửa",
    ClaimState.DUPLICATE: "Đánh dấu khai trùng",
    ClaimState.WITHDRAWN: "Rút bản khai",
    ClaimState.REJECTED: "Từ chối bản khai",
    ClaimState.RETURNED: "Ghi tiền bị trả về",
    "pause_after_death_report": "Dừng nhắn tin vì có người báo đã mất",
    "confirm_death": "Xác minh đã mất",
    "dismiss_death": "Xác minh báo mất là nhầm",
    "unlink_wrong_number": "Gỡ số điện thoại nhầm người",
    "contact.same_as": "Nối tài khoản với số điện thoại người dân gửi",
    "stop": "Người dân từ chối nhận tin",
    "resume": "Người dân nhận tin trở lại",
    "view": "Xem dữ liệu",
    # Talks and calls.
    "escalate": "Chuyển trò chuyện cho cán bộ",
    "take": "Nhận trò chuyện",
    "take_over": "Nhận thay trò chuyện của đồng nghiệp",
    "hand_over": "Chuyển trò chuyện cho đồng nghiệp",
    "set_priority": "Đặt mức gấp của trò chuyện",
    "close": "Đóng trò chuyện",
    "follow_up.noted": "Ghi số cần gọi lại",
    "follow_up.taken": "Nhận việc gọi, việc đến nhà",
    "follow_up.given_back": "Trả lại việc gọi, việc đến nhà",
    "follow_up.no_answer": "Gọi không ai nghe",
    "follow_up.tied": "Xác định người gọi là ai",
    "follow_up.closed": "Khép việc gọi, việc đến nhà",
    # Rights of those whose data it is.
    "privacy.received": "Tiếp nhận yêu cầu về dữ liệu",
    "privacy.answered": "Trả lời yêu cầu về dữ liệu",
    "privacy.extended": "Gia hạn yêu cầu về dữ liệu",
    "privacy.closed": "Khép yêu cầu về dữ liệu",
    "privacy.exported": "Xuất toàn bộ dữ liệu của một người",
    "privacy.consent_withdrawn": "Rút lại sự đồng ý",
    "privacy.erased": "Xóa dữ liệu theo yêu cầu",
    "retention": "Xóa dữ liệu hết thời hạn lưu",
    # Lists.
    "stage_import": "Tải lên danh sách",
    "correct_import_row": "Sửa một dòng của danh sách nhập",
    "leave_out_import_row": "Bỏ hoặc lấy lại một dòng của danh sách nhập",
    "merge_import": "Nhập danh sách",
    "discard_import": "Bỏ danh sách nhập",
    "export_list": "Tải danh sách về máy",
    "export_sync_file": "Tải tệp đồng bộ về máy",
    "export_visit_list": "Tải danh sách cần đến nhà về máy",
    "export_certificate": "Tải xác nhận kết quả gửi tin về máy",
    "export_invoice": "Tải số đối chiếu hóa đơn về máy",
    "list.signed": "Ký chốt danh sách",
    "export_signed_list": "Tải danh sách đã ký về máy",
    "export_payment_list": "Tải danh sách chi trả về máy",
    # The match with the police, visits, files that come back, changes that somebody asks for.
    "match.made": "Lập tệp đối chiếu với công an",
    "match.taken_out": "Tải tệp đối chiếu để mang đi",
    "match.answered": "Ghi kết quả đối chiếu của công an",
    "visit_list.made": "Lập danh sách đến thăm",
    "visit_list.printed": "Mở bản in danh sách đến thăm",
    "visit_list.workbook": "Tải sổ đến thăm về máy",
    "visit.noted": "Ghi kết quả đến thăm",
    "returned.staged": "Đưa lên tệp đã điền",
    "returned.merged": "Nhập tệp đã điền",
    "returned.discarded": "Bỏ tệp đã điền",
    "payment.noted": "Ghi kết quả chi trả",
    "export_correction_list": "Tải danh sách về máy để sửa",
    "change.asked": "Đề nghị sửa thông tin",
    "change.accepted": "Sửa thông tin theo đề nghị",
    "change.refused": "Không sửa theo đề nghị",
    # Campaigns.
    "campaign.planned": "Lập đợt khảo sát",
    "campaign.hours": "Đổi giờ gửi tin của đợt khảo sát",
    "campaign.ceiling": "Đổi mức chi tối đa của đợt khảo sát",
    "campaign.paused": "Tạm dừng gửi tin",
    "campaign.resumed": "Gửi tin tiếp",
    "campaign.cancelled": "Hủy đợt khảo sát",
    "close_campaign": "Kết thúc đợt khảo sát",
    "change_facts": "Sửa thông tin nêu trong tin nhắn",
    "change_terms": "Sửa hạn chót, cách lấy số tài khoản",
    "audience.saved": "Lưu nhóm người nhận",
    "audience.forgotten": "Bỏ nhóm người nhận đã lưu",
    "step.planned": "Soạn lượt tin",
    "step.changed": "Sửa lượt tin",
    "step.released": "Cho gửi lượt tin",
    "step.cancelled": "Hủy lượt tin",
    "step.sealed": "Chốt người nhận của lượt tin",
    "step.sent_back": "Trả lượt tin lại để sửa",
    "step.added_to": "Thêm người nhận vào lượt tin",
    "loudspeaker.changed": "Sửa lời phát loa",
    "loudspeaker.as_made": "Lấy lại lời phát loa máy soạn",
    "slips.printed": "In phiếu mời cho tổ trưởng, trưởng thôn",
    "step.climbed": "Chuyển sang cách liên hệ tiếp theo",
    "message.decided": "Quyết định về một tin không tra được",
    "message.resolved": "Làm rõ một tin chưa biết đã gửi hay chưa",
    "account.failed_over": "Chuyển tin sang tài khoản gửi khác",
    # Zalo.
    "zalo.authorisation_begun": "Bắt đầu kết nối Zalo",
    "zalo.authorised": "Kết nối xong Zalo",
    "zalo.token_brought": "Nhập mã kết nối Zalo",
    "zalo.token_lost": "Mất kết nối Zalo",
    # Staff and the installation.
    "sign_in": "Đăng nhập",
    "lock_out": "Tạm dừng đăng nhập vì nhập sai nhiều lần",
    "unlock_staff": "Cho đăng nhập lại",
    "add_staff": "Thêm cán bộ",
    "switch_staff": "Khóa hoặc mở tài khoản cán bộ",
    "new_password": "Cấp mật khẩu mới",
    "change_password": "Tự đổi mật khẩu",
    "set_up_second_factor": "Cài đặt xác thực hai lớp",
    "disable_second_factor": "Tắt xác thực hai lớp",
    "reset_second_factor": "Đặt lại xác thực hai lớp",
    "keys.rotated": "Mã hóa lại bằng khóa mới",
    "keys.reindexed": "Lập lại chỉ mục bằng khóa mới",
}

SUBJECTS: Mapping[str, str] = {
    "person": "Người hưởng",
    "claim": "Bản khai",
    "contact": "Số liên lạc",
    "thread": "Cuộc trò chuyện",
    "escalation": "Việc của cán bộ",
    "follow_up": "Việc gọi, việc đến nhà",
    "attachment": "Hình ảnh, ghi âm",
    "privacy_request": "Yêu cầu về dữ liệu",
    "roster_import": "Danh sách nhập",
    "import_row": "Dòng của danh sách nhập",
    "payment": "Danh sách chi trả",
    "signed_list": "Danh sách đã ký",
    "match_file": "Tệp đối chiếu",
    "visit_list": "Danh sách đến thăm",
    "returned_file": "Tệp đã điền",
    "campaign": "Đợt khảo sát",
    "month": "Tháng",
    "step": "Lượt tin",
    "message": "Tin nhắn",
    "audience": "Nhóm người nhận",
    "account": "Tài khoản gửi tin",
    "zalo_token": "Kết nối Zalo",
    "zalo_authorisation": "Lượt kết nối Zalo",
    "commune": "Xã, phường",
    "staff": "Cán bộ",
    "keys": "Khóa mã hóa",
    "retention": "Thời hạn lưu",
}

FIELDS: Mapping[str, str] = {
    "state": "Trạng thái", "group": "Nhóm", "person": "Người hưởng", "agreed": "Đã đồng ý", "shown": "Đã xem",
    "reason": "Lý do", "outcome": "Kết quả", "roles": "Vai trò", "communes": "Xã, phường", "active": "Được đăng nhập",
    "second_factor": "Xác thực hai lớp", "kind": "Loại", "due": "Hạn giải quyết", "rows": "Số dòng",
    "people": "Số người", "drafts": "Số phiếu đã xóa", "claims": "Số bản khai đã xóa",
    "claims_kept": "Số bản khai phải giữ", "received": "Số tin nhận đã xóa", "sent": "Số tin gửi đã xóa",
    "attachments": "Số hình ảnh, ghi âm đã xóa", "invitations": "Số tin mời đã xóa",
    "shared_talks_kept": "Số trò chuyện chung phải giữ", "withdrew": "Đã rút đồng ý", "status": "Tình trạng dòng",
    "fields": "Các ô đã sửa", "left_out": "Bỏ ra", "added": "Thêm mới", "changed": "Thay đổi",
    "unchanged": "Không đổi", "differences": "Khác biệt", "messages": "Số tin", "deadline": "Hạn chót",
    "account_details": "Cách lấy số tài khoản", "error": "Lỗi", "rotated": "Giá trị mã hóa lại",
    "unreadable": "Giá trị không đọc được", "opens": "Gửi từ", "closes": "Gửi đến",
    "on": "Ngày", "match": "Kết quả đối chiếu",
    "field": "Mục", "source": "Nguồn", "payment": "Kết quả chi trả", "version": "Lần ký", "digest": "Mã kiểm tra",
    "month": "Tháng", "payer": "Nơi chi trả", "choice": "Quyết định", "final": "Đã đủ để xác nhận",
    "text": "Lời",
}  # fmt: skip

_STATES: Mapping[str, str] = {
    **{state.value: name for state, name in CLAIM_STATES.items()},
    **{state.value: name for state, name in CAMPAIGN_STATES.items()},
    **{state.value: name for state, name in STEP_STATES.items()},
    **{state.value: name.capitalize() for state, name in STATE_NAMES.items() if state is not RequestState.REFUSED},
    RequestState.REFUSED: "Đã từ chối",
    "staged": "Đang xem xét",
    "merged": "Đã nhập",
    "discarded": "Đã bỏ",
}
REQUEST_KINDS: Mapping[RequestKind, str] = {
    RequestKind.SEE: "Xem dữ liệu đang giữ về mình",
    RequestKind.CORRECT: "Sửa dữ liệu sai",
    RequestKind.DELETE: "Xóa dữ liệu",
    RequestKind.WITHDRAW: "Rút lại sự đồng ý",
}
_SHOWN = {"profile": "hồ sơ", "citizen_id": "số CCCD", "phones": "số điện thoại", "phone": "số điện thoại",
          "account": "số tài khoản", "accounts": "số tài khoản", "transcript": "nội dung trò chuyện",
          "attachment": "hình ảnh, ghi âm", "survey_form": "phiếu khảo sát", "history": "lịch sử",
          "messages": "các tin đã gửi"}  # fmt: skip
_FIELD_NAMES = {field.value: name for field, name in FIELD_NAMES.items()}
_WORDS_OF: Mapping[str, Mapping[str, str]] = {
    "state": _STATES,
    "group": {group.value: name for group, name in GROUP_NAMES.items()},
    "reason": {reason.value: name for reason, name in [*REASONS.items(), *PAUSE_WORDS.items()]},
    "roles": {role.value: ROLE_NAMES[role] for role in StaffRole},
    "kind": {kind.value: name for kind, name in REQUEST_KINDS.items()},
    "shown": _SHOWN,
    "choice": {choice.value: words for choice, words in CHOICE_WORDS.items()},
    "outcome": {outcome.value: words for outcome, words in [*CALL_OUTCOMES.items(), *VISIT_OUTCOMES.items()]},
    "field": _FIELD_NAMES,
    "fields": _FIELD_NAMES,
    "payment": {outcome.value: words for outcome, words in PAYMENT_OUTCOMES.items()},
    "match": {result.value: words for result, words in RESULTS.items()},
    "source": {
        **{source.value: words for source, words in SOURCES.items()},
        Source.BOT.value: "Trò chuyện với máy",
        Source.PHONE.value: "Điện thoại",
    },
}


@dataclass(frozen=True)
class Change:
    """One field, as it was and as it is."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One entry as it is read. `subject_key`: what it is about, as the log names it."""

    id: int
    at: datetime
    who: str
    what: str
    subject: str
    subject_key: str
    changes: list[Change]
    reason: str


def line_of(entry: AuditEntry, staff: Mapping[int, str]) -> Line:
    """`entry` in words; `staff`: names by id."""
    kind, _, key = entry.subject.partition(":")
    return Line(
        id=entry.id,
        at=entry.at,
        who=who_of(entry.actor, staff),
        what=what_happened(entry.action),
        subject=f"{SUBJECTS.get(kind, kind)}{f' {staff[int(key)]}' if _is_known_staff(kind, key, staff) else ''}",
        subject_key=entry.subject,
        changes=changes_of(entry.before, entry.after),
        reason=entry.reason,
    )


def what_happened(action: str) -> str:
    """An action in an officer's words; its own name where it has none."""
    return ACTIONS.get(action, action)


def who_of(actor: str, staff: Mapping[int, str]) -> str:
    """Who acted, by name where it was a member of staff."""
    kind, _, key = actor.partition(":")
    match kind:
        case "staff":
            return staff.get(int(key), f"Cán bộ số {key}")
        case "thread":
            return "Người dân, qua trò chuyện"
        case "system":
            return "Hệ thống"
    return actor


def staff_in(entries: list[AuditEntry]) -> set[int]:
    """The members of staff who act, or are acted on, in `entries`."""
    named = [one for entry in entries for one in (entry.actor, entry.subject)]
    return {int(key) for kind, _, key in (one.partition(":") for one in named) if kind == "staff" and key.isdigit()}


def changes_of(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What stands in one of the two and not alike in the other, in the order in which it was written."""
    names = dict.fromkeys([*before, *after])
    return [
        Change(FIELDS.get(name, name), _value(name, before.get(name)), _value(name, after.get(name)))
        for name in names
        if before.get(name) != after.get(name)
    ]


def _value(field: str, value: Any) -> str:
    match value:
        case None | "" | [] | {}:
            return NOTHING
        case bool():
            return "Có" if value else "Không"
        case list():
            return ", ".join(_value(field, one) for one in value)
        case dict():
            return "; ".join(f"{FIELDS.get(name, name)}: {_value(name, one)}" for name, one in value.items())
    written = str(value)
    if _DAY.fullmatch(written):
        return f"{date.fromisoformat(written):%d/%m/%Y}"
    return _WORDS_OF.get(field, {}).get(written, written)


def _is_known_staff(kind: str, key: str, staff: Mapping[int, str]) -> bool:
    return kind == "staff" and key.isdigit() and int(key) in staff
