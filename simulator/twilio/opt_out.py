"""The words by which Twilio itself ends or resumes messages to a person.

Source: https://help.twilio.com/articles/223134027 (default English keywords for long codes).
"""

from dataclasses import dataclass

_STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"}
_START = {"START", "YES", "UNSTOP"}
_HELP = {"HELP", "INFO"}


@dataclass(frozen=True, slots=True)
class OptOutWord:
    """`name` goes to the webhook as OptOutType; `refuses`: True opts out, False in, None neither."""

    name: str
    refuses: bool | None
    answer: str


_STOPPED = OptOutWord(
    "STOP",
    True,
    "You have successfully been unsubscribed. You will not receive any more messages from this number. "
    "Reply START to resubscribe.",
)
_STARTED = OptOutWord(
    "START",
    False,
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
)
_HELPED = OptOutWord("HELP", None, "Reply STOP to unsubscribe. Msg&Data Rates May Apply.")


def read_opt_out(text: str) -> OptOutWord | None:
    """The keyword that is the whole message, in any case."""
    word = text.strip().upper()
    if word in _STOP:
        return _STOPPED
    if word in _START:
        return _STARTED
    return _HELPED if word in _HELP else None
