"""A wave under a brandname: the text says how one answers and what that costs, and is counted as the gateway counts."""

from __future__ import annotations

import pytest

from language.sms import domestic_segments
from outreach.channels.registry import accounts, adapter_for
from outreach.dispatch import run_dispatch
from tests.channels.domestic_site import StartSite, emptied, start_site
from tests.environment import TestClock
from tests.outreach.office import Office, new_phone

__all__ = ["emptied", "start_site"]

SHORTCODE = {"LOA_SHORTCODE_NUMBER": "8079", "LOA_SHORTCODE_PRICE_DONG": "1000", "LOA_SHORTCODE_SECRET": "s" * 16}


@pytest.mark.parametrize(
    ("provider", "environment", "said"),
    [
        ("esms", SHORTCODE, "nhan den 8079 (1.000d/tin)"),
        ("esms", {**SHORTCODE, "LOA_SHORTCODE_KEYWORD": "LP"}, "viet LP o dau, gui 8079 (1.000d/tin)"),
        ("esms", {}, "goi dien cho can bo"),
        ("speedsms", SHORTCODE, "nhan den 8079 (1.000d/tin)"),
        ("speedsms", {**SHORTCODE, "LOA_SPEEDSMS_SMS_TYPE": "8"}, "tra loi tin nay"),
    ],
)
def test_the_invitation_says_how_it_is_answered_and_at_what_price(
    emptied: str, clock: TestClock, start_site: StartSite, provider: str, environment: dict[str, str], said: str
) -> None:
    site = start_site(provider, environment)
    office = Office(clock, None)  # type: ignore[arg-type]  # another provider's
    phone = new_phone()
    person = office.person(phone)
    office.campaign()
    office.seal()
    run_dispatch(accounts()[provider], adapter_for(provider), sleep=lambda seconds: None)
    [text] = site.texts_to("+84" + phone[1:])
    assert said in text and text.isascii()
    message = office.message_of(person)
    assert (message.provider, message.segments) == (provider, domestic_segments(text))
