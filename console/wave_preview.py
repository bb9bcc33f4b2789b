"""The preview of a wave as a fragment of a page: of one that is planned, and of one that is being written."""

from __future__ import annotations

from datetime import datetime

from flask import render_template
from sqlalchemy.orm import Session

from console.audience_words import TO_DO
from console.reading.audience_numbers import NAMED
from console.wave_words import CHANNEL_NAMES, ENCODINGS, SAMPLE_KINDS, lasts, why_without_text
from outreach.looking import not_reached
from outreach.preview import preview_step
from outreach.reasons import WORDS
from outreach.step import Step
from outreach.timing import TimingRefused


def show_preview(session: Session, step: Step, now: datetime) -> str:
    """What `step`, which need not be in the database, would do if it were released at `now`."""
    try:
        preview = preview_step(session, step, now)
    except TimingRefused as problem:
        return render_template("parts/step_preview.html", preview=None, problem=str(problem))
    return render_template(
        "parts/step_preview.html",
        preview=preview,
        named=not_reached(session, preview.aim, NAMED),
        reasons=WORDS,
        to_do=TO_DO,
        channels=CHANNEL_NAMES,
        sample_kinds=SAMPLE_KINDS,
        encodings=ENCODINGS,
        lasts=lasts,
        why_without_text=why_without_text,
    )
