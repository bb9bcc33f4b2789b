"""Staff: who signs in, in which roles, for which communes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from flask_security import RoleMixin, UserMixin
from sqlalchemy import BigInteger, Column, ForeignKey, Identity, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

import roster.commune  # noqa: F401  # the table of a foreign key
from core.orm import Base, BigKey


class StaffRole(StrEnum):
    """What a member of staff may do; `console.permissions` holds the table role × action."""

    OFFICER = "officer"
    APPROVER = "approver"
    MANAGER = "manager"
    ADMINISTRATOR = "administrator"


staff_roles = Table(
    "staff_roles",
    Base.metadata,
    Column("staff_id", BigInteger, ForeignKey("staff.id"), primary_key=True),
    Column("role_id", BigInteger, ForeignKey("staff_role.id"), primary_key=True),
)

staff_communes = Table(
    "staff_communes",
    Base.metadata,
    Column("staff_id", BigInteger, ForeignKey("staff.id"), primary_key=True),
    Column("commune_code", String(8), ForeignKey("commune.code"), primary_key=True),
)


class RoleRow(Base, RoleMixin):
    """A role, as Flask-Security keeps it."""

    __tablename__ = "staff_role"

    id: Mapped[BigKey]
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str | None]


class Staff(Base, UserMixin):
    """One member of staff."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    password: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    all_communes: Mapped[bool] = mapped_column(default=False)
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    last_login_at: Mapped[datetime | None]  # type: ignore[assignment]  # Flask-Security's mixin knows no NULL
    current_login_at: Mapped[datetime | None]  # type: ignore[assignment]
    last_login_ip: Mapped[str | None]
    current_login_ip: Mapped[str | None]
    login_count: Mapped[int | None]  # type: ignore[assignment]

    roles: Mapped[list[RoleRow]] = relationship(secondary=staff_roles, lazy="selectin")  # type: ignore[assignment]
