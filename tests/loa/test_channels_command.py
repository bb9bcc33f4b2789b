"""`loa channels`: trying the accounts, and the first refresh token of Zalo from standard input."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from loa.cli import main
from outreach.channels.zalo import house
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.outreach.conftest import read_settings_anew
from tests.simulator.zalo_customer import REFRESH, ZaloStandIn

__all__ = ["zalo_site"]

type Command = Callable[..., Result]


@pytest.fixture
def site(zalo_site: StartSite) -> ZaloStandIn:
    return zalo_site()


def loa(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(main, ["channels", *arguments], input=given)


def test_the_first_refresh_token_comes_from_standard_input(site: ZaloStandIn) -> None:
    done = loa("zalo-token", given=f"{REFRESH}\n")
    assert done.exit_code == 0 and done.output.endswith("Đã kết nối Zalo.\n")
    assert REFRESH not in done.output
    house.keeper.cache_clear()
    site.access_token = house.keeper().current()
    assert site.get("/business/message/quota").json()["error"] == 0


@pytest.mark.parametrize(("given", "said"), [("", "đầu vào trống"), ("sai\n", "chưa cấp mã truy cập (lost)")])
def test_a_token_that_is_none_is_refused(site: ZaloStandIn, given: str, said: str) -> None:
    done = loa("zalo-token", given=given)
    assert done.exit_code == 1 and said in done.output


def test_without_an_oa_there_is_nothing_to_connect(site: ZaloStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_ZALO_OA_ID", "")
    read_settings_anew()
    assert "chưa khai Official Account" in loa("zalo-token", given=REFRESH).output


def test_the_check_says_what_is_missing(site: ZaloStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOA_TWILIO_ACCOUNT_SID", "")
    read_settings_anew()
    before = loa("check")
    assert before.exit_code == 1
    assert "THIẾU  Zalo: chưa kết nối. Xin mở trang cán bộ, mục Kết nối Zalo." in before.output
    authorise()
    after = loa("check").output
    assert "ĐƯỢC   Zalo: đang kết nối." in after
    assert "ĐƯỢC   Zalo: hôm nay còn gửi được 5000 tin theo mẫu." in after
    assert "THIẾU  Zalo: chưa khai mẫu tin nào" in after


def test_the_check_looks_at_the_templates_that_steps_use(
    site: ZaloStandIn, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("templates") / "templates.json"
    file.write_text('{"invitation": {"id": "700001", "body": "Kính mời"}, "final": {"id": "9", "body": "Kính mời"}}')
    monkeypatch.setenv("LOA_ZALO_TEMPLATES_FILE", str(file))
    monkeypatch.setenv("LOA_PUBLIC_URL", "https://phuong.example")
    read_settings_anew()
    authorise()
    said = loa("check").output
    assert "ĐƯỢC   Zalo: mẫu 700001 “Thư mời kê khai” (invitation): Đã duyệt." in said
    assert "THIẾU  Zalo: mẫu 9 (final) không có trong Official Account này." in said
    assert "https://phuong.example/webhooks/zalo" in said
    site.control.post("/zalo/templates/700001/status", json={"status": "DISABLE"})
    assert "THIẾU  Zalo: mẫu 700001 “Thư mời kê khai” (invitation): Đã bị khóa." in loa("check").output
    file.write_text("{")
    assert "tệp mẫu tin (LOA_ZALO_TEMPLATES_FILE) không đọc được" in loa("check").output
