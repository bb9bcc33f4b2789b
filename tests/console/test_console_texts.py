"""A text is looked at while it is written; on its step one sees both variants, the Zalo template, and earlier texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from core.clock import now
from core.database import transaction
from outreach.campaign_setup import StepPlan, change_step, plan_step
from outreach.channels.zalo import jobs
from outreach.rungs import Rung
from outreach.step import StepKind
from outreach.timing import At
from outreach.usual_texts import INVITATION, USUAL_TEXTS
from roster.campaign import Campaign
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.console import ward
from tests.console.conftest import Browser

__all__ = ["zalo_site"]

CHECK = "/dot-khao-sat/kiem-tra-noi-dung"
FORM = {"deadline": "25/12/2026", "phone": "024 3852 0000"}
MAPPED = {
    "id": "700001",
    "body": "<phuong> kính gửi <ten>. Trợ cấp vẫn trả như trước. Mã hồ sơ: <ma>. Hạn: <han>. Hỏi tổ trưởng.",
    "parameters": {
        "phuong": {"text": "UBND {phuong_xa}", "longest": 50},
        "ten": {"text": "{xung_ho} {ten_goi}", "longest": 60},
        "ma": {"text": "{ma_ho_so}"},
        "han": {"text": "{han_chot}", "longest": 20, "kind": "date"},
    },
}


@pytest.fixture(autouse=True)
def cleared(database: str) -> Iterator[None]:
    yield
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE campaign, person, contact_point CASCADE")


def check(manager: Browser, text: str, kind: str = "invitation", **form: str) -> str:
    return manager.post(f"{CHECK}?o=text&loai={kind}", text=text, **{**FORM, **form}).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Kính gửi {xung_ho}, xem http://abc.vn", "Câu 1: Tin nhắn không được có đường dẫn: “http://abc.vn”"),
        ("Kính gửi {ten}", "không có chỗ điền này"),
        ("Hộ nghèo được nhận", "không được nêu loại trợ cấp"),
        ("Đến {noi_lam_viec}", "chưa khai nội dung đó"),
        ("", "chưa có nội dung"),
        ("Gửi lại mã OTP", "không được nhắc tới mã"),
        ("Moi cac cu", "dễ bị đọc thành lời tục"),
        ("Nhắn CÓ để trả lời", "{cach_tra_loi}"),
        ("Kính chào bà", "Tin mời phải nói ai gửi"),
        (f"{INVITATION} Đề nghị bà con yên tâm.", "có thể nói “xin”"),
    ],
)
def test_a_text_is_looked_at_while_it_is_written(sit: Callable[..., Browser], text: str, said: str) -> None:
    assert said in check(sit("manager", commune=None), text)


def test_a_good_text_is_shown_in_both_variants_with_its_price(sit: Callable[..., Browser]) -> None:
    shown = check(sit("manager", commune=None), INVITATION)
    assert "Lời tin đạt" in shown and "notice error" not in shown
    assert "Tro cap van tra nhu truoc" in shown and "Trợ cấp vẫn trả như trước" in shown
    assert "hàng dài nhất 3 tin, 2.400 đ" in shown and "hàng thường gặp 2 tin, 1.600 đ" in shown


def test_the_facts_are_those_of_the_form_or_of_the_campaign(sit: Callable[..., Browser]) -> None:
    manager = sit("manager", commune=None)
    assert "chưa khai nội dung đó" in check(manager, INVITATION, phone="")
    campaign_id = ward.campaign()
    with transaction() as session:
        session.get_one(Campaign, campaign_id).facts = {
            "phone": "024 3333 3333",
            "communes": {ward.HERE: {"phone": "abc.vn"}},
        }
    shown = manager.post(f"{CHECK}?o=text&loai=invitation&dot={campaign_id}", text=INVITATION).text
    assert "024 3333 3333" in shown and "{dien_thoai}: Tin nhắn không được có đường dẫn: “abc.vn”" in shown


def test_an_unknown_kind_is_not_there(sit: Callable[..., Browser]) -> None:
    assert sit("manager", commune=None).post(f"{CHECK}?loai=birthday", text="x").status_code == 404


@pytest.mark.parametrize(("kind", "text"), USUAL_TEXTS.items())
def test_the_texts_we_offer_pass(sit: Callable[..., Browser], kind: StepKind, text: str) -> None:
    assert "Lời tin đạt" in check(sit("manager", commune=None), text, kind.value)


@pytest.fixture
def step_over_zalo(zalo_site: StartSite, tmp_path: Path) -> tuple[int, StartSite]:
    """A planned invitation over Zalo, whose template Zalo still looks at."""
    path = tmp_path / "templates.json"
    path.write_text(json.dumps({"invitation": MAPPED}), encoding="utf-8")
    site = zalo_site({"LOA_ZALO_TEMPLATES_FILE": str(path)})
    authorise()
    site.control.post("/zalo/templates/700001/status", json={"status": "PENDING_REVIEW"})
    jobs.look_at_account()
    campaign_id = ward.campaign("Đợt Zalo")
    with transaction() as session:
        session.get_one(Campaign, campaign_id).facts = {"phone": "024 3852 0000"}
        plan = StepPlan(StepKind.INVITATION, INVITATION, At(now()), ladder=[Rung("zalo"), Rung("sms")])
        return plan_step(session, campaign_id, plan, 1, now()).id, site  # type: ignore[return-value]


def test_the_step_shows_its_zalo_template_and_whether_it_is_approved(
    sit: Callable[..., Browser], step_over_zalo: tuple[int, StartSite]
) -> None:
    step_id, site = step_over_zalo
    manager = sit("manager", commune=None)
    page = manager.page(f"/dot-khao-sat/luot/{step_id}/noi-dung")
    assert "700001" in page and "&lt;phuong&gt;" in page and "UBND {phuong_xa}" in page
    assert "Đang chờ Zalo duyệt" in page and "phải nộp mẫu trước ngày" in page
    assert "Đang chờ Zalo duyệt" in manager.page(f"/dot-khao-sat/luot/{step_id}/mau-zalo")
    refused = manager.post(f"/dot-khao-sat/luot/{step_id}/cho-gui").text
    assert "Mẫu Zalo 700001 chưa dùng được" in refused
    site.control.post("/zalo/templates/700001/status", json={"status": "ENABLE"})  # type: ignore[attr-defined]
    jobs.look_at_account()
    assert "Đã duyệt" in manager.page(f"/dot-khao-sat/luot/{step_id}/mau-zalo")
    assert "Đã cho gửi" in manager.post(f"/dot-khao-sat/luot/{step_id}/cho-gui").text


def test_the_texts_a_step_had_are_shown(sit: Callable[..., Browser]) -> None:
    manager = sit("manager", commune=None, name="Phạm Thị Lan")
    campaign_id = ward.campaign()
    with transaction() as session:
        session.get_one(Campaign, campaign_id).facts = {"phone": "024 3852 0000"}
        plan = StepPlan(StepKind.INVITATION, INVITATION, At(now()), ladder=[Rung("sms")])
        step_id = plan_step(session, campaign_id, plan, manager.staff_id, now()).id
    changed = StepPlan(StepKind.INVITATION, f"{INVITATION} Xin cảm ơn.", At(now()), ladder=[Rung("sms")])
    with transaction() as session:
        change_step(session, step_id, changed, manager.staff_id, now())
    page = manager.page(f"/dot-khao-sat/luot/{step_id}/noi-dung")
    assert page.count("Phạm Thị Lan") >= 2 and "Xin cảm ơn." in page
    assert "Mẫu Zalo" not in page and "không dùng" in manager.page(f"/dot-khao-sat/luot/{step_id}/mau-zalo")
