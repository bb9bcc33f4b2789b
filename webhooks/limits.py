"""How often a chat may speak and look: counted by the chat, and by the address from which chats come.

Many citizens may share an address (a mobile network, the commune's own Wi-Fi), so an address may do more than a chat.
"""

from __future__ import annotations

from typing import Any

from flask import Flask, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

LIMITS = {
    "web_chat.say": ("30 per minute", "120 per minute"),
    "web_chat.transcript": ("60 per minute", "600 per minute"),
}
"""View → by chat, by address."""


def limit_the_chat(app: Flask) -> None:
    """Answer 429 beyond LIMITS; call it when the views are registered. Counted in this process: it is the only one."""
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://")
    for name, (by_chat, by_address) in LIMITS.items():
        view: Any = limiter.limit(by_address)(app.view_functions[name])
        app.view_functions[name] = limiter.limit(by_chat, key_func=_chat)(view)


def _chat() -> str:
    """The session's chat; a visitor who has none yet is counted by address."""
    return str(session.get("chat") or get_remote_address())
