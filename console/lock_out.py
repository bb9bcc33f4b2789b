"""Guessing has an end: after so many wrong passwords or codes the account, or the address, is shut for a while.

It is counted in the database, over all processes. An email that nobody has is shut just the same, so that the answer
tells nobody which accounts there are.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from console.sign_in_rows import SignInFailure
from console.sign_in_settings import sign_in_settings
from core.encryption import blind_index

_KEPT_FOR = timedelta(days=1)

type Conditions = tuple[ColumnElement[bool], ...]


def shut_until(session: Session, email: str, address: str, at: datetime) -> datetime | None:
    """Until when nobody signs in to this account, or from this address; None when it is open."""
    of_account = _shut(session, _of_account(email), sign_in_settings().wrong_per_account, at)
    of_address = _shut(session, _of_address(address), sign_in_settings().wrong_per_address, at)
    return max((one for one in (of_account, of_address) if one is not None), default=None)


def account_shut_until(session: Session, email: str, at: datetime) -> datetime | None:
    """Until when this account is shut, wherever one comes from."""
    return _shut(session, _of_account(email), sign_in_settings().wrong_per_account, at)


def note_failure(session: Session, email: str, address: str, at: datetime) -> bool:
    """Count a wrong password or code; whether it is the one that shuts the account."""
    session.execute(delete(SignInFailure).where(SignInFailure.at < at - _KEPT_FOR))
    session.add(SignInFailure(account_index=account_index(email), address_index=_address_index(address), at=at))
    session.flush()
    return account_shut_until(session, email, at) is not None


def forgive(session: Session, email: str, at: datetime) -> None:
    """Count the account's wrong attempts no more: after a right one, or by an administrator. The address's still do."""
    wrong = update(SignInFailure).where(*_of_account(email))
    session.execute(wrong.values(forgiven_at=at))


def account_index(email: str) -> bytes:
    """The fingerprint of an account, however it is typed."""
    return blind_index("sign-in-account", email.strip().lower())


def _address_index(address: str) -> bytes:
    return blind_index("sign-in-address", address)


def _of_account(email: str) -> Conditions:
    return SignInFailure.account_index == account_index(email), SignInFailure.forgiven_at.is_(None)


def _of_address(address: str) -> Conditions:
    return (SignInFailure.address_index == _address_index(address),)


def _shut(session: Session, of: Conditions, most: int, at: datetime) -> datetime | None:
    """The wrong attempts that count are those of the last minutes: it opens when the first of them no longer does."""
    counting = select(SignInFailure.at).where(*of, SignInFailure.at > at - sign_in_settings().shut_for)
    wrong = session.scalars(counting.order_by(SignInFailure.at.desc()).limit(most)).all()
    return wrong[-1] + sign_in_settings().shut_for if len(wrong) == most else None
