"""An audience in an office's words: whom it names, and what is to be done for those whom no message reaches."""

from __future__ import annotations

from collections.abc import Mapping

from console.words import GROUP_NAMES, category_name
from outreach.audience import Audience, ReachedBy, Survey
from outreach.reasons import Reason
from roster.survey.outcome import OutcomeGroup

SURVEY_STATES = {
    Survey.NOT_BEGUN: "Chưa trả lời",
    Survey.UNFINISHED: "Đang trả lời dở",
    Survey.ENDED: "Đã thôi, không khai",
    Survey.DECLARED: "Đã khai xong",
}

REACHED_BY = {
    ReachedBy.MOBILE: "Có số di động nhận được tin",
    ReachedBy.ZALO: "Có Zalo",
    ReachedBy.TELEGRAM: "Có Telegram",
    ReachedBy.NOTHING: "Không có cách nhắn tin nào",
}

TO_DO: Mapping[Reason, str] = {
    Reason.NO_PHONE: "Đến nhà hỏi. Xin số điện thoại của người hưởng hoặc người thân rồi bổ sung vào danh sách.",
    Reason.NO_MOBILE: "Gọi số máy bàn. Không ai nghe thì đến nhà.",
    Reason.UNLINKED: "Số đang ghi là của người khác: đến nhà xin số đúng.",
    Reason.SHARED_BY_MANY: "Có thể là số của trưởng thôn hay cán bộ: đến nhà, xin số của gia đình rồi sửa danh sách.",
    Reason.STOPPED: "Không nhắn, không gọi nữa. Trợ cấp vẫn trả như cũ.",
    Reason.DECEASED: "Không liên hệ. Kiểm tra lại hồ sơ chi trả.",
    Reason.PAUSED: "Có người báo đã mất: cán bộ xã, phường xác minh trước đã.",
    Reason.WITHDRAWN: "Không hỏi nữa. Trợ cấp vẫn trả như cũ.",
}
"""For each reason that `outreach.reach` gives."""


def describe(audience: Audience, communes: Mapping[str, str]) -> list[str]:
    """What limits `audience`, one line each; `communes` are names by code. Everybody: one line that says so."""
    lines = [
        _listed("Ở", [communes.get(code, code) for code in audience.communes]),
        _listed("Diện", [category_name(key) for key in audience.categories]),
        _ages(audience.age_from, audience.age_to),
        _listed("Khảo sát:", [SURVEY_STATES[one].lower() for one in audience.survey]),
        _listed("Nhóm", [_group(one) for one in audience.groups]),
        _listed("Liên hệ:", [REACHED_BY[one].lower() for one in audience.reach]),
        "Chưa được nhắn tin lần nào" if audience.never_written else "",
        f"Không nhận tin nào trong {audience.quiet_days} ngày qua" if audience.quiet_days is not None else "",
        f"Chỉ {audience.sample * 100:g}% số đó, chọn ngẫu nhiên".replace(".", ",") if audience.sample else "",
    ]
    return [line for line in lines if line] or ["Mọi người hưởng"]


def _group(key: str) -> str:
    return f"{key} ({GROUP_NAMES[OutcomeGroup(key)].lower()})" if key in set(OutcomeGroup) else key


def _listed(what: str, named: list[str]) -> str:
    return f"{what} {', '.join(named)}" if named else ""


def _ages(youngest: int | None, oldest: int | None) -> str:
    if youngest is not None and oldest is not None:
        return f"Từ {youngest} đến {oldest} tuổi"
    if youngest is not None:
        return f"Từ {youngest} tuổi trở lên"
    return f"Đến {oldest} tuổi" if oldest is not None else ""
