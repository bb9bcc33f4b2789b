"""What a demo keeps of the stand-ins from one start to the next, and which handsets its citizens have."""

from __future__ import annotations

import json
import os
from pathlib import Path

import phonenumbers
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from console.seed import DEMO_COMMUNE
from core.audit import Actor
from core.clock import now
from core.settings import ROOT, settings
from language.phones import PhoneKind, phone_kind, to_e164
from loa.stand_ins.accounts import first_refresh_token
from loa.stand_ins.other_end import zalo_is_here
from outreach.channels.zalo.house import keeper
from outreach.channels.zalo.settings import zalo_settings
from outreach.channels.zalo.token_rows import keep_refresh_token, read_tokens
from roster.commune import Commune
from roster.contact import ContactKind, ContactPoint, Holder, PersonContact
from roster.person import Person

ON_ZALO, ON_TELEGRAM = 6, 3
"""So many of the demo's citizens have an account there; those on Telegram are on Zalo too."""
OLD_ENOUGH = 1965
"""They were born before this year: a demo shows that the old are on messengers too."""


def keep_stand_ins() -> None:
    """Let the stand-ins remember what was said and granted, as our database does, and connect the Official Account.

    Before the processes start. The two memories begin together: where one is gone, so is the other's word about Zalo.
    """
    folder = _folder()
    journal = folder / "journal"
    if zalo_is_here(settings()) and (read_tokens(zalo_settings().oa_id) is None or not journal.exists()):
        journal.unlink(missing_ok=True)
        _connect_zalo()
    os.environ["SIMULATOR_JOURNAL"] = str(journal)
    if (folder / "settlers.json").exists():
        os.environ["SIMULATOR_SETTLERS"] = str(folder / "settlers.json")


def settle(session: Session) -> None:
    """Write down, for the stand-ins, whose phone is whose among the sample's invented people, and who of them has Zalo
    and Telegram."""
    owners = _owners_of_phones(session)
    listed = [{"channel": _rings_as(phone), "number": to_e164(phone), "name": name} for name, phone, _ in owners]
    with_marks_first = sorted(owners, key=lambda owner: owner[0].isascii())
    old = [(name, to_e164(phone)) for name, phone, born in with_marks_first if born and born < OLD_ENOUGH]
    listed += [{"channel": "zalo", "number": tel, "name": name} for name, tel in old[:ON_ZALO]]
    listed += [
        {"channel": "telegram", "number": telegram_id(tel), "tel": tel, "name": name} for name, tel in old[:ON_TELEGRAM]
    ]
    file = _folder() / "settlers.json"
    file.touch(mode=0o600)
    file.write_text(json.dumps(listed, ensure_ascii=False, indent=1))


def telegram_id(tel: str) -> str:
    """The user id of the invented account behind a telephone (E.164); the page of phones makes it in the same way."""
    return f"7{tel[-9:]}"


def _folder() -> Path:
    folder = (settings().data_dir or ROOT / ".data") / "stand-ins"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _connect_zalo() -> None:
    """As an administrator does with Zalo's own tool; the first pair of tokens is asked for when one is needed."""
    oa_id, lasts = zalo_settings().oa_id, keeper().terms.refresh_life
    keep_refresh_token(oa_id, first_refresh_token(settings()), lasts, now(), Actor("command", "demo"))


def _rings_as(phone: str) -> str:
    """The stand-ins' channel of a telephone: a landline can only call."""
    return "sms" if phone_kind(phone) is PhoneKind.MOBILE else "telephone"


def _owners_of_phones(session: Session) -> list[tuple[str, str, int | None]]:
    """Name, phone and year of birth of people whom that phone alone reaches, those of the demo's commune first."""
    shared = select(PersonContact.contact_id).group_by(PersonContact.contact_id).having(func.count() > 1)
    rows = session.execute(
        select(Person.full_name, ContactPoint.address, Person.birth_year)
        .join(PersonContact, PersonContact.person_id == Person.id)
        .join(ContactPoint, ContactPoint.id == PersonContact.contact_id)
        .join(Commune, Commune.code == Person.commune_code)
        .where(ContactPoint.kind == ContactKind.PHONE, PersonContact.holder == Holder.SELF, PersonContact.rank == 0)
        .where(PersonContact.contact_id.not_in(shared), Person.full_name != "")
        .order_by((Commune.name == DEMO_COMMUNE).desc(), Person.folded_name)
    )
    return [(name, address, born) for name, address, born in rows if _is_dealt_out(address)]


def _is_dealt_out(phone: str) -> bool:
    """Whether a carrier has given the number's range to anybody yet: the stand-ins know no handset outside."""
    return phonenumbers.is_valid_number(phonenumbers.parse(to_e164(phone)))
