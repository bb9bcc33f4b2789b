"""The people of an audience whom no message reaches, as a list to go from door to door with.

It names nobody's category and no account. Who has asked to be left alone, has died or is being looked into is not on
it: nobody is to knock there for a survey.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from core import audit
from language.codes import group_code
from outreach.looking import stream_not_reached
from outreach.reach import Aim
from outreach.reasons import WORDS, Reason
from roster.exports.office_sheet import Column, ColumnKind, Heading, OfficeSheet
from roster.exports.words import birth_text
from roster.exports.workbooks import Target, new_workbook

TO_VISIT = (Reason.NO_PHONE, Reason.NO_MOBILE, Reason.UNLINKED, Reason.SHARED_BY_MANY)
"""Nothing but the phone stands between these and a message."""

_TITLE = "DANH SÁCH CẦN ĐẾN NHÀ"
_COLUMNS = (
    Column("Mã hồ sơ", 11, ColumnKind.CODE),
    Column("Họ và tên", 24),
    Column("Ngày sinh", 11, ColumnKind.CODE),
    Column("Xã/Phường", 18),
    Column("Địa chỉ", 30),
    Column("Vì sao không nhắn được", 26),
    Column("Số điện thoại mới", 15),
    Column("Kết quả", 20),
)


def export_visit_list(
    session: Session, target: Target, aim: Aim, name: str, heading: Heading, actor: audit.Actor, now: datetime
) -> int:
    """Write to `target` whom of the audience called `name` somebody has to go and see; how many. Audited."""
    with new_workbook(target, _TITLE) as workbook:
        sheet = OfficeSheet(workbook, "Cần đến nhà", _TITLE, heading, _COLUMNS)
        for person, address in stream_not_reached(session, aim, TO_VISIT):
            assert person.unreachable is not None  # asked for by reason
            sheet.add(
                [
                    group_code(person.reference),
                    person.full_name,
                    birth_text(person.birth_date, person.birth_year),
                    person.commune_name,
                    address,
                    WORDS[person.unreachable],
                    "",
                    "",
                ]
            )
        people = sheet.finish().people
    audit.record(session, now, actor, "export_visit_list", f"audience:{name}", after={"people": people})
    return people
