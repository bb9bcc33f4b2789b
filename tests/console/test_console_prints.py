"""What a wave prints for a commune: the loudspeaker's text, and slips for the heads of its hamlets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.clock import now
from core.database import transaction
from language.codes import group_code
from outreach.audience import Audience
from outreach.campaign_setup import StepPlan, plan_step
from outreach.channels import shortcode
from outreach.releasing import cancel_step, release_step
from outreach.step import StepKind
from outreach.timing import At
from outreach.usual_texts import INVITATION
from roster.campaign import Campaign
from tests.console import ward
from tests.console.conftest import Browser
from tests.console.running import Running, running


@pytest.fixture(autouse=True)
def cleared(database: str) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point CASCADE")


@pytest.fixture
def people(clock: Any) -> dict[str, ward.Citizen]:
    """Two in one residents' group, one in another, one elsewhere."""
    return {
        "hoa": ward.citizen("Nguyễn Thị Hoa", address="Số 12, tổ 3"),
        "binh": ward.citizen("Trần Văn Bình", address="Số 4, TDP số 3"),
        "lan": ward.citizen("Lê Thị Lan", address="Số 1, tổ 7"),
        "xa": ward.citizen("Phạm Văn Xa", commune=ward.ELSEWHERE, address="Thôn Hạ"),
    }


@pytest.fixture
def wave(people: dict[str, ward.Citizen]) -> Running:
    return running(list(people.values()))


def test_an_officer_finds_the_waves_that_were_released(sit: Callable[..., Browser], wave: Running) -> None:
    officer = sit("officer")
    page = officer.page("/phat-loa/")
    assert "Đợt trước Tết" in page and f"/phat-loa/{wave.step_id}" in page and f"/phieu-moi/{wave.step_id}" in page
    with transaction() as session:
        cancel_step(session, wave.step_id, 2, now(), "thử")
    assert "Chưa có lượt gửi tin nào" in officer.page("/phat-loa/")


def test_the_loudspeaker_speaks_for_the_officers_commune(sit: Callable[..., Browser], wave: Running) -> None:
    page = sit("officer").page(f"/phat-loa/{wave.step_id}")
    assert "Ủy ban nhân dân phường Bồ Đề xin thông báo" in page and "gọi số 024 3834 0000" in page
    assert "Hạ Bằng" not in page and "giây" in page
    assert "Nguyễn Thị Hoa" not in page


def test_a_manager_prints_every_commune_of_the_wave_or_one(sit: Callable[..., Browser], wave: Running) -> None:
    manager = sit("manager", commune=None)
    page = manager.page(f"/phat-loa/{wave.step_id}")
    assert "phường Bồ Đề xin thông báo" in page and "xã Hạ Bằng xin thông báo" in page
    assert "xin hỏi trưởng thôn" in page
    one = manager.page(f"/phat-loa/{wave.step_id}?xa={ward.ELSEWHERE}")
    assert "xã Hạ Bằng xin thông báo" in one and "phường Bồ Đề xin thông báo" not in one
    assert f"/phat-loa/{wave.step_id}" in manager.page(f"/dot-khao-sat/{wave.campaign_id}")


def test_what_a_commune_states_otherwise_is_read_there_and_held_to_the_rules(
    sit: Callable[..., Browser], wave: Running
) -> None:
    with transaction() as session:
        campaign = session.get_one(Campaign, wave.campaign_id)
        campaign.facts = {**campaign.facts, "communes": {ward.HERE: {"phone": "024 9999 9999"},
                                                         ward.ELSEWHERE: {"phone": "zalo.me/1"}}}  # fmt: skip
    manager = sit("manager", commune=None)
    here = manager.page(f"/phat-loa/{wave.step_id}?xa={ward.HERE}")
    assert "gọi số 024 9999 9999" in here and "notice error" not in here
    elsewhere = manager.page(f"/phat-loa/{wave.step_id}?xa={ward.ELSEWHERE}")
    assert "không được có đường dẫn: “zalo.me/1" in elsewhere and "Xin sửa thông tin của đợt" in elsewhere


OWN = "Kính thưa bà con phường Bồ Đề!\n\nTrợ cấp hằng tháng vẫn trả như trước. Ai chưa rõ, xin hỏi tổ trưởng."


def test_an_officer_says_it_in_the_wards_own_words_and_takes_them_back(
    sit: Callable[..., Browser], wave: Running
) -> None:
    officer = sit("officer")
    place = f"/phat-loa/{wave.step_id}"
    assert "Ủy ban nhân dân phường Bồ Đề xin thông báo" in officer.page(f"{place}/sua")
    page = officer.post(f"{place}/sua", text=OWN).text
    assert "Kính thưa bà con phường Bồ Đề!" in page and "xin thông báo" not in page
    assert "sửa lời này lúc" in page
    assert "xã Hạ Bằng xin thông báo" in sit("manager", commune=None).page(f"{place}?xa={ward.ELSEWHERE}")
    page = officer.post(f"{place}/nhu-may-soan").text
    assert "Ủy ban nhân dân phường Bồ Đề xin thông báo" in page and "sửa lời này lúc" not in page
    with transaction() as session:
        wanted = (
            select(AuditEntry).where(AuditEntry.action.like("loudspeaker.%")).order_by(AuditEntry.id.desc()).limit(2)
        )
        back, changed = session.scalars(wanted)
    assert (changed.action, changed.after, changed.commune_code) == ("loudspeaker.changed", {"text": OWN}, ward.HERE)
    assert (back.action, back.before) == ("loudspeaker.as_made", {"text": OWN})


@pytest.mark.parametrize(
    "wrong",
    ["Bà con xem ở zalo.me/123 nhé.", "Ai là thương binh xin nghe.", "Tải Loa Phường về.", "Xin đọc mã OTP.",
     "Hạn là {han_chot}.", " "],
)  # fmt: skip
def test_own_words_pass_the_gate_of_every_text(sit: Callable[..., Browser], wave: Running, wrong: str) -> None:
    officer = sit("officer")
    place = f"/phat-loa/{wave.step_id}"
    refused = officer.post(f"{place}/sua", text=wrong)
    assert refused.status_code == 422 and wrong.strip() in refused.text
    assert "notice error" in officer.post(f"{place}/kiem-tra", text=wrong).text
    assert "Ủy ban nhân dân phường Bồ Đề xin thông báo" in officer.page(place)


def test_while_it_is_written_its_length_and_hard_words_are_named(sit: Callable[..., Browser], wave: Running) -> None:
    text = "Kính đề nghị bà con thực hiện kê khai thông tin tài khoản. " * 20
    page = sit("officer").post(f"/phat-loa/{wave.step_id}/kiem-tra", text=text).text
    assert "notice warning" in page and "dài quá 60 giây" in page and "ký tự" not in page


def test_nobody_changes_another_communes_words(sit: Callable[..., Browser], wave: Running) -> None:
    officer = sit("officer")
    for way in ("sua", "nhu-may-soan", "kiem-tra"):
        assert officer.post(f"/phat-loa/{wave.step_id}/{way}", text=OWN, xa=ward.ELSEWHERE).status_code == 404


def test_a_wave_that_goes_elsewhere_prints_nothing_here(sit: Callable[..., Browser], wave: Running) -> None:
    with transaction() as session:
        plan = StepPlan(StepKind.INVITATION, INVITATION, At(now()), Audience(communes=(ward.ELSEWHERE,)))
        step = plan_step(session, wave.campaign_id, plan, 1, now())
        release_step(session, step.id, 2, now())
        step_id = step.id
    assert "Lượt này không gửi ở" in sit("officer").page(f"/phat-loa/{step_id}")


def test_slips_are_offered_by_neighbourhood_without_a_name(sit: Callable[..., Browser], wave: Running) -> None:
    page = sit("officer").page(f"/phieu-moi/{wave.step_id}")
    assert "3 người chưa trả lời" in page and "TDP số 3" in page and "ổ 7" in page
    assert "Nguyễn Thị Hoa" not in page
    assert printed(wave.step_id) == []


@pytest.mark.parametrize("paper", ["danh-sach", "phieu"])
def test_slips_hold_names_and_codes_and_nothing_more(
    sit: Callable[..., Browser], wave: Running, people: dict[str, ward.Citizen], paper: str
) -> None:
    officer = sit("officer")
    page = officer.page(f"/phieu-moi/{wave.step_id}/{paper}")
    for key in ("hoa", "binh", "lan"):
        one = people[key]
        assert group_code(one.reference) in page
        assert one.phone not in page and one.citizen_id not in page
    assert "Nguyễn Thị Hoa" in page and "Phạm Văn Xa" not in page
    for word in ("Bảo trợ", "1.500.000", "Tiền mặt", "ngõ"):
        assert word not in page
    [entry] = printed(wave.step_id)
    assert (entry.commune_code, entry.after) == (ward.HERE, {"people": 3})


def test_one_neighbourhood_is_printed_alone_however_it_is_written(sit: Callable[..., Browser], wave: Running) -> None:
    page = sit("officer").page(f"/phieu-moi/{wave.step_id}/phieu?to=tổ+03")
    assert "Nguyễn Thị Hoa" in page and "Trần Văn Bình" in page and "Lê Thị Lan" not in page


def test_whoever_has_answered_gets_no_slip(
    sit: Callable[..., Browser], wave: Running, people: dict[str, ward.Citizen]
) -> None:
    ward.claim(people["hoa"], wave.campaign_id)
    assert "Nguyễn Thị Hoa" not in sit("officer").page(f"/phieu-moi/{wave.step_id}/danh-sach")


def test_a_slip_says_how_to_answer_where_people_can_write_first(
    sit: Callable[..., Browser], wave: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = sit("officer")
    assert "nhắn mã hồ sơ" not in officer.page(f"/phieu-moi/{wave.step_id}/phieu")
    for name, value in (("NUMBER", "8079"), ("KEYWORD", "LP"), ("PRICE_DONG", "1000")):
        monkeypatch.setenv(f"LOA_SHORTCODE_{name}", value)
    shortcode.shortcode_settings.cache_clear()
    try:
        page = officer.page(f"/phieu-moi/{wave.step_id}/phieu")
    finally:
        monkeypatch.undo()
        shortcode.shortcode_settings.cache_clear()
    assert "nhắn mã hồ sơ trên: viết LP ở đầu, gửi 8079 (1.000đ/tin)" in page


def test_a_manager_chooses_the_commune_first_and_no_one_sees_beyond_the_own(
    sit: Callable[..., Browser], wave: Running
) -> None:
    manager = sit("manager", commune=None)
    assert "Xin chọn xã, phường" in manager.page(f"/phieu-moi/{wave.step_id}")
    assert "Xin chọn xã, phường" in manager.page(f"/phieu-moi/{wave.step_id}/phieu")
    assert "Phạm Văn Xa" in manager.page(f"/phieu-moi/{wave.step_id}/phieu?xa={ward.ELSEWHERE}")
    assert sit("officer").get(f"/phieu-moi/{wave.step_id}/phieu?xa={ward.ELSEWHERE}").status_code == 404


def printed(step_id: int) -> list[AuditEntry]:
    wanted = select(AuditEntry).where(AuditEntry.action == "slips.printed", AuditEntry.subject == f"step:{step_id}")
    with transaction() as session:
        return list(session.scalars(wanted))
