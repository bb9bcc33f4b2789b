"""How long a search takes among many people: `python -m bench.search [PEOPLE]`.

Through the console's own searches and under the database's row-level security: as an officer of one commune, as large
as one of the city's, and as a manager who sees all. By name without marks, by the last digits, by the file code, by
the whole phone. Beside it the first page of a queue of many claims, and the next card. Aim: 200 ms at p95.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import product

import psycopg
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from bench.figures import spread, table
from bench.outreach_site import site
from console.reading.claim_queue import next_claim, queue_page
from console.reading.last_digits import TooMany, ending_in
from console.reading.today import TO_VERIFY
from core.clock import now, today
from core.database import ALL_COMMUNES, Role, transaction
from core.encryption import encrypt
from core.postgres import admin_url
from language.text import fold_name
from loa.many_people import phone_of
from roster.campaign import AccountDetails, Campaign, CampaignState
from roster.commune import Commune
from roster.people import search
from roster.person import Person

PEOPLE, CLAIMS = 300_000, 50_000
AIM_MILLISECONDS = 200
_EACH = 40
_MOST_FOUND = 50
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Khuất", "Kiều")
_MIDDLES = ("Thị", "Văn", "Hữu", "Đức", "Thu", "Minh", "Ngọc", "Xuân", "Bích", "Quang")
_GIVEN = ("Hoa", "Lan", "Mai", "Hùng", "Dũng", "Yến", "Thủy", "Oánh", "Loan", "Quỳnh", "Bình", "Tài", "Lộc", "Sơn")

type Search = Callable[[Session, random.Random], object]

_NAMED = """
    UPDATE person SET full_name = names.full_name, folded_name = names.folded_name, commune_code = places.code
      FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM person) numbered
      JOIN names ON names.number = (numbered.number * 7919) % (SELECT count(*) FROM names)
      JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS place, count(*) OVER () AS places FROM commune) places
        ON places.place = numbered.number % places.places
     WHERE person.id = numbered.id"""
_DECLARED = """
    INSERT INTO draft (id, campaign_id, source, thread_id, person_id, commune_code, invited, answers, failures, state,
                       started_at, last_message_at)
    SELECT id, %(campaign)s, 'bot', id, id, commune_code, true, %(answers)s, 0, 'declared', %(at)s, %(at)s
      FROM person ORDER BY id LIMIT %(claims)s"""
_CLAIMED = """
    INSERT INTO claim (id, campaign_id, draft_id, person_id, commune_code, state, outcome_group, answers, respondent,
                       from_invited_phone, declared_at)
    SELECT id, campaign_id, id, person_id, commune_code, 'declared', 'D', answers, 'self', true,
           %(at)s - random() * interval '30 days'
      FROM draft"""


def main() -> int:
    """Fill an installation, measure, print; the exit status."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with site(people):
        _fill()
        largest, codes = _sights()
        lines, over = [], []
        for desk, commune in (("officer", largest), ("manager", ALL_COMMUNES)):
            for title, ask in _searches(codes).items():
                milliseconds = list(_times(ask, [commune]))
                if not milliseconds:
                    lines.append([f"{desk}: {title} (not offered: too many in sight)", "—", "—"])
                    continue
                found = spread(milliseconds)
                over += [f"{desk}: {title}"] if found.p95 > AIM_MILLISECONDS else []
                lines.append([f"{desk}: {title}", f"{found.median:.0f}", f"{found.p95:.0f}"])
    print(f"search among {people:,} people and {CLAIMS:,} claims, in milliseconds (aim: p95 {AIM_MILLISECONDS})")
    print(table(["", "median", "p95"], lines))
    print(f"over the aim: {', '.join(over) or 'none'}")
    return 0


def _fill() -> None:
    """Give the people names and communes as a city has them, and some of them claims that wait."""
    address = make_url(admin_url()).set(drivername="postgresql").render_as_string(hide_password=False)
    with transaction() as session:
        campaign = Campaign(
            name="Đo tốc độ", account_details=AccountDetails.CHAT, deadline=today(), facts={},
            state=CampaignState.RUNNING, created_at=now(),
        )  # fmt: skip
        session.add(campaign)
        session.flush()
        given = {"campaign": campaign.id, "answers": encrypt("{}"), "at": now(), "claims": CLAIMS}
    with psycopg.connect(address) as owner:
        owner.execute("CREATE TEMP TABLE names (number bigint, full_name text, folded_name text)")
        with owner.cursor() as cursor, cursor.copy("COPY names FROM STDIN") as copy:
            for number, words in enumerate(product(_FAMILIES, _MIDDLES, _MIDDLES, _GIVEN)):
                copy.write_row((number, " ".join(words), fold_name(" ".join(words))))
        owner.execute(_NAMED)
        for table_name in ("person_contact", "entitlement"):
            owner.execute(
                f"UPDATE {table_name} SET commune_code = person.commune_code FROM person WHERE person.id = person_id"
            )
        owner.execute(_DECLARED, given)
        owner.execute(_CLAIMED, given)
    with psycopg.connect(address, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE person, person_contact, entitlement, draft, claim")


def _sights() -> tuple[str, list[str]]:
    """The commune with the most people, and file codes of some of its people."""
    with transaction() as session:
        largest = session.scalars(
            select(Commune.code)
            .join(Person, Person.commune_code == Commune.code)
            .group_by(Commune.code)
            .order_by(func.count().desc())
            .limit(1)
        ).one()
        codes = session.scalars(select(Person.reference).where(Person.commune_code == largest).limit(100)).all()
    return largest, list(codes)


def _name(chance: random.Random) -> str:
    return " ".join(chance.choice(part) for part in (_FAMILIES, _MIDDLES, _MIDDLES, _GIVEN))


def _times(ask: Search, communes: list[str]) -> Iterator[float]:
    """Milliseconds of each search; nothing where it is not offered."""
    chance = random.Random(2026)
    with suppress(TooMany):
        for _ in range(_EACH + 2):
            with transaction(Role.CONSOLE, communes=communes) as session:
                started = time.perf_counter()
                ask(session, chance)
                passed = time.perf_counter() - started
            yield passed * 1000


def _searches(codes: Sequence[str]) -> dict[str, Search]:
    return {
        "whole name": lambda session, chance: search(session, _name(chance).lower(), _MOST_FOUND),
        "first word of a name": lambda session, chance: search(session, chance.choice(_FAMILIES), _MOST_FOUND),
        "last word of a name": lambda session, chance: search(session, chance.choice(_GIVEN), _MOST_FOUND),
        "a name nobody has": lambda session, chance: search(session, f"Xyz {_name(chance)}", _MOST_FOUND),
        "file code": lambda session, chance: search(session, chance.choice(codes), _MOST_FOUND),
        "whole phone": lambda session, chance: search(session, phone_of(chance.randrange(1000)), _MOST_FOUND),
        "last four digits": lambda session, chance: ending_in(session, f"{chance.randrange(10_000):04}", _MOST_FOUND),
        "queue of claims": lambda session, _: queue_page(session, TO_VERIFY, 1),
        "next claim": lambda session, _: next_claim(session, TO_VERIFY),
    }


if __name__ == "__main__":
    sys.exit(main())
