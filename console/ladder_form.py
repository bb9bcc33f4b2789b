"""The part of a form that says over which channels a wave goes, one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from werkzeug.datastructures import MultiDict

from console.form_reading import FormRefused, read_number
from console.wave_words import CHANNEL_NAMES
from outreach.channels.registry import accounts_for
from outreach.rungs import BY_MESSAGE, BY_OFFICER, LadderRefused, Rung, ladder_as_json, ladder_from_json

PLACES = len((*BY_MESSAGE, *BY_OFFICER))
"""Each channel is used once at most."""
_MOST_HOURS = 720


def read_ladder(form: MultiDict[str, str]) -> tuple[Rung, ...]:
    """The rungs that are filled in, in their order; () where the form has no such part. Raises FormRefused."""
    rungs = [_rung(form, place) for place in range(1, PLACES + 1) if form.get(f"rung_{place}")]
    if not rungs:
        if "rung_1" in form:
            raise FormRefused("Xin chọn kênh gửi đầu tiên.")
        return ()
    try:
        return ladder_from_json(ladder_as_json(rungs))
    except LadderRefused as refusal:
        raise FormRefused(str(refusal)) from None


def typed_ladder(ladder: Sequence[Rung]) -> dict[str, str]:
    """What the form shows for `ladder`."""
    typed = {}
    for place, rung in enumerate(ladder, 1):
        typed[f"rung_{place}"] = rung.channel
        typed[f"wait_{place}"] = f"{rung.after / timedelta(hours=1):g}" if rung.after else ""
    return typed


def ladder_choices() -> dict[str, str]:
    """The channels by key, as the form offers them: one by message without an account says so."""
    return {
        key: name if key in BY_OFFICER or accounts_for(key) else f"{name} (chưa cài đặt)"
        for key, name in CHANNEL_NAMES.items()
    }


def _rung(form: MultiDict[str, str], place: int) -> Rung:
    hours = read_number(form.get(f"wait_{place}", ""), "số giờ chờ", _MOST_HOURS) if place > 1 else None
    return Rung(form.get(f"rung_{place}", ""), timedelta(hours=hours or 0))
