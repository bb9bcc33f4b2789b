"""The second factor: codes that change every 30 seconds, on Flask-Security, sealed by the installation's own keys.

In the database the secret is encrypted once, by its column, so that `loa keys rotate` reaches it. While somebody sets a
factor up, the secret travels in the browser's cookie, which is signed but readable: there it is sealed.
"""

from __future__ import annotations

import base64
from typing import Any

import qrcode  # type: ignore[import-untyped]
from flask_security import MfRecoveryForm, SQLAlchemySessionUserDatastore, Totp, TwoFactorVerifyCodeForm
from passlib.totp import TOTP, TotpMatch  # type: ignore[import-untyped]
from qrcode.image.svg import SvgPathImage  # type: ignore[import-untyped]
from wtforms import StringField

from console.staff import Staff
from core.clock import now
from core.encryption import decrypt, encrypt

ISSUER = "Loa Phường"
"""What the app on the phone calls the account."""
CLOCKS_DIFFER = 30
"""So many seconds may a phone's clock be before or behind ours."""
_SEALED = "sealed:"


class _Secret(TOTP):  # type: ignore[misc]  # passlib publishes no types
    """A secret as it is kept: base32, or sealed."""

    @classmethod
    def from_source(cls, source: str) -> Any:
        return cls(key=opened(source))


class InstallationTotp(Totp):
    """Flask-Security's codes under our keys and our clock. No code serves twice."""

    def __init__(self, secrets: dict[str, str] | dict[int, str], issuer: str) -> None:
        """`secrets` are what the library would seal with, and are not used."""
        self._totp = _Secret.using(issuer=issuer, now=lambda: now().timestamp())

    def generate_totp_secret(self) -> str:
        """A new secret, sealed."""
        return _SEALED + encrypt(self._totp.new().base32_key).decode()

    def verify_totp(self, token: str, totp_secret: str, user: Any, window: int = 0) -> bool:
        """Whether `token` is right now. What was used with an older secret says nothing about a new one."""
        if totp_secret.startswith(_SEALED):
            user.tf_last_counter = None
        return bool(super().verify_totp(token, totp_secret, user, window))

    def generate_qrcode(self, username: str, totp: str) -> str:
        """The code to scan, as an image's address: one path, without seams between its squares."""
        drawn = qrcode.make(self.get_totp_uri(username, totp), image_factory=SvgPathImage)
        return "data:image/svg+xml;base64," + base64.b64encode(drawn.to_string()).decode()

    def get_last_counter(self, user: Any) -> int | None:
        """Of which 30 seconds a code was used last."""
        counter: int | None = user.tf_last_counter
        return counter

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        """Remember it; committed with the sign-in."""
        user.tf_last_counter = tmatch.counter


class StaffDatastore(SQLAlchemySessionUserDatastore):
    """Keeps secrets opened (their column encrypts them) and recovery codes in whole lists, which a column notices."""

    def tf_set(self, user: Any, primary_method: str, totp_secret: str | None = None, phone: str | None = None) -> None:
        """Set up the factor that was just proved to work."""
        super().tf_set(user, primary_method, opened(totp_secret) if totp_secret else None, phone)

    def tf_reset(self, user: Any) -> None:
        """Take the factor away, its printed codes too."""
        forget_second_factor(user)
        self.put(user)  # type: ignore[no-untyped-call]

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        """Use up one printed code."""
        left = list(user.mf_recovery_codes or ())
        if idx >= len(left):
            return False
        del left[idx]
        self.mf_set_recovery_codes(user, left)
        return True


class CodeForm(TwoFactorVerifyCodeForm):
    """Takes "123 456" as the app shows it."""

    code = StringField(filters=[lambda typed: "".join(str(typed or "").split())])


class RecoveryForm(MfRecoveryForm):
    """Takes a printed code in capitals, with or without its hyphens."""

    code = StringField(filters=[lambda typed: _grouped(str(typed or ""))])


def opened(secret: str) -> str:
    """The secret in base32, sealed or not."""
    return decrypt(secret.removeprefix(_SEALED).encode()) if secret.startswith(_SEALED) else secret


def forget_second_factor(staff: Staff) -> None:
    """As if none had ever been set up."""
    staff.tf_primary_method = staff.tf_totp_secret = staff.mf_recovery_codes = None


def _grouped(typed: str) -> str:
    """As the codes are made: twelve hexadecimal digits in groups of four."""
    digits = "".join(one for one in typed.lower() if one.isalnum())
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))
