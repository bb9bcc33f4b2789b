"""A phone shared by the channel's own button: offered where the code is asked for, and taken in its place."""

from __future__ import annotations

from bot.actions.choices import Choice
from bot.actions.scene import Scene
from conversations.rendering import SHARE_PHONE, SHARES_PHONE
from conversations.thread import InboundMessage
from roster.contact import ContactPoint
from roster.person import Person
from roster.survey.draft import DraftState
from roster.survey.drafts import circumstances
from roster.survey.questions import Question, next_question

SHARE: Choice = {"title": "Gửi số điện thoại", "payload": SHARE_PHONE}


def share_choice(scene: Scene, question: Question) -> list[Choice]:
    """The button beside the question for the code, where the channel has one and no phone was shared yet."""
    if question is not Question.REFERENCE or scene.thread.channel not in SHARES_PHONE:
        return []
    return [SHARE] if scene.session.get_one(ContactPoint, scene.thread.contact_id).same_as is None else []


def know_by_shared_phone(scene: Scene) -> None:
    """Let a survey that waits for the code go on about the one person who was invited on the phone just shared."""
    draft, person_id = scene.draft, scene.thread.person_id
    if draft is None or draft.state is not DraftState.OPEN or draft.person_id is not None or person_id is None:
        return
    if Question.REFERENCE in draft.answers or not _was_shared_now(scene):
        return
    draft.person_id, draft.invited = person_id, True
    draft.commune_code = scene.session.get_one(Person, person_id).commune_code
    draft.open_question = next_question(draft.answers, circumstances(scene.session, draft, scene.at))


def _was_shared_now(scene: Scene) -> bool:
    return scene.session.get_one(InboundMessage, scene.turn.message_id).shared_phone is not None
