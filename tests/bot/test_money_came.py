"""The answer to "has the money come?" is kept once, for whoever was asked; a no goes to an officer besides."""

from __future__ import annotations

from sqlalchemy import select

from conversations.escalation import Reason
from conversations.money_answer import MoneyAnswer, note_money_answer
from core.clock import now
from core.database import transaction
from roster.claim import Claim, ClaimState
from tests.bot.asked_for_money import asked, asking_step
from tests.bot.conftest import NewTalk
from tests.console import ward


def answers_about(*people: ward.Citizen) -> list[MoneyAnswer]:
    with transaction() as session:
        wanted = select(MoneyAnswer).where(MoneyAnswer.person_id.in_([one.person_id for one in people]))
        return list(session.scalars(wanted.order_by(MoneyAnswer.id)))


def test_a_yes_is_kept_and_moves_no_claim(new_talk: NewTalk, running_campaign: int) -> None:
    of = ward.citizen()
    claim_id = ward.claim(of, running_campaign, state=ClaimState.SYNCED, verified_by=901, approved_by=902)
    talk = new_talk(of)
    step_id = asking_step(running_campaign)
    asked(step_id, of, ward.HERE)
    assert "mung la tien da ve" in talk.say("da nhan", "received_money").text
    [kept] = answers_about(of)
    assert (kept.step_id, kept.came, kept.escalation_id, kept.commune_code) == (step_id, True, None, ward.HERE)
    with transaction() as session:
        assert session.get_one(Claim, claim_id).state is ClaimState.SYNCED, "paid is what the payer says"


def test_a_no_is_kept_with_the_matter_that_an_officer_got(new_talk: NewTalk, running_campaign: int) -> None:
    of = ward.citizen()
    talk = new_talk(of)
    asked(asking_step(running_campaign), of, ward.HERE)
    talk.say("chua nhan", "not_received_money")
    [escalation] = talk.escalations()
    [kept] = answers_about(of)
    assert (kept.came, kept.escalation_id, escalation.reason) == (False, escalation.id, Reason.MONEY_MISSING)


def test_a_household_that_was_asked_together_answers_together(new_talk: NewTalk, running_campaign: int) -> None:
    wife, husband = ward.citizen(), ward.citizen("Trần Văn Bình")
    talk = new_talk(wife)
    asked(asking_step(running_campaign), wife, ward.HERE, husband)
    talk.say("co tien roi", "received_money")
    assert [one.came for one in answers_about(wife, husband)] == [True, True]


def test_a_repeated_turn_counts_once(new_talk: NewTalk, running_campaign: int) -> None:
    of = ward.citizen()
    talk = new_talk(of)
    asked(asking_step(running_campaign), of, ward.HERE)
    talk.say("da nhan", "received_money")
    [kept] = answers_about(of)
    with transaction() as session:
        assert note_money_answer(session, talk.thread(), kept.message_id, True, now()) == 0
    assert [one.id for one in answers_about(of)] == [kept.id]


def test_whoever_was_not_asked_is_thanked_and_not_counted(new_talk: NewTalk) -> None:
    of = ward.citizen()
    assert "mung la tien da ve" in new_talk(of).say("tien ve roi", "received_money").text
    assert answers_about(of) == []
