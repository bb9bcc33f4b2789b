"""What a wave would do, told before anything is sent: over each rung, what it costs, how long, and for whom not."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from core.database import transaction
from language.codes import group_code
from language.sms import Encoding
from outreach.calendar import DEFAULT_HOURS
from outreach.campaign_setup import set_ceiling
from outreach.message import Message
from outreach.preview import Preview, preview_step
from outreach.reasons import Reason
from outreach.rungs import ONLY_SMS, Rung
from outreach.sample_texts import LOOKED_AT, Sample, SampleKind, text_numbers
from outreach.step import Step, StepKind, StepState
from outreach.timing import FromOwnStep
from outreach.usual_texts import USUAL_TEXTS
from outreach.wording import words_of
from roster.campaign import Campaign
from roster.contact import Holder
from roster.person import Person
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.outreach.office import PLANNER, Office, new_phone

__all__ = ["zalo_site"]

LANDLINE = "02438340000"
SMS_CALL_VISIT = (Rung("sms"), Rung("call", timedelta(hours=24)), Rung("visit"))
ZALO_SMS = (Rung("zalo"), Rung("sms", timedelta(hours=6)))
MAPPED = {
    "id": "700001",
    "body": "<phuong> kính gửi <ten>. Trợ cấp vẫn trả như trước. Mã hồ sơ: <ma>. Hỏi tổ trưởng.",
    "parameters": {
        "phuong": {"text": "UBND {phuong_xa}", "longest": 50},
        "ten": {"text": "{xung_ho} {ten_goi}"},
        "ma": {"text": "{ma_ho_so}"},
    },
}


def preview(office: Office, kind: StepKind = StepKind.INVITATION) -> Preview:
    with transaction() as session:
        return preview_step(session, session.get_one(Step, office.steps[kind]), office.clock.now())


def samples(shown: Preview, rung: int = 0) -> dict[SampleKind, Sample]:
    numbers = shown.rungs[rung].numbers
    assert numbers is not None
    return {kind: one for one in numbers.samples for kind in one.kinds}


def test_everything_is_counted_before_anything_is_sent(office: Office) -> None:
    for _ in range(5):
        office.person(new_phone())
    office.person(LANDLINE)
    office.person()
    office.campaign(released=False)
    shown = preview(office)
    assert (shown.reached.people, shown.reached.messages) == (5, 5)
    assert shown.reached.unreachable == {Reason.NO_MOBILE: 1, Reason.NO_PHONE: 1}
    [rung] = shown.rungs
    assert rung.numbers is not None and rung.forecast is not None
    assert (rung.numbers.segments, rung.numbers.price_dong, rung.numbers.exact) == (10, 8000, True)
    assert (shown.first_dong, shown.most_dong) == (8000, 8000)
    assert rung.forecast.ends == rung.forecast.begins + timedelta(seconds=5 / 400)
    assert rung.late is None


def test_the_texts_shown_are_the_shortest_the_longest_a_households_and_one_with_something_missing(
    office: Office,
) -> None:
    shared, own = new_phone(), new_phone()
    together = [office.person(shared, name=name) for name in ("Trần Văn Bình", "Trần Thị Na")]
    office.person(own, name="Nguyễn Thị Hoa", holder=Holder.RELATIVE, confirmed=True)
    unknown = office.person(new_phone())
    office.change_person(unknown, gender=None)
    office.campaign(released=False)
    found = samples(preview(office))
    with transaction() as session:
        codes = {person: group_code(session.get_one(Person, person).reference) for person in (*together, unknown)}
    assert "(nguoi than cua ba Hoa)" in found[SampleKind.LONGEST].body
    assert "(người thân của bà Hoa)" in found[SampleKind.LONGEST].marked
    assert found[SampleKind.HOUSEHOLD].people == 2
    assert all(codes[person] in found[SampleKind.HOUSEHOLD].body for person in together)
    assert codes[unknown] in found[SampleKind.MISSING].body
    shortest = found[SampleKind.SHORTEST]
    assert shortest.encoding is Encoding.GSM7 and shortest.price_dong == shortest.segments * 800
    assert shortest.marked_segments > shortest.segments, "with diacritics it would cost more"


def test_a_ladder_by_officers_costs_nothing_more(office: Office) -> None:
    office.person(new_phone())
    office.campaign(released=False, ladder=SMS_CALL_VISIT)
    shown = preview(office)
    assert [(one.rung.channel, one.numbers is None) for one in shown.rungs] == [
        ("sms", False), ("call", True), ("visit", True),
    ]  # fmt: skip
    assert shown.most_dong == shown.first_dong == 1600


def test_every_channel_of_the_ladder_is_priced_as_if_the_one_before_had_reached_nobody(
    office: Office, zalo_site: StartSite, tmp_path: Path
) -> None:
    mapping = tmp_path / "templates.json"
    mapping.write_text(json.dumps({"invitation": MAPPED}), encoding="utf-8")
    zalo_site({"LOA_ZALO_TEMPLATES_FILE": str(mapping)})
    authorise()
    office.person(new_phone())
    office.campaign(released=False, ladder=ZALO_SMS, reminder=None)
    shown = preview(office)
    zalo, sms = shown.rungs
    assert zalo.account is not None and zalo.numbers is not None and sms.numbers is not None
    assert shown.first_dong == zalo.account.price_dong and sms.numbers.price_dong == 1600
    assert shown.most_dong == shown.first_dong + 1600
    assert "kính gửi" in samples(shown)[SampleKind.SHORTEST].body
    assert "kinh gui" in samples(shown, 1)[SampleKind.SHORTEST].body
    assert sms.forecast is not None and zalo.forecast is not None
    assert sms.forecast.begins == zalo.forecast.begins + timedelta(hours=6)  # type: ignore[operator]


def test_a_channel_that_is_not_ready_says_so(office: Office) -> None:
    office.person(new_phone())
    office.campaign(released=False, ladder=ZALO_SMS)
    zalo, sms = preview(office).rungs
    assert zalo.numbers is None and "chưa cài đặt" in (zalo.problem or "")
    assert sms.numbers is not None


def test_a_wave_that_will_not_be_out_before_the_quiet_hours_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from outreach.channels.registry import forget_accounts
    from outreach.channels.twilio.settings import twilio_settings

    monkeypatch.setenv("LOA_TWILIO_PER_SECOND", "0.001")
    twilio_settings.cache_clear()
    forget_accounts()
    for _ in range(60):
        office.person(new_phone())
    office.campaign(released=False)
    late = preview(office).rungs[0].late or ""
    assert f"Không gửi hết trước {DEFAULT_HOURS.closes:%H:%M} ngày 10/11/2026" in late and "11/11" in late


def test_a_reminder_before_the_invitation_counts_the_most_that_it_can_be(office: Office) -> None:
    people = [office.person(new_phone()) for _ in range(3)]
    office.campaign(reminder=None)
    office.step_besides(StepKind.FINAL, FromOwnStep(timedelta(days=3)))
    before = preview(office, StepKind.FINAL)
    assert (before.at_most, before.reached.people, before.rolling) == (True, 3, True)
    office.seal()
    office.send()
    office.draft(people[0], new_phone(), idle=timedelta(0))
    after = preview(office, StepKind.FINAL)
    assert (after.at_most, after.reached.people) == (False, 2)


def test_the_ceiling_is_held_against_what_it_may_cost(office: Office) -> None:
    office.person(new_phone())
    office.campaign(released=False, ceiling_dong=1600)
    assert (preview(office).left_dong, preview(office).over_ceiling) == (1600, False)
    with transaction() as session:
        set_ceiling(session, office.campaign_id, 1599, PLANNER, office.clock.now(), "")
    assert preview(office).over_ceiling


def test_a_step_that_is_not_written_down_yet_is_previewed_and_leaves_nothing(office: Office) -> None:
    office.person(new_phone())
    office.campaign(released=False, reminder=None)
    with transaction() as session:
        stored = session.get_one(Step, office.steps[StepKind.INVITATION])
        drafted = Step(
            campaign_id=office.campaign_id,
            kind=StepKind.INVITATION,
            template=USUAL_TEXTS[StepKind.INVITATION],
            audience={"communes": ["00175"], "categories": []},
            ladder=stored.ladder,
            timing=stored.timing,
            state=StepState.PLANNED,
        )
        assert preview_step(session, drafted, office.clock.now()).reached.people == 0
    with transaction() as session:
        assert session.query(Step).count() == 1 and session.query(Message).count() == 0


def test_of_many_some_texts_are_made_and_the_rest_is_reckoned(office: Office) -> None:
    office.person(new_phone())
    office.campaign(released=False, ladder=ONLY_SMS)
    with transaction() as session:
        shown = preview_step(session, session.get_one(Step, office.steps[StepKind.INVITATION]), office.clock.now())
        words = words_of(session.get_one(Campaign, office.campaign_id))
        from outreach.looking import households

        some = households(session, shown.aim, LOOKED_AT, shown.reached.messages)
    account = shown.rungs[0].account
    assert account is not None
    template = USUAL_TEXTS[StepKind.INVITATION]
    numbers = text_numbers(template, account, words, office.clock.now().date(), some, 1000)
    assert (numbers.exact, numbers.segments, numbers.price_dong) == (False, 2000, 1_600_000)
    unfit = text_numbers(template + " dài" * 300, account, words, office.clock.now().date(), some, 1)
    assert (unfit.segments, dict(unfit.without_text)) == (0, {"too_long": 1})
