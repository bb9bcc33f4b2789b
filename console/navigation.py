"""The menu: what this member of staff may open, and which of it is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, request
from flask_security import current_user

from console.desk import Desk, current_desk
from console.permissions import Action
from console.words import ROLE_NAMES


@dataclass(frozen=True)
class Entry:
    """One line of the menu. `also`: further blueprints whose pages belong to it."""

    title: str
    endpoint: str
    action: Action
    also: tuple[str, ...] = ()

    def covers(self, blueprint: str | None) -> bool:
        """Whether a page of this blueprint belongs to the line."""
        return blueprint in (self.endpoint.partition(".")[0], *self.also)


_OF_CAMPAIGNS = (
    "campaign_steps",
    "campaign_terms",
    "campaign_waves",
    "campaign_watch",
    "texts",
    "unknown_messages",
    "certificates",
    "invoices",
    "audiences",
    "campaign_calendar",
)

ENTRIES = (
    Entry("Hôm nay", "overview.today", Action.OVERVIEW),
    Entry("Cần kiểm tra", "claims.waiting", Action.VERIFY),
    Entry("Chờ duyệt", "approvals.waiting", Action.APPROVE),
    Entry("Trò chuyện cần cán bộ", "threads.inbox_page", Action.CONVERSATIONS),
    Entry("Gọi lại", "call_backs.queue", Action.CALL_BACKS),
    Entry("Đối chiếu công an", "matches.overview", Action.MATCH),
    Entry("Đến thăm nhà", "visits.overview", Action.VISITS),
    Entry("Người hưởng", "people.search_page", Action.PEOPLE, ("survey_form",)),
    Entry("Đề nghị sửa", "changes.waiting", Action.CHANGES, ("change_files",)),
    Entry("Danh sách", "lists.overview", Action.LISTS, ("signed_lists",)),
    Entry("Đồng bộ", "sync_answers.overview", Action.SYNC_FILE),
    Entry("Chi trả", "payments.overview", Action.PAYMENTS),
    Entry("Nhập danh sách", "imports.all_imports", Action.IMPORT),
    Entry("Đợt khảo sát", "campaigns.all_campaigns", Action.CAMPAIGNS, _OF_CAMPAIGNS),
    Entry("Phát loa, phiếu mời", "loudspeaker.waves", Action.PRINTS, ("slips",)),
    Entry("Diễn tập", "rehearsals.past", Action.REHEARSALS),
    Entry("Kết nối Zalo", "zalo.state", Action.ZALO),
    Entry("Yêu cầu về dữ liệu", "privacy.all_requests", Action.PRIVACY),
    Entry("Nhật ký", "audit.log", Action.AUDIT, ("history",)),
    Entry("Cán bộ", "accounts.all_staff", Action.STAFF),
)


def install_navigation(app: Flask) -> None:
    """Give every template `menu`, `desk` and `open_entry`; before the sign-in they are empty."""
    app.context_processor(_menu)


def _menu() -> dict[str, Any]:
    if not current_user or not current_user.is_authenticated:
        return {"menu": (), "desk": None, "roles": ""}
    desk = current_desk()
    return {"menu": _open_to(desk), "desk": desk, "open_entry": request.blueprint, "roles": _roles(desk)}


def _open_to(desk: Desk) -> list[Entry]:
    return [entry for entry in ENTRIES if desk.may(entry.action)]


def _roles(desk: Desk) -> str:
    return ", ".join(ROLE_NAMES[role] for role in sorted(desk.roles))
