"""Everything a claim's page shows, for whoever verifies and whoever approves; that it was shown is logged."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from console.claim_words import REASONS_TO_RETURN
from console.desk import found, log_view
from console.elsewhere import others_with_these_accounts
from console.reading.claim_card import card_of
from console.reading.staff_names import staff_names
from console.survey_words import TITLES
from console.words import CLAIM_STATES, GROUP_NAMES, MESSAGE_STATES
from core.clock import today
from roster.checks import blocking
from roster.claim import Claim
from roster.claim_checks import findings_on
from roster.survey.asking_back import can_be_asked_back


def shown_on_card(session: Session, claim_id: UUID) -> dict[str, Any]:
    """The card with its findings, numbers whole; 404 for a claim the desk does not see."""
    claim = found(session, Claim, claim_id)
    asked_back = can_be_asked_back(claim.answers)
    findings = findings_on(session, claim, today(), others_with_these_accounts([claim_id])[claim_id])
    log_view(session, f"claim:{claim.id}", claim.commune_code, "citizen_id", "phones", "account")
    return {
        "claim": claim,
        "card": card_of(session, claim),
        "findings": findings,
        "blocked": bool(blocking(findings)),
        "states": CLAIM_STATES,
        "groups": {group.value: name for group, name in GROUP_NAMES.items()},
        "message_states": MESSAGE_STATES,
        "asked_back": [(question.value, TITLES[question]) for question in asked_back],
        "reasons_to_return": [(why, question.value) for why, question in REASONS_TO_RETURN if question in asked_back],
        "names": staff_names(session, [claim.verified_by, claim.approved_by]),
    }
