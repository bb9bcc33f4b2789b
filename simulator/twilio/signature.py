"""X-Twilio-Signature: https://www.twilio.com/docs/usage/webhooks/webhooks-security."""

import base64
import hashlib
import hmac
from collections.abc import Mapping


def sign(auth_token: str, url: str, parameters: Mapping[str, str]) -> str:
    """Base64 of HMAC-SHA1, keyed with the account's token, over the full URL and then, sorted by name, every
    parameter's name and value, joined by nothing. The URL is the one called: without its fragment."""
    signed = url + "".join(name + parameters[name] for name in sorted(parameters))
    return base64.b64encode(hmac.digest(auth_token.encode(), signed.encode(), hashlib.sha1)).decode()
