"""How pages write dates, money, waiting times and what is hidden: the filters of every template. Pure."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from flask import Flask

from console.words import MEDIA
from conversations.events import Event
from core.clock import VIETNAM, now
from language.citizen_ids import mask_citizen_id
from language.codes import group_code
from language.phones import group_phone, mask_phone
from roster.person import Person

NOTHING = "—"


def day(value: date | datetime | None) -> str:
    """dd/mm/yyyy, Vietnam's date for a moment."""
    if value is None:
        return NOTHING
    local = value.astimezone(VIETNAM) if isinstance(value, datetime) else value
    return f"{local:%d/%m/%Y}"


def moment(value: datetime | None) -> str:
    """HH:MM dd/mm/yyyy, Vietnam time."""
    return NOTHING if value is None else f"{value.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def dong(value: int | None) -> str:
    """Whole đồng: "1.500.000 đ"."""
    return NOTHING if value is None else f"{number(value)} đ"


def number(value: int) -> str:
    """With points between thousands: "1.500"."""
    return f"{value:,}".replace(",", ".")


def decimal(value: float) -> str:
    """At most one digit behind a comma: "8", "8,5"."""
    return f"{value:.1f}".removesuffix(".0").replace(".", ",")


def percent(value: float) -> str:
    """Rounded down, so that 100% is said only of all: "99,3%"."""
    return f"{decimal(math.floor(value * 10) / 10)}%"


def sentence(text: str) -> str:
    """With a capital at the beginning."""
    return text[:1].upper() + text[1:]


def lasted(span: timedelta) -> str:
    """How long somebody has waited: "5 phút", "3 giờ 20 phút", "2 ngày 4 giờ"."""
    minutes = max(int(span.total_seconds()) // 60, 0)
    if minutes < 60:
        return f"{minutes} phút"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} giờ {minutes} phút" if minutes else f"{hours} giờ"
    days, hours = divmod(hours, 24)
    return f"{days} ngày {hours} giờ" if hours else f"{days} ngày"


def waited(since: datetime) -> str:
    """How long it is since that moment."""
    return lasted(now() - since)


def born(person: Person) -> str:
    """The date of birth as far as it is known."""
    return day(person.birth_date) if person.birth_date else str(person.birth_year or NOTHING)


def hidden(value: str | None) -> str:
    """Any number with all but its last three digits hidden; short ones are hidden whole."""
    if not value:
        return NOTHING
    return "•" * (len(value) - 3) + value[-3:] if len(value) > 5 else "•" * len(value)


def hidden_phone(phone: str | None) -> str:
    return mask_phone(phone).replace("*", "•") if phone else NOTHING


def hidden_citizen_id(citizen_id: str | None) -> str:
    return mask_citizen_id(citizen_id).replace("*", "•") if citizen_id else NOTHING


def in_fours(value: str | None) -> str:
    """Digits in groups of four, as one reads them aloud from the left."""
    return " ".join(value[at : at + 4] for at in range(0, len(value), 4)) if value else NOTHING


def in_threes(value: str | None) -> str:
    """A citizen id in groups of three."""
    return " ".join(value[at : at + 3] for at in range(0, len(value), 3)) if value else NOTHING


def phone(value: str | None) -> str:
    """A number in 0… form as it is read out."""
    return group_phone(value) if value else NOTHING


def came_with(event: str | None) -> str:
    """What a citizen sent besides words, said in brackets beside them."""
    return MEDIA.get(Event(event), "kèm tệp") if event in set(Event) else "kèm tệp"


def shortened(name: str | None) -> str:
    """A name by which nobody is found: the family name, and the first letter of each further one ("Nguyễn T. H.")."""
    if not name:
        return NOTHING
    family, *others = name.split()
    return " ".join([family, *(f"{one[0]}." for one in others)])


def code(reference: str | None) -> str:
    """A file code in its two groups."""
    return group_code(reference) if reference else NOTHING


_FILTERS = (day, moment, dong, number, decimal, percent, sentence, lasted, waited, born, hidden, hidden_phone,
            hidden_citizen_id, in_fours, in_threes, phone, came_with, shortened, code)  # fmt: skip


def install_formats(app: Flask) -> None:
    """Give every template the filters above under their own names."""
    for fill in _FILTERS:
        app.add_template_filter(fill)
