"""An officer of another commune sees nothing: by the database's own rule, whatever page asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conversations.escalation import Reason
from core.database import transaction
from roster.claim import Claim, ClaimState
from tests.console import ward
from tests.console.conftest import Browser


@pytest.fixture(scope="module")
def hoa(database: str) -> ward.Citizen:
    """Somebody of this commune who asked for an officer."""
    return ward.citizen("Nguyễn Thị Hoa")


@pytest.fixture(scope="module")
def claim_id(hoa: ward.Citizen) -> object:
    """Her declaration."""
    return ward.claim(hoa, ward.campaign())


@pytest.fixture(scope="module")
def escalation_id(hoa: ward.Citizen) -> int:
    """Her wish."""
    return ward.escalation(hoa, Reason.ASKED)


def test_her_own_officer_sees_her_and_the_other_commune_does_not(
    sit: Callable[..., Browser], hoa: ward.Citizen, claim_id: object, escalation_id: int
) -> None:
    here, elsewhere = sit("officer"), sit("officer", commune=ward.ELSEWHERE)
    for path in (
        f"/nguoi-huong/{hoa.person_id}",
        f"/nguoi-huong/{hoa.person_id}/tro-chuyen",
        f"/kiem-tra/{claim_id}",
        f"/kiem-tra/{claim_id}/tro-chuyen",
        f"/tro-chuyen/{escalation_id}",
        f"/tro-chuyen/{escalation_id}/moi",
    ):
        assert here.get(path).status_code == 200, path
        assert elsewhere.get(path).status_code == 404, path


def test_nothing_can_be_done_from_another_commune(
    sit: Callable[..., Browser], hoa: ward.Citizen, claim_id: object, escalation_id: int
) -> None:
    elsewhere = sit("officer", "approver", commune=ward.ELSEWHERE)
    for path, form in (
        (f"/kiem-tra/{claim_id}/xac-minh", {}),
        (f"/kiem-tra/{claim_id}/tra-lai", {"reason": "thử"}),
        (f"/kiem-tra/{claim_id}/tu-choi", {"reason": "thử"}),
        (f"/kiem-tra/{claim_id}/dong-y", {"how": "call"}),
        (f"/duyet/{claim_id}/duyet", {}),
        (f"/tro-chuyen/{escalation_id}/nhan", {}),
        (f"/tro-chuyen/{escalation_id}/dong", {"outcome": "answered"}),
        (f"/nguoi-huong/{hoa.person_id}", {}),
    ):
        assert elsewhere.post(path, **form).status_code == 404, path
    with transaction() as session:
        assert session.get_one(Claim, claim_id).state is ClaimState.DECLARED


@pytest.mark.parametrize("query", ["nguyen thi hoa", "Nguyễn Thị", "{code}", "{citizen_id}", "{phone}", "{last}"])
def test_a_search_finds_her_here_alone(sit: Callable[..., Browser], hoa: ward.Citizen, query: str) -> None:
    typed = query.format(code=hoa.reference, citizen_id=hoa.citizen_id, phone=hoa.phone, last=hoa.citizen_id[-4:])
    assert str(hoa.person_id) in sit("officer").post("/nguoi-huong/", query=typed).text
    assert str(hoa.person_id) not in sit("officer", commune=ward.ELSEWHERE).post("/nguoi-huong/", query=typed).text


def test_numbers_and_lists_are_of_ones_own_commune(
    sit: Callable[..., Browser], hoa: ward.Citizen, claim_id: object
) -> None:
    here, elsewhere = sit("officer"), sit("officer", commune=ward.ELSEWHERE)
    assert "Nguyễn Thị Hoa" in here.page("/danh-sach/A")
    assert "Nguyễn Thị Hoa" not in elsewhere.page("/danh-sach/A")
    assert "Nguyễn Thị Hoa" in here.page("/kiem-tra/")
    assert "Nguyễn Thị Hoa" not in elsewhere.page("/kiem-tra/")
    assert elsewhere.get(f"/danh-sach/A?xa={ward.HERE}").status_code == 404
    assert elsewhere.get(f"/danh-sach/A/tai-ve?xa={ward.HERE}").status_code == 404


def test_what_belongs_to_no_commune_is_for_those_who_see_all(sit: Callable[..., Browser]) -> None:
    nobody = ward.citizen("Trần Văn Tự", commune=ward.HERE)
    unknown = ward.claim(nobody, ward.campaign(), commune=None, person_id=None, reference_given="none")
    assert sit("officer").get(f"/kiem-tra/{unknown}").status_code == 404
    city = sit("officer", commune=None)
    assert "cần cán bộ xác định người hưởng" in city.page(f"/kiem-tra/{unknown}")


def test_a_new_officer_without_a_commune_sees_nobody(sit: Callable[..., Browser], hoa: ward.Citizen) -> None:
    browser = sit("officer", commune=ward.HERE)
    with transaction() as session:
        from console.seed import give_communes

        give_communes(session, browser.staff_id, [])
    assert browser.get(f"/nguoi-huong/{hoa.person_id}").status_code == 404
