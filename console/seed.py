"""Making members of staff: for `loa staff add`, the administrator's page, and the demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from argon2 import PasswordHasher
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from console.staff import RoleRow, Staff, staff_communes
from console.staff_roles import CITY_WIDE, StaffRole
from roster.commune import Commune

SHORTEST_PASSWORD = 10
DEMO_PASSWORD = "ban-mau-2026"
DEMO_COMMUNE, OTHER_DEMO_COMMUNE = "Phường Bồ Đề", "Xã Hạ Bằng"


class StaffRefused(ValueError):
    """A member of staff that cannot be made so; `str()` is Vietnamese and says why."""


@dataclass(frozen=True)
class SignIn:
    """One account of the demo, as it is printed at the start. `staff_id` is 0 where the account was made before."""

    title: str
    email: str
    password: str
    role: StaffRole
    staff_id: int = 0


_DEMO: tuple[tuple[SignIn, str, str | None], ...] = (
    (SignIn("Cán bộ phường", "canbo@bode.example", DEMO_PASSWORD, StaffRole.OFFICER), "Trần Thu Hà", DEMO_COMMUNE),
    (SignIn("Người duyệt của phường", "duyet@bode.example", DEMO_PASSWORD, StaffRole.APPROVER),
     "Lê Quang Minh", DEMO_COMMUNE),
    (SignIn("Cán bộ xã khác", "canbo@habang.example", DEMO_PASSWORD, StaffRole.OFFICER),
     "Đỗ Văn Nam", OTHER_DEMO_COMMUNE),
    (SignIn("Cán bộ trực toàn thành phố", "truc@hanoi.example", DEMO_PASSWORD, StaffRole.OFFICER), "Bùi Thị Mai", None),
    (SignIn("Quản lý đợt khảo sát", "quanly@hanoi.example", DEMO_PASSWORD, StaffRole.MANAGER), "Phạm Thị Lan", None),
    (SignIn("Quản lý thứ hai", "quanly2@hanoi.example", DEMO_PASSWORD, StaffRole.MANAGER), "Vũ Đức Thắng", None),
    (SignIn("Quản trị", "quantri@hanoi.example", DEMO_PASSWORD, StaffRole.ADMINISTRATOR), "Ngô Bảo Anh", None),
)  # fmt: skip
"""The sign-in, the invented name, and the commune's name (None: the whole city).

Somebody has to see the whole city: conversations and claims of nobody yet known belong to no commune.
"""


def create_staff(
    session: Session,
    email: str,
    full_name: str,
    password: str,
    roles: Sequence[str],
    communes: Sequence[str],
    *,
    first_password: bool = False,
) -> int:
    """A member of staff, able to sign in; the new id.

    `roles`: values of StaffRole. `communes`: codes; none means the whole city. Managers, departments, administrators
    and auditors work for the whole city, so they are never limited to a commune. `first_password`: somebody else chose
    the password, so it is to be changed at the first sign-in. Raises StaffRefused.
    """
    wanted = _roles(roles, communes)
    _check(session, email, full_name, password)
    staff = Staff(
        email=email.strip().lower(),
        full_name=full_name.strip(),
        password=hash_of(password),
        active=True,
        fs_uniquifier=uuid4().hex,
        all_communes=not communes,
        must_change_password=first_password,
        roles=[_role_row(session, role) for role in wanted],
    )
    session.add(staff)
    session.flush()
    give_communes(session, staff.id, communes)
    return staff.id


def hash_of(password: str) -> str:
    """As Flask-Security checks it (argon2id, the password alone: see `console.sign_in`)."""
    return PasswordHasher().hash(password)


def give_communes(session: Session, staff_id: int, communes: Sequence[str]) -> None:
    """Let the member of staff see exactly these communes (codes)."""
    session.execute(delete(staff_communes).where(staff_communes.c.staff_id == staff_id))
    rows = [{"staff_id": staff_id, "commune_code": code} for code in dict.fromkeys(communes)]
    if rows:
        session.execute(insert(staff_communes), rows)


def demo_staff(session: Session) -> list[SignIn]:
    """Make the demo's accounts; their sign-ins."""
    made = []
    for sign_in, full_name, commune in _DEMO:
        codes = [session.scalars(select(Commune.code).where(Commune.name == commune)).one()] if commune else []
        staff_id = create_staff(session, sign_in.email, full_name, sign_in.password, [sign_in.role], codes)
        made.append(SignIn(sign_in.title, sign_in.email, sign_in.password, sign_in.role, staff_id))
    return made


def demo_sign_ins() -> list[SignIn]:
    """The sign-ins of a demo that was loaded before."""
    return [sign_in for sign_in, _, _ in _DEMO]


def _roles(names: Sequence[str], communes: Sequence[str]) -> list[StaffRole]:
    unknown = [name for name in names if name not in set(StaffRole)]
    if unknown or not names:
        raise StaffRefused(f"Vai trò phải là một trong: {', '.join(StaffRole)}.")
    wanted = [StaffRole(name) for name in dict.fromkeys(names)]
    if StaffRole.AUDITOR in wanted and len(wanted) > 1:
        raise StaffRefused("Người kiểm tra không kiêm vai trò khác: người xem nhật ký không tự ghi vào đó.")
    if communes and CITY_WIDE & set(wanted):
        raise StaffRefused(
            "Quản lý, sở, quản trị và kiểm tra làm việc trên toàn thành phố, không chọn riêng xã, phường."
        )
    return wanted


def _check(session: Session, email: str, full_name: str, password: str) -> None:
    if "@" not in email.strip("@ ") or not full_name.strip():
        raise StaffRefused("Xin ghi đủ họ tên và email.")
    if len(password) < SHORTEST_PASSWORD:
        raise StaffRefused(f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự.")
    if session.scalars(select(Staff.id).where(Staff.email == email.strip().lower())).first() is not None:
        raise StaffRefused("Email này đã có tài khoản.")


def _role_row(session: Session, role: StaffRole) -> RoleRow:
    row = session.scalars(select(RoleRow).where(RoleRow.name == role.value)).first()
    if row is None:
        row = RoleRow(name=role.value)
        session.add(row)
        session.flush()
    return row
