"""When a citizen stops talking."""

from __future__ import annotations

import pytest

from loa.rehearsal.looking import Standing
from loa.rehearsal.playing import Stop, reason_to_stop
from loa.rehearsal.script import Script
from roster.survey.draft import Closing


def script_after_one_line(*lines: str) -> Script:
    script = Script({"consent": lines}, {})
    script.next("consent")
    return script


@pytest.mark.parametrize(
    ("standing", "stop"),
    [
        (Standing(open_question="bank"), None),
        (Standing(), None),
        (Standing(declared=True), Stop.DECLARED),
        (Standing(escalated=True), Stop.ESCALATED),
        (Standing(escalated=True, broke_down=True), Stop.BROKE_DOWN),
        (Standing(opted_out=True, open_question="consent"), Stop.OPTED_OUT),
        (Standing(closing=Closing.REFUSED_CONSENT), Stop.CLOSED),
        (Standing(closing=Closing.WRONG_NUMBER), Stop.CLOSED),
        (Standing(closing=Closing.DEATH_REPORTED, escalated=True), Stop.ESCALATED),
    ],
)
def test_a_citizen_with_nothing_left_to_say_stops_at_the_end(standing: Standing, stop: Stop | None) -> None:
    assert reason_to_stop(standing, script_after_one_line("thôi")) is stop


@pytest.mark.parametrize(
    ("standing", "stop"),
    [
        (Standing(opted_out=True), None),
        (Standing(closing=Closing.REFUSED_CONSENT), None),
        (Standing(closing=Closing.WRONG_NUMBER), Stop.CLOSED),
        (Standing(declared=True), Stop.DECLARED),
        (Standing(escalated=True), Stop.ESCALATED),
    ],
)
def test_lines_left_in_the_list_take_back_a_stop_or_a_refusal(standing: Standing, stop: Stop | None) -> None:
    assert reason_to_stop(standing, script_after_one_line("thôi", "à mà thôi, đồng ý")) is stop


@pytest.mark.parametrize(
    "standing", [Standing(declared=True), Standing(escalated=True), Standing(closing=Closing.ALREADY_DONE)]
)
def test_after_an_interrupt_the_answer_is_still_said(standing: Standing) -> None:
    script = Script({"bank": ["vietcom"]}, {"bank": "cho gặp cán bộ"})
    script.next("bank")
    assert reason_to_stop(standing, script) is None
