"""The providers there are. Another is one package beside these, a webhook in `webhooks/`, and a row here."""

from __future__ import annotations

from outreach.channels.esms.provider import PROVIDER as ESMS
from outreach.channels.provider import Provider
from outreach.channels.speedsms.provider import PROVIDER as SPEEDSMS
from outreach.channels.telegram.provider import PROVIDER as TELEGRAM
from outreach.channels.twilio.provider import PROVIDER as TWILIO
from outreach.channels.web import PROVIDER as WEB
from outreach.channels.zalo.provider import PROVIDER as ZALO

PROVIDERS: tuple[Provider, ...] = (ESMS, SPEEDSMS, TWILIO, ZALO, TELEGRAM, WEB)
"""Where several serve a channel, the first that is set up is used, and the next when that one fails."""
