"""Whom the heads of hamlets are asked to tell: of the wave's people those who have not answered, by neighbourhood."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from core.database import transaction
from outreach.audience import Audience
from outreach.hamlet_slips import Neighbourhood, slips_of, waiting_for
from outreach.message import MessageState
from outreach.step import StepKind
from roster.survey.draft import DraftState
from tests.outreach.office import COMMUNE, OTHER_COMMUNE, Office, new_phone


def slips(office: Office, commune: str = COMMUNE) -> list[Neighbourhood]:
    with transaction() as session:
        step = office.step(StepKind.INVITATION)
        return slips_of(session, waiting_for(session, step, commune))


def names(office: Office) -> list[str]:
    return [slip.full_name for one in slips(office) for slip in one.slips]


def lives(office: Office, name: str, address: str, *phones: str) -> UUID:
    person = office.person(*phones, name=name)
    office.change_person(person, address=address)
    return person


def test_who_has_not_answered_is_listed_by_neighbourhood_however_it_is_written(office: Office) -> None:
    lives(office, "Trần Thị Mười", "Số 2, tổ 10", new_phone())
    lives(office, "Nguyễn Văn Chín", "Số 9, TDP số 9", new_phone())
    lives(office, "Lê Thị Tám", "Số 8, tổ 9", new_phone())
    lives(office, "Phạm Văn Xa", "", new_phone())
    office.campaign(reminder=None)
    office.seal()
    found = [(one.name, [slip.full_name for slip in one.slips]) for one in slips(office)]
    assert [listed for _, listed in found] == [["Lê Thị Tám", "Nguyễn Văn Chín"], ["Trần Thị Mười"], ["Phạm Văn Xa"]]
    assert found[-1][0] == "" and "9" in found[0][0] and "10" in found[1][0]


def test_whoever_has_answered_or_must_be_left_alone_is_not_on_it(office: Office) -> None:
    stopped, answered = new_phone(), new_phone()
    office.person(new_phone(), name="Còn Chờ")
    office.person(stopped, name="Đã Từ Chối")
    declared = office.person(answered, name="Đã Khai")
    dead = office.person(new_phone(), name="Đã Mất")
    office.campaign(reminder=None)
    office.seal()
    office.stop(stopped)
    office.declare(declared, office.draft(declared, answered, idle=timedelta(0),
                                          state=DraftState.DECLARED))  # fmt: skip
    office.change_person(dead, deceased_at=office.clock.now())
    assert names(office) == ["Còn Chờ"]


def test_whom_no_message_reaches_is_marked_and_those_who_share_a_phone_are_all_there(office: Office) -> None:
    shared = new_phone()
    office.person(shared, name="Hai Người Một")
    office.person(shared, name="Hai Người Hai")
    office.person(name="Không Có Máy")
    lost = office.person(new_phone(), name="Không Đến Nơi")
    office.campaign(reminder=None)
    office.seal()
    with transaction() as session:
        message = session.merge(office.message_of(lost))
        message.state = MessageState.UNDELIVERED
    [neighbourhood] = slips(office)
    unreached = {slip.full_name: slip.unreached for slip in neighbourhood.slips}
    assert unreached == {
        "Hai Người Một": False, "Hai Người Hai": False, "Không Có Máy": True, "Không Đến Nơi": True
    }  # fmt: skip


def test_only_the_waves_own_people_of_the_commune_and_only_once_it_is_sealed(office: Office) -> None:
    office.person(new_phone(), name="Trong Lượt")
    office.person(new_phone(), name="Diện Khác", category="merit")
    office.person(new_phone(), name="Phường Khác", commune=OTHER_COMMUNE)
    office.campaign(reminder=None, audience=Audience(categories=("social_protection",)))
    assert names(office) == []
    office.seal()
    assert names(office) == ["Trong Lượt"]
    assert [slip.full_name for one in slips(office, OTHER_COMMUNE) for slip in one.slips] == ["Phường Khác"]
