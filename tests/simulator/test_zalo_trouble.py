"""Requests that go wrong, the stand-in stopped and started again, and how it runs in earnest."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from simulator.config import SimulatorConfig, read_environment
from simulator.zalo.config import TimestampPlace, read_zalo
from tests.simulator.zalo_customer import OA_ID, PHONE, REFRESH, Hook, StartZalo, ZaloStandIn

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("kind", "code", "status", "error"),
    [
        ("rate_limited", None, 200, -32),
        ("rate_limited", 429, 429, None),
        ("server_error", None, 500, None),
        ("server_error", 502, 502, None),
        ("server_error", 503, 503, None),
        ("refused", None, 200, -200),
        ("refused", -221, 200, -221),
        ("refused", -137, 200, -137),
    ],
)
def test_refusals(zalo: ZaloStandIn, kind: str, code: int | None, status: int, error: int | None) -> None:
    zalo.fault(kind, count=1, code=code)
    body = {"phone": "84912345678"}
    answer = zalo.post("/business/message/template", body)
    assert answer.status_code == status
    if error is None:
        assert answer.headers["Content-Type"] == "text/html"
    else:
        assert answer.json()["error"] == error
    assert zalo.log("message") == []
    assert zalo.invite()["error"] == 0


def test_a_message_whose_answer_is_lost_was_sent(zalo: ZaloStandIn) -> None:
    zalo.follow()
    zalo.fault("dropped_after_accept", count=1)
    with pytest.raises(httpx.RemoteProtocolError):
        zalo.consult("một")
    zalo.fault("timeout_after_accept", count=1)
    body = {"phone": "84912345678", "template_id": "700001", "tracking_id": "row-8", "template_data": {}}
    body["template_data"] = {"ten": "bà Hoa", "han": "31/03/2027", "ngay": "12"}
    with pytest.raises(httpx.ReadTimeout):
        zalo.post("/business/message/template", body, timeout=0.3)
    zalo.deliver()
    sent = [entry for entry in zalo.log("message") if entry["direction"] == "to_phone"]
    assert [entry["number"] for entry in sent] == [PHONE, PHONE]
    assert [m["reached"] for m in zalo.messages()] == [True, True, True]


def test_a_connection_dropped_before_acceptance(zalo: ZaloStandIn) -> None:
    zalo.fault("dropped", count=1)
    with pytest.raises(httpx.RemoteProtocolError):
        zalo.invite()
    assert zalo.log("message") == []
    assert [entry["number"] for entry in zalo.log("dropped")] == [PHONE]


def test_a_fault_of_one_person_spares_the_others(zalo: ZaloStandIn) -> None:
    zalo.follow()
    zalo.fault("refused", number="0912345678", code=-216)
    assert zalo.consult("một")["error"] == -216
    assert zalo.invite()["error"] == -216
    assert zalo.invite(phone="84912345679")["error"] == 0
    assert zalo.token()["expires_in"] == "2592000"


def test_a_slow_answer_is_a_good_one(zalo: ZaloStandIn) -> None:
    zalo.fault("slow", count=1, seconds=0.2)
    assert zalo.invite()["error"] == 0


def test_what_was_under_way_goes_on_after_a_restart(start_zalo: StartZalo, hook: Hook, tmp_path: Path) -> None:
    config = SimulatorConfig(journal=tmp_path / "log.jsonl", automatic=False)
    first = start_zalo(config, daily_quota=3)
    first.follow()
    first.deliver()
    pair = first.token()
    sent = first.consult("một")["data"]["message_id"]
    first.invite()
    first.say("hai")
    first.person(template_refusal=-141)
    first.control.post("/zalo/templates/700001/status", json={"status": "DISABLE"})
    first.simulator.close()

    second = start_zalo(config, daily_quota=3)
    second.clock.now = first.clock.now
    second.deliver()
    assert hook.names()[0] == "follow"
    assert sorted(hook.names()[1:]) == ["user_received_message", "user_received_message", "user_send_text"]
    assert [m["status"] for m in second.messages() if m["id"] == sent] == ["received"]
    assert second.token()["error_name"] == "Invalid refresh token"
    assert second.token(refresh_token=pair["refresh_token"])["expires_in"] == "2592000"
    assert second.invite()["error"] == -146
    second.control.post("/zalo/templates/700001/status", json={"status": "ENABLE"})
    assert second.invite()["error"] == -141
    person = second.person(template_refusal=0)
    assert (person["follows"], person["last_interaction"]) == (True, first.clock.now.isoformat())
    assert second.invite()["data"]["quota"]["remainingQuota"] == "1"


def test_a_message_is_told_once_over_restarts(start_zalo: StartZalo, hook: Hook, tmp_path: Path) -> None:
    config = SimulatorConfig(journal=tmp_path / "log.jsonl", automatic=False)
    first = start_zalo(config)
    first.say("alo")
    first.simulator.close()
    for _ in range(2):
        again = start_zalo(config)
        again.deliver()
        again.simulator.close()
    assert hook.texts() == ["alo"]


def test_settings_from_the_environment(tmp_path: Path) -> None:
    templates = tmp_path / "templates.json"
    templates.write_text(
        '[{"id": "5", "name": "Mời", "text": "Kính gửi <ten>", "parameters": [{"name": "ten", "max_length": 50}],'
        ' "buttons": [["Xem", "https://phuong.example"]]}]',
        encoding="utf-8",
    )
    config = read_environment(
        {
            "SIMULATOR_ZALO_OA_ID": OA_ID,
            "SIMULATOR_ZALO_WEBHOOK_URL": "",
            "SIMULATOR_ZALO_REFRESH_TOKEN": REFRESH,
            "SIMULATOR_ZALO_TIMESTAMP_PLACE": "header",
            "SIMULATOR_ZALO_RETRY_AFTER": "1,2.5",
            "SIMULATOR_ZALO_EVENTS": "follow, user_send_text",
            "SIMULATOR_ZALO_FOLLOW_NEEDED": "no",
            "SIMULATOR_ZALO_BALANCE": "1000",
            "SIMULATOR_ZALO_DAILY_QUOTA": "500",
            "SIMULATOR_ZALO_ACCESS_LIVES": "60",
            "SIMULATOR_ZALO_TEMPLATES": str(templates),
        }
    ).zalo
    assert (config.oa_id, config.webhook_url, config.refresh_token) == (OA_ID, None, REFRESH)
    assert config.timestamp_place is TimestampPlace.HEADER
    assert (config.retry_after, config.events) == ((1.0, 2.5), {"follow", "user_send_text"})
    assert (config.follow_needed, config.balance, config.daily_quota, config.access_lives) == (False, 1000, 500, 60.0)
    [template] = config.templates
    assert (template.id, template.parameters[0].max_length, template.buttons) == (
        "5", 50, (("Xem", "https://phuong.example"),)
    )  # fmt: skip
    default = read_zalo({})
    assert (default.webhook_url, default.balance) == ("http://127.0.0.1:8000/webhooks/zalo", None)
    assert default.retry_after == (30.0, 300.0, 900.0, 1800.0, 3600.0)


def test_under_gunicorn_the_headers_with_underscores_come_through() -> None:
    command = ["gunicorn", "-k", "gthread", "--header-map", "dangerous", "--bind", "127.0.0.1:0"]
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "simulator.app:from_environment()"],
        cwd=ROOT,
        env={**os.environ, "SIMULATOR_ZALO_ACCESS_TOKEN": "known"},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stderr
        line = next(line for line in process.stderr if "Listening at" in line)
        url = line.split("Listening at: ")[1].split(" ")[0]
        answer = httpx.get(f"{url}/zalo/openapi/v2.0/oa/getoa", headers={"access_token": "known"}, timeout=30)
        assert answer.json()["error"] == 0
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
