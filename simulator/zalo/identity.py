"""Who a person is: a telephone number to the template host, a user id to the OA, another user id to the app.

Real ids are drawn by the provider; here each follows from the number, and the number from it, so that nothing has to
be remembered and a rehearsal is the same from run to run.
"""

import re

from simulator.vietnam import is_mobile

_SIZE = 10**18
_FACTOR = 716_151_937_084_163_557
_OFFSET = 271_828_182_845_904_523
_BACK = pow(_FACTOR, -1, _SIZE)
_FACTOR_BY_APP = 314_159_265_358_979_323
_USER_ID = re.compile(r"[1-9]\d{18}")
_MOBILE = re.compile(r"84[35789]\d{8}")


def user_id_of(number: str) -> str:
    """The OA's id of the person at an E.164 number: 19 digits."""
    return str((int(number[1:]) * _FACTOR + _OFFSET) % _SIZE + _SIZE)


def user_id_by_app_of(number: str) -> str:
    """The app's id of the same person."""
    return str((int(number[1:]) * _FACTOR_BY_APP) % _SIZE + _SIZE)


def number_of(user_id: object) -> str | None:
    """The E.164 number behind a user id; None if it is nobody's."""
    if not isinstance(user_id, str) or not _USER_ID.fullmatch(user_id):
        return None
    return read_international(str((int(user_id) - _SIZE - _OFFSET) * _BACK % _SIZE))


def read_international(phone: object) -> str | None:
    """A mobile number as the provider writes it, 84912345678, in E.164; None for anything else."""
    if not isinstance(phone, str) or not _MOBILE.fullmatch(phone) or not is_mobile(f"+{phone}"):
        return None
    return f"+{phone}"
