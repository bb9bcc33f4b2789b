"""Staff: who signs in, in which roles, for which communes, by which second factor."""

from __future__ import annotations

from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import BigInteger, Column, ForeignKey, Identity, String, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

import roster.commune  # noqa: F401  # the table of a foreign key
from console.sign_in_settings import sign_in_settings
from console.staff_roles import StaffRole
from core.encryption import EncryptedJson, EncryptedText
from core.orm import Base, BigKey

AUTHENTICATOR = "authenticator"
"""What Flask-Security calls a second factor by codes that change every 30 seconds."""

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
    must_change_password: Mapped[bool] = mapped_column(default=False)
    """Somebody else chose it: it serves for one sign-in."""
    tf_primary_method: Mapped[str | None]
    """AUTHENTICATOR once a second factor is set up."""
    tf_totp_secret: Mapped[str | None] = mapped_column(EncryptedText)
    tf_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    """The 30 seconds whose code was used last: no code serves twice."""
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(EncryptedJson)
    """The printed codes that are left; None before any were made."""
    last_login_at: Mapped[datetime | None]  # type: ignore[assignment]  # Flask-Security's mixin knows no NULL
    current_login_at: Mapped[datetime | None]  # type: ignore[assignment]
    last_login_ip: Mapped[str | None]
    current_login_ip: Mapped[str | None]
    login_count: Mapped[int | None]  # type: ignore[assignment]

    roles: Mapped[list[RoleRow]] = relationship(secondary=staff_roles, lazy="selectin")  # type: ignore[assignment]

    @property
    def kinds(self) -> frozenset[StaffRole]:
        """The roles, as the table of rights knows them."""
        return frozenset(StaffRole(role.name) for role in self.roles)

    @property
    def has_second_factor(self) -> bool:
        return bool(self.tf_primary_method and self.tf_totp_secret)

    @property
    def needs_second_factor(self) -> bool:
        """Whether one of the roles may not sign in with the password alone."""
        return bool(self.kinds & sign_in_settings().roles_with_second_factor)

    def check_tf_required(
        self, tf_setup_methods: list[tuple[str, str]], tf_fresh: bool
    ) -> tuple[bool, list[tuple[str, str]]]:
        """Flask-Security asks after the password; `tf_fresh` ("this browser is known") counts for nothing here."""
        return bool(tf_setup_methods) or self.needs_second_factor, tf_setup_methods

    def check_tf_required_setup(self) -> bool:
        """Flask-Security asks before it offers to switch the second factor off."""
        return self.needs_second_factor
