"""A step over Zalo is released only with a template that Zalo has approved, and every text it has had is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from core.database import Role, transaction
from outreach.campaign_setup import StepPlan, change_step
from outreach.channels.zalo import jobs
from outreach.message import MessageState
from outreach.releasing import ReleaseRefused, release_step
from outreach.rungs import Rung
from outreach.step import StepKind
from outreach.template_versions import versions_of
from outreach.timing import At
from outreach.usual_texts import INVITATION
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.outreach.office import PLANNER, RELEASER, Office, new_phone
from tests.simulator.zalo_customer import ZaloStandIn

__all__ = ["zalo_site"]

MAPPED = {
    "id": "700001",
    "body": "<phuong> kính gửi <ten>. Trợ cấp vẫn trả như trước. Mã hồ sơ: <ma>. Hạn: <han>. Hỏi tổ trưởng.",
    "parameters": {
        "phuong": {"text": "UBND {phuong_xa}", "longest": 50},
        "ten": {"text": "{xung_ho} {ten_goi}"},
        "ma": {"text": "{ma_ho_so}"},
        "han": {"text": "{han_chot}", "longest": 20, "kind": "date"},
    },
}
THIRD = 3


@pytest.fixture
def zalo(office: Office, zalo_site: StartSite, tmp_path: Path) -> ZaloStandIn:
    """An Official Account whose templates we have asked for, and an invitation over Zalo that nobody has released."""
    path = tmp_path / "templates.json"
    path.write_text(json.dumps({"invitation": MAPPED}), encoding="utf-8")
    site = zalo_site({"LOA_ZALO_TEMPLATES_FILE": str(path)})
    authorise()
    jobs.look_at_account()
    office.campaign(ladder=[Rung("zalo")], reminder=None, released=False)
    return site


def release(office: Office) -> None:
    with transaction() as session:
        release_step(session, office.step().id, RELEASER, office.clock.now())


def decide(zalo: ZaloStandIn, status: str) -> None:
    zalo.control.post("/zalo/templates/700001/status", json={"status": status})
    jobs.look_at_account()


def test_an_approved_template_is_released_and_sent_by_its_id(office: Office, zalo: ZaloStandIn) -> None:
    phone = new_phone()
    person = office.person(phone)
    release(office)
    office.seal()
    office.send("zalo")
    sent = office.message_of(person)
    assert sent.state is MessageState.ACCEPTED and sent.template is not None
    assert sent.template["id"] == "700001"
    assert zalo.messages(phone)[-1]["text"] == sent.body


@pytest.mark.parametrize(
    ("status", "said"),
    [("PENDING_REVIEW", "Đang chờ Zalo duyệt"), ("REJECT", "Bị từ chối"), ("DISABLE", "Đã bị khóa")],
)
def test_a_template_that_is_not_approved_refuses_the_release_until_it_is(
    office: Office, zalo: ZaloStandIn, status: str, said: str
) -> None:
    decide(zalo, status)
    with pytest.raises(ReleaseRefused, match=f"Mẫu Zalo 700001 chưa dùng được: {said}"):
        release(office)
    decide(zalo, "ENABLE")
    release(office)


def test_a_template_that_the_account_does_not_have_refuses_the_release(
    office: Office, zalo: ZaloStandIn, tmp_path: Path
) -> None:
    (tmp_path / "templates.json").write_text(json.dumps({"invitation": {**MAPPED, "id": "700009"}}), encoding="utf-8")
    with pytest.raises(ReleaseRefused, match="700009 chưa dùng được: Không có trong Official Account này"):
        release(office)


def plan(office: Office, template: str) -> StepPlan:
    return StepPlan(StepKind.INVITATION, template, At(office.clock.now()), ladder=[Rung("sms")])


def test_every_text_of_a_step_is_kept_and_what_was_sent_stays_as_it_was(office: Office) -> None:
    person = office.person(new_phone())
    office.campaign(reminder=None, released=False)
    step_id = office.step().id
    with transaction() as session:
        change_step(session, step_id, plan(office, f"{INVITATION} Cảm ơn."), THIRD, office.clock.now())
    with transaction() as session:
        kept = [(one.number, one.template, one.planned_by) for one in versions_of(session, step_id)]
    assert kept == [(2, f"{INVITATION} Cảm ơn.", THIRD), (1, INVITATION, PLANNER)]
    release(office)
    office.seal()
    office.send()
    office.change_campaign(facts={"phone": "024 9999 9999"})
    body = office.message_of(person).body or ""
    assert "024 3834 0000" in body and body.endswith("Cam on.")


@pytest.mark.parametrize("change", ["UPDATE step_text SET template = ''", "DELETE FROM step_text",
                                    "INSERT INTO step_text VALUES (1, 9, '', NULL, 1, now())"])  # fmt: skip
@pytest.mark.parametrize("role", [Role.WORKER, Role.CONSOLE])
def test_nobody_rewrites_what_was_written(office: Office, change: str, role: Role) -> None:
    office.campaign(released=False)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction(role) as session:
        session.execute(text(change))
