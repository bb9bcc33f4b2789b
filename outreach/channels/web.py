"""The web chat: there is no provider. The page reads what was written, so writing it delivers it."""

from __future__ import annotations

from collections.abc import Collection

from outreach.channels.adapter import Accepted, Found, LookUp, Outcome, Outgoing
from outreach.channels.fuse import Fuse
from outreach.channels.provider import Account, Provider

_PER_SECOND = 100.0
"""No provider sets a limit, and no wave goes over the web."""


class WebChat:
    """An adapter (`outreach.channels.adapter.ChannelAdapter`) that accepts at once."""

    def send(self, message: Outgoing, fuse: Fuse) -> Outcome:
        return Accepted(str(message.message_id), delivered=True)

    def look_up(self, message: Outgoing, known: Collection[str]) -> LookUp:
        return Found(str(message.message_id))


def _account() -> Account:
    return Account("web", "web", "web", _PER_SECOND, None, 0)


PROVIDER = Provider("web", "web", _account, WebChat, lambda _: None)
