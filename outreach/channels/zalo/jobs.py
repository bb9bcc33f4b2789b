"""What workers do for the OA besides sending: trading a new authorisation, and looking at the account."""

from __future__ import annotations

from core.clock import now
from core.database import transaction
from core.jobs import jobs
from outreach.account_quota import note_quota_left
from outreach.channels.zalo.authorising import EXCHANGE, QUEUE, trade
from outreach.channels.zalo.house import NAME, client, keeper
from outreach.channels.zalo.settings import zalo_settings
from outreach.channels.zalo.template_rows import ask_quota_left, ask_templates, keep_templates, note_reason

LOOK = "outreach.zalo.look"


@jobs.task(name=EXCHANGE, queue=QUEUE)
def exchange(authorisation_id: int) -> None:
    """Trade the code of an authorisation for tokens, and look at the account with them."""
    trade(authorisation_id, keeper(), now())
    look_at_account()


@jobs.task(name=LOOK, queue=QUEUE)
def look(template_id: str = "", reason: str = "") -> None:
    """Zalo has changed something: look at the account. `reason`: Zalo's words on the template."""
    look_at_account()
    if template_id:
        with transaction() as session:
            note_reason(session, template_id, reason)


def look_at_account() -> int:
    """Ask for the day's quota and for the templates, and keep both; how many of the two were answered."""
    if not zalo_settings().configured:
        return 0
    left, listed = ask_quota_left(client(), keeper()), ask_templates(client(), keeper())
    with transaction() as session:
        if left is not None:
            note_quota_left(session, NAME, left, now())
        if listed is not None:
            keep_templates(session, listed, now())
    return (left is not None) + (listed is not None)
