"""What pages call roles, groups, states and reasons, as offices do."""

from __future__ import annotations

from functools import lru_cache

from console.staff_roles import StaffRole
from conversations.escalation import Priority, Reason
from conversations.events import Event
from conversations.thread import Channel
from core.clock import today
from outreach.message import MessageState
from outreach.step import StepKind, StepState
from roster.campaign import AccountDetails, CampaignState
from roster.claim import ClaimState
from roster.contact import ContactKind, Holder
from roster.intake.categories import load_categories
from roster.intake.settings import IntakeSettings
from roster.person import Gender
from roster.roster_import import ImportState
from roster.survey.outcome import OutcomeGroup

ROLE_NAMES = {
    StaffRole.OFFICER: "Cán bộ xã, phường",
    StaffRole.APPROVER: "Người duyệt",
    StaffRole.TEAM_POLICE: "Công an trong Tổ công tác",
    StaffRole.MANAGER: "Quản lý đợt khảo sát",
    StaffRole.DEPARTMENT: "Sở (xem tổng hợp)",
    StaffRole.ADMINISTRATOR: "Quản trị",
    StaffRole.AUDITOR: "Kiểm tra (xem nhật ký)",
}

GROUP_NAMES = {
    OutcomeGroup.OWN_ACCOUNT: "Đã có tài khoản của mình",
    OutcomeGroup.OPEN_AT_HOME: "Mở tài khoản tại nhà",
    OutcomeGroup.OPEN_AT_WARD: "Mở tài khoản tại xã, phường",
    OutcomeGroup.OPEN_BY_ONESELF: "Tự mở tài khoản",
    OutcomeGroup.OPEN_AT_COUNTER: "Mở tại quầy, có người đại diện",
    OutcomeGroup.THROUGH_RELATIVE: "Nhận qua người thân, người giám hộ",
    OutcomeGroup.CASH: "Tiếp tục nhận tiền mặt",
    OutcomeGroup.NO_ANSWER: "Chưa trả lời",
    OutcomeGroup.OFFICER: "Cần cán bộ gặp",
}

CLAIM_STATES = {
    ClaimState.DECLARED: "Cần kiểm tra",
    ClaimState.CHECKED: "Cần kiểm tra",
    ClaimState.VERIFIED: "Chờ duyệt",
    ClaimState.APPROVED: "Đã duyệt",
    ClaimState.SYNCED: "Đã chuyển sang phần mềm an sinh",
    ClaimState.PAID_CONFIRMED: "Đã nhận được tiền",
    ClaimState.NEEDS_CORRECTION: "Đã trả lại để sửa",
    ClaimState.DUPLICATE: "Trùng",
    ClaimState.WITHDRAWN: "Đã rút",
    ClaimState.REJECTED: "Đã từ chối",
    ClaimState.RETURNED: "Tiền bị trả về",
}

GENDERS = {Gender.MALE: "Nam", Gender.FEMALE: "Nữ", None: "—"}

HOLDERS = {Holder.SELF: "của người hưởng", Holder.RELATIVE: "của người thân", Holder.UNKNOWN: "chưa rõ của ai"}

CONTACT_KINDS = {
    ContactKind.PHONE: "Điện thoại",
    ContactKind.ZALO: "Zalo",
    ContactKind.TELEGRAM: "Telegram",
    ContactKind.WEB: "Trang trò chuyện",
}

CHANNELS = {
    Channel.SMS: "Tin nhắn SMS",
    Channel.ZALO: "Zalo",
    Channel.TELEGRAM: "Telegram",
    Channel.WEB: "Trang trò chuyện",
}


def channel_name(channel: str) -> str:
    """The name of one channel; the key itself where there is no such channel any more."""
    return CHANNELS[Channel(channel)] if channel in set(Channel) else channel


MEDIA = {
    Event.PICTURE: "kèm hình ảnh",
    Event.VOICE: "tin thoại",
    Event.VIDEO: "kèm video",
    Event.STICKER: "nhãn dán",
    Event.FILE: "kèm tệp",
    Event.LOCATION: "kèm vị trí",
    Event.FOLLOW: "mở cuộc trò chuyện",
    Event.CONTACT: "gửi số điện thoại của mình",
    Event.TYPED_CONTACT: "ghi số điện thoại vào biểu mẫu",
    Event.UNFOLLOW: "thôi theo dõi hoặc chặn",
    Event.RETURNED: "cho nhắn tin trở lại",
    Event.EDITED: "sửa tin đã nhắn",
}

PRIORITIES = {Priority.URGENT: "Gấp", Priority.HIGH: "Cần sớm", Priority.NORMAL: "Bình thường"}

REASONS = {
    Reason.ASKED: "Xin gặp cán bộ",
    Reason.NOT_UNDERSTOOD: "Máy không hiểu ba lần",
    Reason.UNDECIDED: "Còn phân vân",
    Reason.DEATH: "Báo người hưởng đã mất",
    Reason.MOVED: "Báo đã chuyển đi",
    Reason.COMPLAINT: "Phản ánh, khiếu nại",
    Reason.MONEY_MISSING: "Chưa nhận được tiền",
    Reason.SCAM: "Báo nghi lừa đảo",
    Reason.CODES: "Thử nhiều mã hồ sơ",
    Reason.BOT_FAILURE: "Máy gặp lỗi",
}

IMPORT_STATES = {
    ImportState.STAGED: "Đang xem xét",
    ImportState.MERGED: "Đã nhập",
    ImportState.DISCARDED: "Đã bỏ",
}

CAMPAIGN_STATES = {
    CampaignState.PLANNED: "Đang chuẩn bị",
    CampaignState.RUNNING: "Đang chạy",
    CampaignState.PAUSED: "Tạm dừng gửi tin",
    CampaignState.CLOSED: "Đã kết thúc",
}

ACCOUNT_DETAILS = {
    AccountDetails.CHAT: "Hỏi trong tin nhắn (luôn được chọn để cán bộ ghi)",
    AccountDetails.OFFICER: "Cán bộ ghi khi gặp trực tiếp, không hỏi trong tin nhắn",
    AccountDetails.VNEID: "Hướng dẫn khai trên VNeID",
}

STEP_KINDS = {
    StepKind.INVITATION: "Tin mời",
    StepKind.REMINDER_UNANSWERED: "Tin nhắc người chưa trả lời",
    StepKind.REMINDER_UNFINISHED: "Tin nhắc người trả lời còn dở",
    StepKind.FINAL: "Tin nhắc lần cuối",
    StepKind.MONEY_CAME: "Tin hỏi đã nhận được tiền chưa",
}

STEP_STATES = {
    StepState.PLANNED: "Chờ người thứ hai cho gửi",
    StepState.RELEASED: "Đã cho gửi, chờ đến giờ",
    StepState.SEALED: "Đang gửi",
    StepState.DONE: "Đã gửi xong",
    StepState.CANCELLED: "Đã hủy",
}

MESSAGE_STATES = {
    MessageState.PLANNED: "Chờ gửi",
    MessageState.CLAIMED: "Đang gửi",
    MessageState.ACCEPTED: "Nhà mạng đã nhận",
    MessageState.DELIVERED: "Đã tới máy",
    MessageState.UNDELIVERED: "Không tới được",
    MessageState.REJECTED: "Bị từ chối",
    MessageState.HELD: "Tạm giữ",
    MessageState.CANCELLED: "Đã hủy",
    MessageState.UNKNOWN: "Chưa rõ",
}


@lru_cache(maxsize=1)
def category_names() -> dict[str, str]:
    """The categories of entitlement by key, as the office's own table names them."""
    return load_categories(IntakeSettings(today=today()).categories_file).labels


def category_name(key: str) -> str:
    """The name of one category; the key itself where the table no longer holds it."""
    return category_names().get(key, key)
