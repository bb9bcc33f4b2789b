"""Twilio: SMS abroad. Contract: https://www.twilio.com/docs/messaging/api, `shared/providers.md`."""
