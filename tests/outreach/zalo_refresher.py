"""A process that uses or replaces the OA's tokens, and may die or freeze at a named point: for the keeper's tests.

    python -m tests.outreach.zalo_refresher current|due|renew:STALE [before_call|after_call KILL|STOP]

The point is put into the oauth client that the keeper is given; all else is what a worker does. Prints the access token
that it would call with, or why it has none.
"""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass, replace
from typing import cast

from outreach.channels.zalo import house
from outreach.channels.zalo.oauth import Grant, Oauth
from outreach.channels.zalo.tokens import NoToken


@dataclass(frozen=True)
class Doomed:
    """The real client, and the signal that this process sends to itself before or after its call."""

    real: Oauth
    point: str
    signal: signal.Signals

    def refresh(self, refresh_token: str) -> Grant:
        if self.point == "before_call":
            os.kill(os.getpid(), self.signal)
        grant = self.real.refresh(refresh_token)
        if self.point == "after_call":
            os.kill(os.getpid(), self.signal)
        return grant


def main(work: str, point: str = "", name: str = "KILL") -> None:
    """Do `work` and say what came of it."""
    keeper = house.keeper()
    if point:
        keeper = replace(keeper, oauth=cast(Oauth, Doomed(keeper.oauth, point, signal.Signals[f"SIG{name}"])))
    try:
        if work == "due":
            print("renewed" if keeper.renew_when_due() else "left")
        elif work == "current":
            print(keeper.current())
        else:
            print(keeper.renew(work.partition(":")[2]))
    except NoToken as error:
        print(f"none: {error}")


if __name__ == "__main__":
    main(*sys.argv[1:])
