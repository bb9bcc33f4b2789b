"""What life brings: a death, a wrong number, a move, missing money, a scam; each to the right hands."""

from __future__ import annotations

import re

from sqlalchemy import select

from bot.actions.scene import Scene
from conversations.escalation import Reason
from conversations.escalations import escalate
from conversations.money_answer import note_money_answer
from language.answering.phrases import line_of
from language.answering.yes_no import Short, short_answer
from roster import stopping
from roster.contact import ContactPoint, PersonContact
from roster.person import Person
from roster.survey.draft import Closing, DraftState
from roster.survey.drafts import close_draft

DEATH = "death"
NO_DEATH = "no_death"
HAND_OVER = "hand_over"
_ASKED = [
    {"title": "Đúng, đã qua đời", "payload": "life=death_yes"},
    {"title": "Không phải", "payload": "life=death_no"},
]
_BEYOND_DOUBT = re.compile(
    r"\b(qua doi|tu tran|khuat nui|chet roi|chet|da chet|bao tu|hy sinh|tat tho|ve voi to tien|an tang|dam tang|"
    r"mai tang|chon cat|trut hoi tho|khong con nua|di xa roi|da khuat|"
    r"mat (hoi|hom|thang|nam|ngay|tu|duoc|cach|tuan|truoc|sang|dem|vua|roi .*(gio|tang|dam)))\b"
)


def report_death(scene: Scene) -> None:
    """Ask back once, gently, unless it is beyond doubt ("mất" also means lost)."""
    if _BEYOND_DOUBT.search(line_of(scene.turn.text)):
        _believe(scene)
        scene.say("utter_condolence")
        scene.be_quiet()
    else:
        ask_about_death(scene)


def ask_about_death(scene: Scene) -> None:
    """Ask back whether somebody died."""
    scene.say("utter_ask_death", choices=_ASKED)
    scene.be_quiet()


def death_is_asked(scene: Scene) -> bool:
    """Whether the last thing asked was if somebody died."""
    return "life=death" in (scene.thread.offered or "")


def hear_about_death(scene: Scene) -> None:
    """Any answer but a clear no counts as yes."""
    scene.thread.offered = None
    if scene.turn.role("life") == "death_no" or short_answer(scene.turn.text) is Short.NO:
        scene.first(NO_DEATH)
        return
    scene.first(DEATH)
    _believe(scene)


def _believe(scene: Scene) -> None:
    """Close the survey and call an officer; every message about an invited person pauses.

    It changes no payment by itself, and a stranger with somebody's code pauses nothing: there the officer looks first.
    """
    if not scene.first("believe_death"):
        return
    person_id = scene.draft.person_id if scene.draft else scene.thread.person_id
    person = scene.session.get(Person, person_id) if person_id else None
    if person is not None and (scene.draft is None or scene.draft.invited):
        person.paused_at = scene.at
        scene.record("pause_after_death_report", f"person:{person.id}")
    if scene.draft is not None and scene.draft.state is DraftState.OPEN:
        close_draft(scene.draft, Closing.DEATH_REPORTED, scene.at)
    scene.first(HAND_OVER)
    escalate(scene.session, scene.thread, Reason.DEATH, "", scene.at, about=person)


def wrong_number(scene: Scene) -> None:
    """Unlink this number from the person it was invited for; it is never messaged again for that person."""
    if scene.first("wrong_number"):
        links = scene.session.scalars(
            select(PersonContact).where(
                PersonContact.contact_id == scene.thread.contact_id, PersonContact.unlinked_at.is_(None)
            )
        )
        about = scene.draft.person_id if scene.draft else scene.thread.person_id
        for link in links:
            if about is None or link.person_id == about:
                link.unlinked_at = scene.at
                scene.record("unlink_wrong_number", f"person:{link.person_id}")
        if scene.draft is not None and scene.draft.state is DraftState.OPEN:
            close_draft(scene.draft, Closing.WRONG_NUMBER, scene.at)
        scene.thread.person_id = None
    scene.say("utter_wrong_number")
    scene.be_quiet()


def already_done(scene: Scene) -> None:
    """Done at the ward already: the survey ends and nobody is reminded of it; the thread tells the officer."""
    if scene.first("already_done") and scene.draft is not None and scene.draft.state is DraftState.OPEN:
        close_draft(scene.draft, Closing.ALREADY_DONE, scene.at)
    scene.say("utter_already_done")
    scene.be_quiet()


_TO_OFFICER = {
    "moved_away": Reason.MOVED,
    "complaint": Reason.COMPLAINT,
    "not_received_money": Reason.MONEY_MISSING,
    "report_scam": Reason.SCAM,
    "talk_to_officer": Reason.ASKED,
}


def hand_over(scene: Scene) -> None:
    """Say once that an officer takes over, and fall silent."""
    reason = _TO_OFFICER[scene.turn.label]
    if scene.first(HAND_OVER):
        escalation = escalate(scene.session, scene.thread, reason, scene.turn.text, scene.at)
        if reason is Reason.MONEY_MISSING:
            note_money_answer(scene.session, scene.thread, scene.turn.message_id, False, scene.at, escalation)
    scene.say(f"utter_{scene.turn.label}")
    scene.be_quiet()


def money_came(scene: Scene) -> None:
    """Keep the yes where it was asked, and thank for it."""
    note_money_answer(scene.session, scene.thread, scene.turn.message_id, True, scene.at)
    scene.say("utter_received_money")


def call_officer(scene: Scene) -> None:
    """Hand over because somebody wants what only an officer can do; says so, and falls silent."""
    if scene.first(HAND_OVER):
        escalate(scene.session, scene.thread, Reason.ASKED, scene.turn.text, scene.at)
    scene.say("utter_talk_to_officer")
    scene.be_quiet()


def stop(scene: Scene) -> None:
    """Nothing proactive any more, confirmed once; works in any state."""
    if scene.first("stop"):
        stopping.stop(scene.session, scene.session.get_one(ContactPoint, scene.thread.contact_id), scene.at)
        scene.record("stop", f"contact:{scene.thread.contact_id}")
    scene.say("utter_stopped")
    scene.be_quiet()


def resume(scene: Scene) -> None:
    """Undo `stop`; of somebody who had stopped nothing it is a wish to go on: the open question is answer enough."""
    contact = scene.session.get_one(ContactPoint, scene.thread.contact_id)
    if stopping.has_stopped(scene.session, contact) and scene.first("resume"):
        stopping.resume(scene.session, contact)
        scene.record("resume", f"contact:{scene.thread.contact_id}")
    if scene.did("resume"):
        scene.say("utter_resumed")
    else:
        say_where_it_stands(scene)


def say_where_it_stands(scene: Scene) -> None:
    """Where no survey is open to go on with: that it is declared and how it is changed, or what the bot can do."""
    if scene.draft is None or scene.draft.state is not DraftState.OPEN:
        declared = scene.draft is not None and scene.draft.state is DraftState.DECLARED
        scene.say("utter_declared_already" if declared else "utter_can_do")
