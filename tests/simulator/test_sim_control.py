"""The controls: for tests, for the page, and for nobody on another machine."""

import json

import httpx
import pytest

from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig
from tests.simulator.customer import Receiver, StandIn

PHONE = "+84912345678"


def test_phones_that_received_or_were_added_are_listed(stand_in: StandIn) -> None:
    stand_in.control.post("/phones", json={"number": "0987 654 321", "name": " Bà Hoa "})
    stand_in.twilio().messages.create(to=PHONE, from_="PhuongLang", body="Kinh moi")
    stand_in.deliver()
    phones = stand_in.control.get("/phones").json()["phones"]
    assert [(p["number"], p["name"], p["unread"]) for p in phones] == [(PHONE, "", 1), ("+84987654321", "Bà Hoa", 0)]
    assert phones[0]["last"]["text"] == "Kinh moi"


def test_only_what_changed_is_given_again(stand_in: StandIn) -> None:
    for number in ("0912345678", "0912345679"):
        stand_in.control.post("/phones", json={"number": number})
    version = stand_in.control.get("/phones").json()["version"]
    assert stand_in.control.get(f"/phones?after={version}").json()["phones"] == []
    stand_in.say("0912345679", "alo")
    changed = stand_in.control.get(f"/phones?after={version}").json()["phones"]
    assert [phone["number"] for phone in changed] == ["+84912345679"]


@pytest.mark.parametrize(
    ("search", "found"),
    [("hoa", 1), ("ba dao", 1), ("Bà ĐÀO", 1), ("0912", 1), ("0912 345 678", 1), ("345", 2), ("khong co", 0)],
)
def test_search(stand_in: StandIn, search: str, found: int) -> None:
    stand_in.control.post("/phones", json={"number": "0912345678", "name": "Bà Đào Hoa"})
    stand_in.control.post("/phones", json={"number": "0983456789"})
    assert len(stand_in.control.get("/phones", params={"search": search}).json()["phones"]) == found


def test_those_of_one_channel(stand_in: StandIn) -> None:
    for channel, number in (("zalo", PHONE), ("sms", PHONE), ("zalo", "+84987654321")):
        stand_in.control.post("/phones", json={"channel": channel, "number": number})

    def found(**sought: str) -> list[tuple[str, str]]:
        phones = stand_in.control.get("/phones", params=sought).json()["phones"]
        return sorted((phone["channel"], phone["number"]) for phone in phones)

    assert found(channel="zalo") == [("zalo", PHONE), ("zalo", "+84987654321")]
    assert found(channel="zalo", search="0912") == [("zalo", PHONE)]
    assert stand_in.control.get("/phones", params={"channel": "fax"}).status_code == 400


def test_reading_ends_unread(stand_in: StandIn) -> None:
    stand_in.twilio().messages.create(to=PHONE, from_="PhuongLang", body="Kinh moi")
    stand_in.deliver()
    stand_in.control.post(f"/phones/{PHONE}/read", json={})
    assert stand_in.control.get("/phones").json()["phones"][0]["unread"] == 0


def test_reset_forgets_everything_and_says_so(stand_in: StandIn) -> None:
    stand_in.say(PHONE, "alo")
    stand_in.fault("slow")
    before = stand_in.control.get("/phones").json()["generation"]
    stand_in.control.post("/reset", json={})
    after = stand_in.control.get("/phones").json()
    assert after["generation"] != before
    assert after["phones"] == []
    assert stand_in.control.get("/log").json()["entries"] == []
    assert stand_in.control.get("/faults").json()["faults"] == []


def test_flush_over_http(stand_in: StandIn, receiver: Receiver) -> None:
    stand_in.say(PHONE, "alo")
    assert stand_in.control.post("/flush", json={}).json() == {"done": 1}
    assert [call.form["Body"] for call in receiver.calls] == ["alo"]


def test_the_log_from_a_number_on(stand_in: StandIn) -> None:
    for text in ("mot", "hai", "ba"):
        stand_in.say(PHONE, text)
    entries = stand_in.control.get("/log", params={"after": 1, "limit": 1}).json()["entries"]
    assert [(entry["seq"], entry["text"]) for entry in entries] == [(2, "hai")]


def test_the_log_leaves_out_the_content_of_pictures(stand_in: StandIn) -> None:
    said = stand_in.say(PHONE, "", media=["image/png"])
    [entry] = stand_in.log("message")
    assert entry["media"] == said["media"] == [{"id": said["media"][0]["id"], "content_type": "image/png"}]
    shown = stand_in.control.get(f"/media/{said['id']}/{said['media'][0]['id']}")
    assert shown.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/phones", {"number": "123"}),
        ("/phones", {"number": "khong phai so"}),
        ("/phones", {}),
        ("/phones", []),
        ("/phones", {"number": "0912345678", "channel": "fax"}),
        (f"/phones/{PHONE}/say", {"text": ""}),
        (f"/phones/{PHONE}/say", {"text": 5}),
        (f"/phones/{PHONE}/say", {"text": "a" * 1601}),
        (f"/phones/{PHONE}/say", {"text": "\ud83d"}),
        (f"/phones/{PHONE}/say", {"text": "a", "media": ["text/html"]}),
        (f"/phones/{PHONE}/say", {"text": "a", "media": [{"content_type": "image/png", "data": "%"}]}),
        (f"/phones/{PHONE}/power", {"on": "no"}),
        ("/faults", {"provider": "twilio", "kind": "flood"}),
        ("/faults", {"provider": "nobody", "kind": "slow"}),
        ("/faults", {"provider": "twilio", "kind": "slow", "count": 0}),
        ("/faults", {"provider": "twilio", "kind": "slow", "count": 1.5}),
        ("/faults", {"provider": "twilio", "kind": "slow", "probability": 2}),
        ("/faults", {"provider": "twilio", "kind": "slow", "number": "123"}),
    ],
)
def test_nonsense_is_refused_in_plain_words(stand_in: StandIn, path: str, body: object) -> None:
    headers = {"Content-Type": "application/json"}
    answer = stand_in.control.post(path, content=json.dumps(body), headers=headers)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert stand_in.log("message") == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "192.168.1.5:9500"},
        {"X-Forwarded-For": "203.0.113.7"},
        {"Forwarded": "for=203.0.113.7"},
    ],
)
@pytest.mark.parametrize("path", ["/control/phones", "/control/faults", "/phones"])
def test_only_this_machine_works_the_controls(stand_in: StandIn, headers: dict[str, str], path: str) -> None:
    assert httpx.get(stand_in.url + path, headers=headers).status_code == 403
    assert httpx.get(stand_in.url + path).status_code == 200


def test_another_address_is_refused() -> None:
    app = create_app(SimulatorConfig(automatic=False))
    answer = app.test_client().get("/control/phones", environ_base={"REMOTE_ADDR": "203.0.113.7"})
    simulator_of(app).close()
    assert answer.status_code == 403


def test_a_form_from_another_site_is_refused(stand_in: StandIn) -> None:
    answer = httpx.post(f"{stand_in.url}/control/reset", data={"a": "1"})
    assert answer.status_code == 415
