"""Telling how a survey ended, as our database has it; nothing is thanked for that was not declared."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action
from sqlalchemy import select

from bot.actions.beginning import another_waits
from bot.actions.scene import Scene, scene_of
from bot.actions.speaking import speak
from bot.actions.take import DECLARE, TAKE
from bot.actions.turn import Turn, turn_of
from roster.campaign import AccountDetails
from roster.claim import Claim
from roster.survey.draft import Closing, DraftState
from roster.survey.outcome import OutcomeGroup

_CLOSINGS = {
    Closing.REFUSED_CONSENT: "utter_refused_consent",
    Closing.DEATH_REPORTED: "utter_condolence",
    Closing.WRONG_NUMBER: "utter_wrong_number",
    Closing.ALREADY_DONE: "utter_already_done",
}


class ActionFinish(Action):  # type: ignore[misc]  # rasa_sdk publishes no types
    """Runs when the form has nothing left to ask."""

    def name(self) -> str:
        return "action_finish"

    async def run(self, dispatcher: Any, tracker: Any, domain: dict[str, Any]) -> list[Any]:
        await asyncio.to_thread(_run, turn_of(tracker), dispatcher)
        return []


def _run(turn: Turn, dispatcher: Any) -> None:
    with scene_of(turn) as scene:
        if not scene.did(TAKE) or not _told(scene):
            return  # not ended in our database: no mark, so the relay repeats the turn
        scene.done()
        speak(scene, dispatcher)


def _told(scene: Scene) -> bool:
    draft = scene.draft
    if scene.is_quiet or draft is None:
        return True
    if draft.state is DraftState.CLOSED and draft.closing in _CLOSINGS:
        scene.say(_CLOSINGS[draft.closing])
        return True
    if draft.state is not DraftState.DECLARED:
        return draft.state is DraftState.CLOSED
    claim = scene.session.scalars(select(Claim).where(Claim.draft_id == draft.id)).first()
    if claim is None:
        return False
    if scene.did(DECLARE):
        _thank(scene, claim)
    return True


def _thank(scene: Scene, claim: Claim) -> None:
    scene.say("utter_declared_by_relative" if claim.respondent == "relative" else "utter_declared")
    if claim.outcome_group == OutcomeGroup.OPEN_AT_COUNTER:
        scene.say("utter_counter_only")
    details = scene.campaign.account_details if scene.campaign else None
    if details is AccountDetails.VNEID and claim.outcome_group == OutcomeGroup.OWN_ACCOUNT:
        scene.say("utter_vneid")
    if another_waits(scene):
        scene.say("utter_next_person")
