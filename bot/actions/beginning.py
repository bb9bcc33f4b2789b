"""When a message begins a survey, and whom it is about."""

from __future__ import annotations

from bot.actions.scene import Scene
from roster.survey.draft import Closing, Draft, DraftState
from roster.survey.drafts import Opening, begin_draft
from roster.survey.questions import Question
from roster.survey.taking import Given

BEGIN = "begin"
_BEGINS_ANEW = frozenset(
    {"start_survey", "want_account", "need_help_opening", "open_myself", "use_relative_account", "i_am_relative"}
)
"""After a finished survey only these (or another person's code) begin the next one."""


def begin_if_due(scene: Scene) -> None:
    """Open a draft where this message begins a survey; the thread's invitation tells whom it is about."""
    if scene.campaign is None or not _is_due(scene):
        return
    first = scene.draft is None or scene.draft.state is DraftState.CLOSED
    person_id = scene.thread.person_id if first else None
    scene.draft = begin_draft(
        scene.session,
        Opening(scene.thread.id, scene.thread.contact_id, scene.campaign.id, person_id, person_id is not None),
        scene.at,
    )
    scene.first(BEGIN)


def _is_due(scene: Scene) -> bool:
    draft, turn = scene.draft, scene.turn
    if draft is None:
        return True
    if draft.state is DraftState.OPEN or draft.closing is Closing.DEATH_REPORTED:
        return False
    if draft.closing is Closing.REFUSED_CONSENT and turn.label in ("affirm", "inform"):
        return True
    return turn.label in _BEGINS_ANEW or _gives_another_code(draft, turn.given)


def _gives_another_code(draft: Draft, given: list[Given]) -> bool:
    codes = [one.value for one in given if one.question is Question.REFERENCE]
    return bool(codes) and codes[0] != draft.answers.get(Question.REFERENCE)
