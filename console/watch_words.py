"""What the pages of a running campaign call its stages, its splits, and what was seen of it."""

from __future__ import annotations

import math

from console.formats import day
from console.words import STEP_KINDS
from outreach.deciding import Choice
from outreach.funnel import Split
from outreach.step import Step
from outreach.watch_rules import Seen
from outreach.watch_settings import WatchSettings

STAGES = {
    "planned": "Cần gửi",
    "sent": "Đã gửi",
    "delivered": "Đã tới máy",
    "answered": "Có trả lời",
    "surveyed": "Vào khảo sát",
    "declared": "Khai xong",
    "verified": "Đã xác minh",
    "synced": "Đã đồng bộ",
}
"""By the fields of `outreach.funnel.Stages`, in the order in which people come."""

SPLITS = {
    Split.WAVE: ("luot", "Theo lượt gửi", "Lượt gửi"),
    Split.COMMUNE: ("xa", "Theo xã, phường", "Xã, phường"),
    Split.CATEGORY: ("dien", "Theo diện hưởng", "Diện hưởng"),
    Split.CHANNEL: ("kenh", "Theo kênh", "Kênh"),
}
"""By split: how the address names it, the link, the title of the first column."""

CHOICE_WORDS = {
    Choice.ARRIVED: "Đã đến",
    Choice.AGAIN: "Chưa đến, gửi lại",
    Choice.LEAVE: "Bỏ, không gửi lại",
}
"""By choice: as a button says it of a message of unknown fate."""
HELD_CHOICE_WORDS = {
    Choice.AGAIN: "Soạn và gửi lại từ đầu",
    Choice.LEAVE: "Bỏ, không gửi",
}
"""The same of a held message, which has not left."""

DECIDED = "Đã ghi quyết định cho {} tin."
NOT_DECIDED = (
    "{} tin chưa quyết định được: tiến trình gửi có thể còn giữ tin, hoặc người khác vừa quyết định. Xin thử lại sau"
    " vài phút; nếu vẫn vậy, nhờ kỹ thuật viên xem tiến trình gửi đã dừng chưa."
)


def step_name(step: Step) -> str:
    """A wave by its kind and day: "Tin mời, 12/11/2026"."""
    return f"{STEP_KINDS[step.kind]}, {day(step.due_at)}"


def split_asked(written: str | None) -> Split:
    """The split that an address asks for; by waves where it asks for none there is."""
    return next((split for split, (name, *_) in SPLITS.items() if name == written), Split.WAVE)


def signs(seen: Seen, limits: WatchSettings) -> list[tuple[str, str, bool]]:
    """(what, how many of how many, whether that is half way to a pause) of what makes a campaign pause by itself."""
    return [
        _sign(f"Tin lỗi trong {limits.outcomes} tin gần nhất", seen.errors, seen.outcomes,
              round(limits.least_outcomes * limits.error_share), limits.error_share),
        _sign(f"Xin thôi nhận, {limits.window_hours:g} giờ qua", seen.stops, seen.written_to, limits.least_stops,
              limits.stop_share),
        _sign(f"Hỏi hoặc báo lừa đảo, {limits.window_hours:g} giờ qua", seen.worries, seen.written_to,
              limits.least_worries, limits.worry_share),
    ]  # fmt: skip


def _sign(what: str, count: int, of: int, least: int, share: float) -> tuple[str, str, bool]:
    stops_at = max(least, math.ceil(share * of))
    return what, f"{count}/{of} (tự dừng khi tới {stops_at})", 2 * count >= stops_at
