"""When a message begins a survey, and whom it is about."""

from __future__ import annotations

from uuid import UUID

from bot.actions.scene import Scene
from conversations.whom import invited_and_waiting
from language.answering.wishes import takes_up_another
from roster.survey.draft import Closing, Draft, DraftState
from roster.survey.drafts import Opening, begin_draft
from roster.survey.questions import Question
from roster.survey.taking import Given

BEGIN = "begin"
BEGIN_NEXT = "begin_next"
"""Not the first survey of the thread: nobody is welcomed once more."""
_BEGINS_ANEW = frozenset(
    {
        "start_survey", "restart", "want_account", "need_help_opening", "open_myself", "use_relative_account",
        "i_am_relative",
    }
)  # fmt: skip
"""After a finished survey only these, another person's code, or "I write for my mother" begin the next one."""


def begin_if_due(scene: Scene) -> None:
    """Open a draft where this message begins a survey; the thread's invitation tells whom it is about."""
    if scene.campaign is None or not _is_due(scene):
        return
    person_id = _whom(scene)
    if scene.draft is not None:
        scene.first(BEGIN_NEXT)
    scene.draft = begin_draft(
        scene.session,
        Opening(scene.thread.id, scene.thread.contact_id, scene.campaign.id, person_id, person_id is not None),
        scene.at,
    )
    scene.first(BEGIN)


def several_wait(scene: Scene) -> bool:
    """Whether more than one person who was invited on this phone has not declared yet."""
    return len(invited_and_waiting(scene.session, scene.thread.contact_id)) > 1


def another_waits(scene: Scene) -> bool:
    """Whether, besides whoever the thread's draft is about, somebody invited on this phone has not declared yet."""
    about = scene.draft.person_id if scene.draft else None
    return any(person != about for person, _ in invited_and_waiting(scene.session, scene.thread.contact_id))


def _whom(scene: Scene) -> UUID | None:
    """The person whom the new survey is about, where the thread alone tells; else the code does.

    After a finished survey the one who is still waited for is the next. Where nobody is, or "làm lại" is said, the
    same person declares anew.
    """
    finished = scene.draft
    if finished is None:
        return scene.thread.person_id
    if _gives_another_code(finished, scene.turn.given):
        return None
    waiting = [person for person, _ in invited_and_waiting(scene.session, scene.thread.contact_id)]
    if takes_up_another(scene.turn.text):
        return _only([person for person in waiting if person != finished.person_id])
    if finished.state is DraftState.CLOSED:
        return scene.thread.person_id
    if waiting and scene.turn.label != "restart":
        return _only(waiting)
    return finished.person_id if finished.invited else None


def _only(people: list[UUID]) -> UUID | None:
    return people[0] if len(people) == 1 else None


def _is_due(scene: Scene) -> bool:
    draft, turn = scene.draft, scene.turn
    if draft is None:
        return True
    if draft.state is DraftState.OPEN or draft.closing is Closing.DEATH_REPORTED:
        return False
    if draft.closing is Closing.REFUSED_CONSENT and turn.label in ("affirm", "inform"):
        return True
    if turn.label in _BEGINS_ANEW or _gives_another_code(draft, turn.given):
        return True
    return draft.state is DraftState.DECLARED and _somebody_else_writes(draft, turn.given)


def _somebody_else_writes(draft: Draft, given: list[Given]) -> bool:
    said = {one.question: one.value for one in given}
    return said.get(Question.RESPONDENT, draft.answers.get(Question.RESPONDENT)) != draft.answers.get(
        Question.RESPONDENT
    )


def _gives_another_code(draft: Draft, given: list[Given]) -> bool:
    codes = [one.value for one in given if one.question is Question.REFERENCE]
    return bool(codes) and codes[0] != draft.answers.get(Question.REFERENCE)
