"""Beginning the survey again: asked back once, for what was declared so far is lost by it."""

from __future__ import annotations

from bot.actions.choices import Choice
from bot.actions.life import say_where_it_stands
from bot.actions.scene import Scene
from language.answering.choosing import RESTART
from language.answering.wishes import erases_what_was_said
from roster.survey.draft import Closing, Draft, DraftState
from roster.survey.drafts import Opening, begin_draft, close_draft
from roster.survey.questions import Question

BEGUN_AGAIN = "restart"
GOES_ON = "no_restart"
_CHOICES: list[Choice] = [
    {"title": "Có, khai lại từ đầu", "payload": f"{RESTART}=yes"},
    {"title": "Không, khai tiếp", "payload": f"{RESTART}=no"},
]


def restart(scene: Scene) -> None:
    """Ask whether it is meant, unless there is nothing to lose or no doubt ("xoá hết làm lại từ đầu")."""
    draft = scene.draft
    if draft is None or draft.state is not DraftState.OPEN:
        say_where_it_stands(scene)
    elif scene.did(BEGUN_AGAIN) or not _loses_anything(draft) or erases_what_was_said(scene.turn.text):
        begin_again(scene)
        scene.say("utter_restarted")
    else:
        scene.say("utter_ask_restart", choices=_CHOICES)
        scene.be_quiet()


def is_asked_back(scene: Scene) -> bool:
    """Whether the last thing asked was if the survey is to begin again."""
    return f'"{RESTART}=' in (scene.thread.offered or "")


def hear(scene: Scene) -> bool:
    """Take the yes or no to it; False where the message is neither, so that it is heard like any other."""
    scene.thread.offered = None
    said = scene.turn.role(RESTART)
    if said == "yes":
        begin_again(scene)
    elif said == "no":
        scene.first(GOES_ON)
    return said is not None


def begin_again(scene: Scene) -> None:
    """Close what was said so far, and begin with the same person where the invitation tells who that is."""
    draft = scene.draft
    if draft is None or not scene.first(BEGUN_AGAIN):
        return
    close_draft(draft, Closing.STARTED_OVER, scene.at)
    scene.session.flush()
    person_id = draft.person_id if draft.invited else None
    opening = Opening(draft.thread_id, draft.contact_id, draft.campaign_id, person_id, draft.invited)
    scene.draft = begin_draft(scene.session, opening, scene.at)


def _loses_anything(draft: Draft) -> bool:
    """Whether more than the consent was said."""
    return any(name != Question.CONSENT for name in draft.answers)
