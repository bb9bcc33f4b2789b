"""Every code of Zalo's that the contract names, code by code, and what a receipt or a refusal makes of it."""

from __future__ import annotations

import pytest

from outreach.channels.adapter import ErrorClass
from outreach.channels.registry import error_class as class_by_registry
from outreach.channels.zalo.errors import OA_ERRORS, TEMPLATE_ERRORS, error_class

RETRY, THROTTLE, LATER = ErrorClass.RETRY_LATER, ErrorClass.THROTTLE, ErrorClass.RESCHEDULE
GONE, STOP, BUG = ErrorClass.UNREACHABLE, ErrorClass.STOP_ACCOUNT, ErrorClass.OUR_BUG

OA = {
    -32: THROTTLE, -200: RETRY, -201: BUG, -210: BUG, -211: STOP, -213: GONE, -216: STOP, -220: STOP, -217: GONE,
    -227: GONE, -244: GONE, -218: LATER, -230: GONE, -232: GONE, -233: BUG, -234: LATER, -209: STOP, -212: STOP,
    -219: STOP, -221: STOP, -223: STOP, -224: STOP, -320: STOP, -321: STOP,
}  # fmt: skip
"""The Official Account's errors, as `shared/providers.md` lists them."""
TEMPLATE = {
    -108: GONE, -114: GONE, -118: GONE, -119: GONE, -139: GONE, -140: GONE, -141: GONE,
    -109: STOP, -111: BUG, -112: BUG, -1121: BUG, -1122: BUG, -1124: BUG, -117: STOP, -131: STOP, -146: STOP,
    -115: STOP, -120: STOP, -124: STOP, -125: STOP, -135: STOP, -136: STOP, -137: STOP, -138: STOP,
    -144: LATER, -1441: STOP, -147: LATER, -1471: GONE, -1472: GONE, -133: LATER,
}  # fmt: skip
"""The template message's."""


@pytest.mark.parametrize(("code", "expected"), [*OA.items(), *TEMPLATE.items()])
def test_each_code_has_its_class(code: int, expected: ErrorClass) -> None:
    assert error_class(code) is expected
    assert class_by_registry("zalo", str(code)) is expected


def test_the_tables_hold_what_the_contract_lists() -> None:
    assert set(OA) <= set(OA_ERRORS)
    assert set(TEMPLATE) <= set(TEMPLATE_ERRORS)
    assert not set(OA_ERRORS) & set(TEMPLATE_ERRORS)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("", THROTTLE),
        ("Your application reached limit call api", THROTTLE),
        ("Too many requests", THROTTLE),
        ("App is not allowed to call this api", STOP),
    ],
)
def test_the_call_limits_code_means_what_its_message_says(message: str, expected: ErrorClass) -> None:
    assert error_class(-32, message) is expected


@pytest.mark.parametrize("code", [-1, -100, -99999, 7])
def test_what_nobody_has_listed_is_held_for_a_human(code: int) -> None:
    assert error_class(code) is BUG
