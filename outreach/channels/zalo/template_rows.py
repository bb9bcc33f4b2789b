"""What Zalo says of our templates and of the day's quota, kept so that planning shows it. The truth is asked for at the
provider; a webhook about a change only says when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.orm import Base
from core.settings import Mode, settings
from outreach.channels.zalo.client import Answer, Host, ZaloClient
from outreach.channels.zalo.tokens import NoToken, Tokens

APPROVED = "ENABLE"
STATUS_WORDS = {
    "ENABLE": "Đã duyệt",
    "PENDING_REVIEW": "Đang chờ Zalo duyệt",
    "REJECT": "Bị từ chối",
    "DISABLE": "Đã bị khóa",
    "DELETE": "Đã xóa",
}
_PAGE = 100
_MOST_PAGES = 20


class ZaloTemplateRow(Base):
    """One template of the OA as Zalo last described it."""

    __tablename__ = "zalo_template"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    status: Mapped[str]
    quality: Mapped[str | None]
    reason: Mapped[str | None]
    """Why it was refused or shut, in Zalo's words."""
    seen_at: Mapped[datetime]


@dataclass(frozen=True)
class Listed:
    """A template in Zalo's list."""

    id: str
    name: str
    status: str
    quality: str | None


def templates_known(session: Session) -> list[ZaloTemplateRow]:
    """The templates as last seen, by name."""
    return list(session.scalars(select(ZaloTemplateRow).order_by(ZaloTemplateRow.name, ZaloTemplateRow.id)))


def approval_of(session: Session, template_id: str) -> str | None:
    """Zalo's word for where the template stands (APPROVED, …); None for one it has not shown us."""
    return session.scalar(select(ZaloTemplateRow.status).where(ZaloTemplateRow.id == template_id))


def obstacle(session: Session, template_id: str) -> str | None:
    """Why messages by the template may not be released yet, in Vietnamese; None where Zalo has approved it.

    Until Zalo has shown us its list for the first time nobody knows: only an installation that serves real people
    waits for that.
    """
    status = approval_of(session, template_id)
    if status is not None:
        return None if status == APPROVED else STATUS_WORDS.get(status, status)
    if session.scalar(select(exists(select(ZaloTemplateRow.id)))):
        return "Không có trong Official Account này"
    return "Chưa hỏi được Zalo đã duyệt hay chưa" if settings().mode is Mode.PRODUCTION else None


def ask_templates(client: ZaloClient, tokens: Tokens) -> list[Listed] | None:
    """All templates of the OA; None when Zalo could not be asked."""
    found: list[Listed] = []
    for page in range(_MOST_PAGES):
        lines = _ask(client, tokens, "/template/all", {"offset": page * _PAGE, "limit": _PAGE})
        if not isinstance(lines, list):
            return None
        found += [_listed(line) for line in lines if isinstance(line, dict)]
        if len(lines) < _PAGE:
            break
    return found


def ask_quota_left(client: ZaloClient, tokens: Tokens) -> int | None:
    """How many template messages may still go out today; None when Zalo could not be asked or does not say."""
    quota = _ask(client, tokens, "/message/quota", {})
    left = str(quota.get("remainingQuota")) if isinstance(quota, dict) else ""
    return int(left) if left.isdecimal() else None


def keep_templates(session: Session, listed: list[Listed], now: datetime) -> None:
    """Write the list down. A reason stays as long as its status does."""
    for one in listed:
        row = insert(ZaloTemplateRow).values(
            id=one.id, name=one.name, status=one.status, quality=one.quality, seen_at=now
        )
        same = case((ZaloTemplateRow.status == one.status, ZaloTemplateRow.reason), else_=None)
        changed = {"name": one.name, "status": one.status, "quality": one.quality, "reason": same, "seen_at": now}
        session.execute(row.on_conflict_do_update(index_elements=[ZaloTemplateRow.id], set_=changed))


def note_reason(session: Session, template_id: str, reason: str) -> None:
    """Write down why a template was decided upon so."""
    row = session.get(ZaloTemplateRow, template_id, populate_existing=True)
    if row is not None:
        row.reason = reason or None


def _ask(client: ZaloClient, tokens: Tokens, path: str, query: dict[str, str | int]) -> Any:
    try:
        answer = client.get(Host.BUSINESS, path, query, tokens.current())
    except NoToken:
        return None
    return answer.data if isinstance(answer, Answer) and answer.error == 0 else None


def _listed(line: dict[str, object]) -> Listed:
    quality = line.get("templateQuality")
    return Listed(
        str(line.get("templateId", "")),
        str(line.get("templateName", "")),
        str(line.get("status", "")),
        None if quality is None else str(quality),
    )
