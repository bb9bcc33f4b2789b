"""The part of a form that says to whom a wave goes: everybody, a saved audience, some communes and categories, or those
to whom it went before it was changed."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from console.form_reading import FormRefused
from outreach.audience import Audience
from outreach.saved_audience import SavedAudience, saved_audiences

FIELD = "whom"


class Whom(StrEnum):
    """What may stand in the field besides the number of a saved audience."""

    ALL = "all"
    CHOSEN = "chosen"
    KEPT = "kept"


def read_whom(session: Session, form: MultiDict[str, str], kept: Audience | None = None) -> Audience:
    """The audience that the form means; `kept` is the one before. Raises FormRefused."""
    chosen = form.get(FIELD, Whom.CHOSEN)
    if chosen == Whom.ALL:
        return Audience()
    if chosen == Whom.CHOSEN:
        return Audience(tuple(form.getlist("communes")), tuple(form.getlist("categories")))
    if chosen == Whom.KEPT and kept is not None:
        return kept
    saved = session.get(SavedAudience, int(chosen)) if chosen.isdecimal() else None
    if saved is None:
        raise FormRefused("Nhóm người nhận này không còn. Xin chọn lại.")
    return Audience.from_json(saved.audience)


def whom_choices(session: Session) -> dict[str, Any]:
    """The saved audiences, for the template."""
    return {"saved": saved_audiences(session)}
