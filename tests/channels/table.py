"""The providers that the shared cases are played with: one row each."""

from __future__ import annotations

from tests.channels.brandname_cases import EsmsCase, ShortcodeCase, SpeedSmsCase
from tests.channels.channel_case import ChannelCase
from tests.channels.exchange_case import ExchangeCase
from tests.channels.telegram_case import TelegramCase
from tests.channels.twilio_case import TwilioCase
from tests.channels.zalo_case import ZaloCase

CASES: tuple[ChannelCase, ...] = (
    TwilioCase(),
    EsmsCase(),
    SpeedSmsCase(),
    ShortcodeCase(),
    ZaloCase(),
    TelegramCase(),
    ExchangeCase(),
)
