"""A commune's lists A-F as somebody signed them off: never changed, a later signature makes another version."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

import roster.campaign  # the table of a foreign key
import roster.commune  # noqa: F401  # the table of a foreign key
from core.encryption import EncryptedBytes, EncryptedJson
from core.orm import Base, BigKey, CommuneCode


class SignedList(Base):
    """One signature: all lists of one commune at one moment."""

    __tablename__ = "signed_list"
    __table_args__ = (UniqueConstraint("campaign_id", "commune_code", "version"),)

    id: Mapped[BigKey]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    commune_code: Mapped[CommuneCode]
    version: Mapped[int]
    people: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 over the digests of its sheets; the audit log's chain has it, too."""
    signed_by: Mapped[int] = mapped_column(BigInteger)
    signed_at: Mapped[datetime]


class SignedSheet(Base):
    """One of its lists: what stood in which cell, and the very file."""

    __tablename__ = "signed_sheet"
    __table_args__ = (UniqueConstraint("list_id", "outcome_group"),)

    id: Mapped[BigKey]
    list_id: Mapped[int] = mapped_column(ForeignKey("signed_list.id"))
    commune_code: Mapped[CommuneCode]
    outcome_group: Mapped[str] = mapped_column(String(12))
    people: Mapped[int]
    dong: Mapped[int] = mapped_column(BigInteger)
    columns: Mapped[list[str]] = mapped_column(EncryptedJson)
    rows: Mapped[list[list[Any]]] = mapped_column(EncryptedJson)
    """The person's id, then the cells under `columns`."""
    file: Mapped[bytes] = mapped_column(EncryptedBytes)
    """The workbook as it was written."""
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 over columns, rows and file."""
