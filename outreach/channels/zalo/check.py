"""Trying the OA, for `loa channels check`: what works, and what is missing and where to put it right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from core.clock import VIETNAM, now
from core.database import transaction
from core.settings import settings
from outreach.channels.provider import Finding
from outreach.channels.zalo.house import client, keeper
from outreach.channels.zalo.settings import ZaloSettings, zalo_settings
from outreach.channels.zalo.template_rows import APPROVED, STATUS_WORDS, Listed, ask_quota_left, ask_templates
from outreach.channels.zalo.templates import MappingRefused, step_templates
from outreach.channels.zalo.token_state import Standing, TokenState, token_state
from outreach.channels.zalo.tokens import NoToken

WEBHOOK = "/webhooks/zalo"

_STANDING = {
    Standing.NEVER: "chưa kết nối. Xin mở trang cán bộ, mục Kết nối Zalo.",
    Standing.GOOD: "đang kết nối.",
    Standing.ENDING: "quyền kết nối sắp hết, ngày {end}. Xin kết nối lại ở trang cán bộ, mục Kết nối Zalo.",
    Standing.FADING: "Zalo không cho gia hạn nữa; còn gửi được đến {access}. Xin kết nối lại ngay.",
    Standing.LOST: "mất kết nối, không gửi được tin. Xin kết nối lại ở trang cán bộ, mục Kết nối Zalo.",
    Standing.SILENT: "chưa lấy được mã truy cập mới, hệ thống đang thử lại.",
}


def check() -> list[Finding]:
    """Everything about the OA, in the order in which one sets it up."""
    own = zalo_settings()
    return [Finding(fine, f"Zalo: {text}") for fine, text in _findings(own)]


def _findings(own: ZaloSettings) -> Iterator[tuple[bool, str]]:
    yield from _secrets(own)
    with transaction() as session:
        state = token_state(session, own.oa_id)
    standing = state.standing(now(), timedelta(days=own.warn_days))
    yield standing is Standing.GOOD, say_standing(standing, state)
    try:
        keeper().current()
    except NoToken:
        return
    yield from _account()
    yield True, f"địa chỉ nhận tin về, khai ở trang ứng dụng của Zalo (mục Webhook): {settings().public_base}{WEBHOOK}"


def say_standing(standing: Standing, state: TokenState) -> str:
    """How the connection stands, in a sentence."""
    end, access = state.refresh_expires_at, state.access_expires_at
    return _STANDING[standing].format(
        end=f"{end.astimezone(VIETNAM):%d/%m/%Y}" if end else "", access=f"{access.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
        if access else "",
    )  # fmt: skip


def _secrets(own: ZaloSettings) -> Iterator[tuple[bool, str]]:
    if not own.app_secret.get_secret_value():
        yield False, "chưa đặt khóa bí mật của ứng dụng (LOA_ZALO_APP_SECRET)."
    if not own.oa_secret.get_secret_value():
        yield False, "chưa đặt khóa của Official Account để nhận tin về (LOA_ZALO_OA_SECRET); mọi tin đến bị từ chối."
    if not settings().public_url:
        yield False, "chưa đặt địa chỉ công khai để nhận tin về (LOA_PUBLIC_URL)."
    if own.development:
        yield False, "đang gửi thử: tin theo mẫu chỉ tới quản trị viên của Official Account (LOA_ZALO_DEVELOPMENT)."


def _account() -> Iterator[tuple[bool, str]]:
    left, listed = ask_quota_left(client(), keeper()), ask_templates(client(), keeper())
    if left is None or listed is None:
        yield False, "có mã truy cập nhưng Zalo không trả lời câu hỏi về hạn mức và mẫu tin."
        return
    yield left > 0, f"hôm nay còn gửi được {left} tin theo mẫu."
    yield from _templates({one.id: one for one in listed})


def _templates(listed: dict[str, Listed]) -> Iterator[tuple[bool, str]]:
    try:
        used = step_templates()
    except MappingRefused as refusal:
        yield False, f"tệp mẫu tin (LOA_ZALO_TEMPLATES_FILE) không đọc được: {refusal}"
        return
    if not used:
        yield False, "chưa khai mẫu tin nào (LOA_ZALO_TEMPLATES_FILE): chưa gửi được đợt mời qua Zalo."
    for kind, template in used.items():
        found = listed.get(template.id)
        if found is None:
            yield False, f"mẫu {template.id} ({kind.value}) không có trong Official Account này."
        else:
            word = STATUS_WORDS.get(found.status, found.status)
            yield found.status == APPROVED, f"mẫu {template.id} “{found.name}” ({kind.value}): {word}."
