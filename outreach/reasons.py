"""Why a message was held, cancelled or never planned; stored as codes, shown in Vietnamese."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Stored in `message.reason`."""

    STOPPED = "stopped"
    DECEASED = "deceased"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    UNLINKED = "unlinked"
    ANSWERED = "answered"
    CAMPAIGN_CLOSED = "campaign_closed"
    STEP_CANCELLED = "step_cancelled"
    NO_PHONE = "no_phone"
    NO_MOBILE = "no_mobile"
    SHARED_BY_MANY = "shared_by_many"
    UNREACHABLE = "unreachable"
    OPTED_OUT = "opted_out"
    FAULTY = "faulty"
    NO_TEXT = "no_text"
    NOT_THIS_CHANNEL = "not_this_channel"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    ANSWER_LOST = "answer_lost"
    WORKER_LOST = "worker_lost"
    WORKER_SILENT = "worker_silent"
    NOBODY_CAN_TELL = "nobody_can_tell"
    STAFF_CONFIRMED = "staff_confirmed"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"


CANNOT_ARRIVE = (Reason.UNREACHABLE, Reason.NOT_THIS_CHANNEL)
"""The person cannot be reached over this channel, and may be over the next."""

WORDS: dict[Reason, str] = {
    Reason.STOPPED: "Người này đã xin thôi nhận tin",
    Reason.DECEASED: "Người này đã mất",
    Reason.PAUSED: "Đang tạm dừng, chờ cán bộ xác minh",
    Reason.WITHDRAWN: "Người này đã rút lại sự đồng ý",
    Reason.UNLINKED: "Số điện thoại không phải của người này",
    Reason.ANSWERED: "Người này đã trả lời",
    Reason.CAMPAIGN_CLOSED: "Đợt khảo sát đã đóng",
    Reason.STEP_CANCELLED: "Lượt gửi đã bị hủy",
    Reason.NO_PHONE: "Không có số điện thoại",
    Reason.NO_MOBILE: "Chỉ có số máy bàn, không nhận được tin nhắn",
    Reason.SHARED_BY_MANY: "Số điện thoại ghi chung cho quá nhiều người",
    Reason.UNREACHABLE: "Không gửi được tới số này",
    Reason.OPTED_OUT: "Người này đã chặn tin nhắn của nhà mạng gửi",
    Reason.FAULTY: "Nội dung bị nhà mạng từ chối",
    Reason.NO_TEXT: "Không soạn được tin: thông tin để điền còn thiếu hoặc không được phép",
    Reason.NOT_THIS_CHANNEL: "Tin cho người này không vừa mẫu của kênh này",
    Reason.TOO_MANY_ATTEMPTS: "Đã thử gửi nhiều lần không được",
    Reason.ANSWER_LOST: "Chưa rõ đã gửi hay chưa: mất trả lời của nhà mạng",
    Reason.WORKER_LOST: "Chưa rõ đã gửi hay chưa: tiến trình gửi bị ngắt",
    Reason.WORKER_SILENT: "Chưa rõ đã gửi hay chưa: tiến trình gửi không trả lời",
    Reason.NOBODY_CAN_TELL: "Chưa rõ đã tới hay chưa, nhà cung cấp không tra được: chờ cán bộ quyết định",
    Reason.STAFF_CONFIRMED: "Cán bộ đã hỏi lại và xác nhận tin đã tới",
    Reason.GIVEN_UP: "Không rõ đã tới hay chưa; cán bộ quyết định không gửi lại",
    Reason.DROPPED: "Cán bộ quyết định không gửi tin này",
}
"""What officers and managers read."""
