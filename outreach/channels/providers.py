"""The providers there are. Another is one package beside these, a webhook in `webhooks/`, and a row here."""

from __future__ import annotations

from outreach.channels.provider import Provider
from outreach.channels.twilio.provider import PROVIDER as TWILIO
from outreach.channels.web import PROVIDER as WEB

PROVIDERS: tuple[Provider, ...] = (TWILIO, WEB)
"""Where several serve a channel, the first that is set up is used, and the next when that one fails."""
