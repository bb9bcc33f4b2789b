"""A phone shared by the channel's own button: offered where the code is asked for, and taken in its place."""

from __future__ import annotations

from bot.actions.choices import Choice
from bot.actions.scene import Scene
from conversations.events import Event
from conversations.rendering import SHARES_PHONE
from conversations.thread import Channel, InboundMessage
from conversations.typed_phone import tie_where_code_agrees
from outreach.channels.choices import SHARE_PHONE
from outreach.channels.zalo.settings import zalo_settings
from roster.contact import ContactPoint
from roster.person import Person
from roster.survey.answers import UNKNOWN_CODE
from roster.survey.draft import DraftState
from roster.survey.drafts import circumstances
from roster.survey.questions import Question, next_question

SHARE: Choice = {"title": "Gửi số điện thoại", "payload": SHARE_PHONE}


def share_choice(scene: Scene, question: Question) -> list[Choice]:
    """The button beside the question for the code, where the channel has one and no phone was shared yet."""
    if question is not Question.REFERENCE or not _stands_for_the_code(scene.thread.channel):
        return []
    return [SHARE] if scene.session.get_one(ContactPoint, scene.thread.contact_id).same_as is None else []


def know_by_shared_phone(scene: Scene) -> None:
    """Let a survey that waits for the code go on about the one person who was invited on the phone just shared."""
    draft, person_id = scene.draft, scene.thread.person_id
    if draft is None or draft.state is not DraftState.OPEN or draft.person_id is not None or person_id is None:
        return
    if Question.REFERENCE in draft.answers or not _came_as(scene, Event.CONTACT):
        return
    draft.person_id, draft.invited = person_id, True
    draft.commune_code = scene.session.get_one(Person, person_id).commune_code
    draft.open_question = next_question(draft.answers, circumstances(scene.session, draft, scene.at))


def hold_against_code(scene: Scene) -> None:
    """Hold the phone that was typed into the channel's form against the code, whichever of the two came first."""
    draft = scene.draft
    if draft is None or draft.person_id is None:
        return
    if draft.answers.get(Question.REFERENCE, UNKNOWN_CODE) != UNKNOWN_CODE:
        tie_where_code_agrees(scene.session, scene.thread, draft.person_id, scene.at)


def was_typed_now(scene: Scene) -> bool:
    """Whether this message is the form with a phone."""
    return _came_as(scene, Event.TYPED_CONTACT)


def _stands_for_the_code(channel: Channel) -> bool:
    """Where a shared phone proves nothing, asking for it would only be one more question."""
    return channel in SHARES_PHONE and (channel is not Channel.ZALO or zalo_settings().shared_phone_proves)


def _came_as(scene: Scene, event: Event) -> bool:
    message = scene.session.get_one(InboundMessage, scene.turn.message_id)
    return message.shared_phone is not None and message.media == event
