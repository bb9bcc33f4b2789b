"""Which approved template a step uses on Zalo, and what fills its parameters: refused with the field and the reason."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from language.address import Gender, address_for
from outreach.channels.adapter import Accepted, Outgoing
from outreach.channels.fuse import Fuse
from outreach.channels.zalo import house
from outreach.channels.zalo.templates import (
    MappingRefused,
    ParameterKind,
    ParameterRefused,
    ZaloParameter,
    ZaloTemplate,
    as_text,
    fill,
    step_templates,
)
from outreach.step import StepKind
from outreach.template_checks import faults
from outreach.templates import CampaignWords, PhoneOf, Recipient, render
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.outreach.conftest import read_settings_anew

__all__ = ["zalo_site"]

INVITATION = {
    "id": "700001",
    "body": "<phuong> kính gửi <ten>. Trợ cấp vẫn trả như trước. Mã hồ sơ: <ma>. Hạn: <han>. Hỏi tổ trưởng.",
    "parameters": {
        "phuong": {"text": "UBND {phuong_xa}", "longest": 50},
        "ten": {"text": "{xung_ho} {ten_goi}"},
        "ma": {"text": "{ma_ho_so}"},
        "han": {"text": "{han_chot}", "longest": 20, "kind": "date"},
    },
}
TEMPLATE = ZaloTemplate.model_validate(INVITATION)
CAMPAIGN = CampaignWords(date(2027, 1, 20), {"phone": "024 3834 0000"})
HOA = Recipient(
    address_for(78, Gender.FEMALE, False), "Hoa", "AB12CD34", "Phường Láng", PhoneOf.BENEFICIARY, confirmed=True
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[object], None]]:
    """Write the file of templates that the settings name."""
    path = tmp_path / "templates.json"
    monkeypatch.setenv("LOA_ZALO_TEMPLATES_FILE", str(path))
    read_settings_anew()

    def write(content: object) -> None:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")

    yield write
    monkeypatch.undo()
    read_settings_anew()


def test_a_template_is_filled_for_a_person_and_read_as_it_will_be() -> None:
    filled = fill(TEMPLATE, HOA, CAMPAIGN)
    assert dict(filled.template.data) == {
        "phuong": "UBND Phường Láng",
        "ten": "bà Hoa",
        "ma": "AB12 CD34",
        "han": "20/01/2027",
    }
    assert filled.template.id == "700001"
    assert filled.body == (
        "UBND Phường Láng kính gửi bà Hoa. Trợ cấp vẫn trả như trước. Mã hồ sơ: AB12 CD34. Hạn: 20/01/2027."
        " Hỏi tổ trưởng."
    )


def test_a_name_is_shown_only_where_the_phone_is_confirmed() -> None:
    filled = fill(TEMPLATE, replace(HOA, confirmed=False), CAMPAIGN)
    assert filled.template.data["ten"] == "bà (mã AB12 CD34)"
    assert "Hoa" not in filled.body


def test_previews_and_checks_see_the_same_text() -> None:
    assert render(as_text(TEMPLATE), HOA, CAMPAIGN) == fill(TEMPLATE, HOA, CAMPAIGN).body
    assert faults(as_text(TEMPLATE), CAMPAIGN) == []
    asking = ZaloTemplate(id="1", body="Xin gửi <x>", parameters={"x": ZaloParameter(text="số tài khoản")})
    assert faults(as_text(asking), CAMPAIGN) != []


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [
        (ZaloParameter(text="{phuong_xa}", longest=10), "dài 11 ký tự, mẫu chỉ nhận 10"),
        (
            ZaloParameter(text="{noi_lam_viec}"),
            "{noi_lam_viec} đợt này chưa khai nội dung đó, và không có lời thay (ghi sau dấu |)",
        ),
        (ZaloParameter(text="{khong_co}"), "{khong_co} không có chỗ điền này"),
        (ZaloParameter(text=" "), "không có nội dung"),
        (ZaloParameter(text="ngày mai", kind=ParameterKind.DATE), "phải là ngày tháng"),
        (ZaloParameter(text="ba", kind=ParameterKind.NUMBER), "phải là số"),
    ],
)
def test_what_cannot_be_filled_is_refused_with_its_field_and_reason(parameter: ZaloParameter, reason: str) -> None:
    template = ZaloTemplate(id="1", body="Kính gửi <x>", parameters={"x": parameter})
    with pytest.raises(ParameterRefused) as refused:
        fill(template, HOA, CAMPAIGN)
    assert (refused.value.parameter, refused.value.reason) == ("x", reason)


def test_letters_are_counted_composed() -> None:
    parameter = ZaloParameter(text=unicodedata.normalize("NFD", "Phường"), longest=6)
    filled = fill(ZaloTemplate(id="1", body="<x>", parameters={"x": parameter}), HOA, CAMPAIGN)
    assert filled.template.data["x"] == "Phường"


def test_the_file_is_read_and_read_again_when_it_changes(file: Callable[[object], None]) -> None:
    file({"invitation": INVITATION})
    assert step_templates() == {StepKind.INVITATION: TEMPLATE}
    [another, *_] = [kind for kind in StepKind if kind is not StepKind.INVITATION]
    file({another.value: {"id": "2", "body": "Xin nhắc"}})
    assert list(step_templates()) == [another]


def test_without_a_file_there_are_no_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOA_ZALO_TEMPLATES_FILE", raising=False)
    read_settings_anew()
    assert step_templates() == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "Invalid JSON"),
        ({"birthday": INVITATION}, "birthday"),
        ({"invitation": {**INVITATION, "body": "Kính gửi <ai>"}}, "do not name the same: ai, han, ma, phuong, ten"),
        ({"invitation": {**INVITATION, "id": ""}}, "invitation.id"),
        ({"invitation": {**INVITATION, "tieu_de": "x"}}, "invitation.tieu_de"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_the_place(
    file: Callable[[object], None], content: object, said: str
) -> None:
    file(content)
    with pytest.raises(MappingRefused, match=said):
        step_templates()


def test_a_file_that_is_not_there_is_refused(file: Callable[[object], None]) -> None:
    with pytest.raises(MappingRefused, match="FileNotFoundError"):
        step_templates()


def test_zalo_takes_what_was_filled_and_shows_the_same_text(zalo_site: StartSite) -> None:
    site = zalo_site()
    authorise()
    filled = fill(TEMPLATE, HOA, CAMPAIGN)
    outgoing = Outgoing(1, "0912345678", filled.body, template=filled.template)
    assert isinstance(house.adapter().send(outgoing, Fuse(60)), Accepted)
    assert site.messages()[-1]["text"] == filled.body
