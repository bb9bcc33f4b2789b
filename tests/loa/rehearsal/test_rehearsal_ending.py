"""In what an ending differs from what was expected, and which values are wrong."""

from __future__ import annotations

from typing import Any

import pytest

from loa.rehearsal.citizen import Citizen
from loa.rehearsal.ending import Ending, differences

CLAIM = {
    "state": "declared",
    "consent": "yes",
    "confirm": "yes",
    "respondent": "self",
    "bank": "Vietcombank",
    "account_number": "0011004123457",
    "holder_name": "NGUYEN THI HOA",
}
DECLARED = Ending(group="A", claim=CLAIM, answered=frozenset({"faq/fees"}), said=["Da, Ong/Ba doc lai giup"])
NOTHING = Ending()


def citizen(**expect: Any) -> Citizen:
    return Citizen.model_validate({"name": "a", "opens": "b", "person": {"full_name": "An"}, "expect": expect})


def told(ending: Ending, **expect: Any) -> tuple[list[str], int]:
    found = differences(citizen(**expect), ending)
    return [one.what for one in found], sum(one.wrong_value for one in found)


def test_an_ending_as_expected_differs_in_nothing() -> None:
    claim = {"state": "declared", "bank": "VCB", "account_number": "0011 0041 23457", "holder_name": "nguyễn thị hoa"}
    expected = {"group": "A", "claim": claim, "escalated": False, "opted_out": False, "answered": ["faq/fees"]}
    assert told(DECLARED, **expected, says=["đọc lại"], never_says=["OTP"]) == ([], 0)


@pytest.mark.parametrize(
    ("ending", "expect", "what", "wrong"),
    [
        (DECLARED, {"group": "D"}, ["group"], 0),
        (DECLARED, {"claim": {"bank": "BIDV"}}, ["claim.bank"], 1),
        (
            DECLARED,
            {"claim": {"bank": "BIDV", "account_number": "123456789"}},
            ["claim.bank", "claim.account_number"],
            2,
        ),
        (DECLARED, {"claim": {"account_number": "none"}}, ["claim.account_number"], 1),
        (DECLARED, {"claim": {"state": "verified"}}, ["claim.state"], 0),
        (DECLARED, {"claim": {"contact_phone": "0987654321"}}, ["claim.contact_phone"], 0),
        (NOTHING, {"claim": {"bank": "BIDV"}}, ["claim"], 0),
        (NOTHING, {"group": "A"}, ["group"], 0),
        (DECLARED, {"escalated": True}, ["escalated"], 0),
        (DECLARED, {"opted_out": True}, ["opted_out"], 0),
        (DECLARED, {"answered": ["faq/fees", "faq/amount"]}, ["answered"], 0),
        (DECLARED, {"never_says": ["Ông/Bà đọc lại"]}, ["never_says"], 0),
        (DECLARED, {"says": ["xin chia buồn"]}, ["says"], 0),
        (Ending(said=["{Xung_ho} den {dia_diem}"]), {}, ["never_says", "never_says"], 0),
    ],
)
def test_each_difference_is_named(ending: Ending, expect: dict[str, Any], what: list[str], wrong: int) -> None:
    assert told(ending, **expect) == (what, wrong)


def test_every_value_of_a_claim_that_should_not_exist_is_wrong() -> None:
    details = ["claim.account_number", "claim.bank", "claim.holder_name", "claim.respondent"]
    assert told(DECLARED, claim="none") == (["claim", *details], 4)
    assert told(DECLARED, group="none") == (["group", "claim", *details], 4)


def test_a_claim_of_the_expected_group_is_no_unwanted_one() -> None:
    assert told(Ending(group="F", claim=CLAIM), group="F") == ([], 0)


def test_what_is_left_out_is_not_looked_at() -> None:
    assert told(Ending(group="F", escalated=True, opted_out=True)) == ([], 0)


def test_placeholders_of_expected_values_are_filled() -> None:
    ending = Ending(group="A", claim={"reference": "H3KR7M2P"})
    wanted = citizen(claim={"reference": "{reference}"})
    assert differences(wanted, ending, lambda text: text.replace("{reference}", "H3KR 7M2P")) == []
