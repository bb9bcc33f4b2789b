"""Most people have no Zalo: that they are written to by SMS instead is no reason to pause a campaign."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from core.database import transaction
from outreach.campaign_watch import watch_campaigns
from outreach.rungs import Rung
from outreach.watch_settings import watch_settings
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.outreach.office import Office, new_phone

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
ZALO, SMS, CALL = Rung("zalo"), Rung("sms", timedelta(hours=6)), Rung("call", timedelta(hours=24))


@pytest.mark.parametrize(
    ("ladder", "paused"), [((ZALO, SMS), 0), ((ZALO, CALL), 1)], ids=["SMS comes next", "only a call comes next"]
)
def test_people_without_zalo(
    office: Office,
    zalo_site: StartSite,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    ladder: tuple[Rung, ...],
    paused: int,
) -> None:
    monkeypatch.setenv("LOA_WATCH_LEAST_OUTCOMES", "4")
    watch_settings.cache_clear()
    mapping = tmp_path / "templates.json"
    mapping.write_text(json.dumps({"invitation": MAPPED}), encoding="utf-8")
    zalo_site({"LOA_ZALO_TEMPLATES_FILE": str(mapping)}, everybody=False)
    authorise()
    for _ in range(6):
        office.person(new_phone())
    office.campaign(ladder=ladder, reminder=None)
    office.seal()
    office.send("zalo")
    with transaction() as session:
        assert watch_campaigns(session, office.clock.now()) == paused
