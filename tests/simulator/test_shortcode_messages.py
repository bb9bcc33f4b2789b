"""What people write to the short code reaches the webhook: signed, paid for, again until taken."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig
from simulator.shortcode.config import Body, Contract, ShortcodeConfig
from simulator.simulator import Simulator
from tests.simulator.customer import SetClock
from tests.simulator.desk import Desk, Heard, Open, Say, Site
from tests.simulator.esms_account import CONFIG as ESMS
from tests.simulator.esms_account import Account

PHONE = "+84912345678"
SECRET = "invented-secret"


def config(site: Site, **changes: object) -> ShortcodeConfig:
    return replace(ShortcodeConfig(webhook_url=f"{site.url}/mo", secret=SECRET), **changes)  # type: ignore[arg-type]


@pytest.fixture
def desk(open_desk: Open, site: Site) -> Desk:
    return open_desk(shortcode=config(site))


def write(desk: Desk, text: str) -> dict[str, object]:
    return desk.say("sms", PHONE, text, provider="shortcode")


def texts(site: Site) -> list[str]:
    return [heard.json["text"] for heard in site.heard]


def is_signed(heard: Heard, payload: bytes, secret: str = SECRET) -> bool:
    """Reckoned here as the contract says, not with the stand-in's own hand."""
    signed = heard.headers["X-Timestamp"].encode() + b"." + payload
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() == heard.headers["X-Signature"]


def test_the_fields_and_the_signature(desk: Desk, site: Site) -> None:
    said = write(desk, "1 dạ có")
    desk.clock.forward(seconds=5)
    desk.deliver()
    [heard] = site.heard
    assert (heard.method, heard.path, heard.headers["Content-Type"]) == ("POST", "/mo", "application/json")
    assert heard.json == {
        "message_id": said["id"], "phone": "84912345678", "shortcode": "8079", "text": "1 dạ có",
        "time": "2027-01-20T09:30:00+07:00",
    }  # fmt: skip
    assert heard.headers["X-Timestamp"] == str(int(desk.clock().timestamp()))
    assert is_signed(heard, heard.raw)
    assert not is_signed(heard, heard.raw + b" ")
    assert not is_signed(heard, heard.raw, "another")


@pytest.mark.parametrize("body", [Body.FORM, Body.QUERY])
def test_other_forms_and_names(open_desk: Open, site: Site, body: Body) -> None:
    names = {"message_id": "moid", "text": "noi_dung"}
    url = f"{site.url}/mo?khach=loa"
    desk = open_desk(shortcode=config(site, webhook_url=url, body=body, names=names, signature_header="X-Chu-Ky"))
    said = write(desk, "dạ có & xin cảm ơn")
    desk.deliver()
    [heard] = site.heard
    payload = heard.raw if body is Body.FORM else urlsplit(heard.target).query.encode()
    fields = {name: values[0] for name, values in parse_qs(payload.decode()).items()}
    assert heard.method == ("POST" if body is Body.FORM else "GET")
    assert heard.query["khach"] == "loa"
    assert (fields["moid"], fields["noi_dung"], fields["phone"]) == (said["id"], "dạ có & xin cảm ơn", "84912345678")
    signature = {**heard.headers, "X-Signature": heard.headers["X-Chu-Ky"]}
    assert is_signed(replace(heard, headers=signature), payload)


def test_a_message_costs_its_writer_money(desk: Desk) -> None:
    assert write(desk, "có")["charge"] == 500
    assert desk.messages("sms", PHONE)[0]["charge"] == 500


@pytest.mark.parametrize(
    "answer", [Say(200, "ok"), Say(200, "<html>OK</html>"), Say(201), Say(302), Say(500), Say(404)]
)
def test_anything_but_ok_is_sent_again_with_a_new_time(open_desk: Open, site: Site, answer: Say) -> None:
    desk = open_desk(shortcode=config(site))
    site.answers = [answer, answer, Say(200, " OK\n")]
    write(desk, "có")
    desk.deliver()
    assert len(site.heard) == 3
    assert len({heard.raw for heard in site.heard}) == 1
    assert [entry["attempt"] for entry in desk.log("webhook")] == [1, 2, 3]
    message = desk.messages("sms", PHONE)[0]
    assert (message["status"], message["error_code"]) == ("received", None)


def test_after_the_last_wait_it_is_given_up_and_shown_so(desk: Desk, site: Site) -> None:
    site.answers = [Say(503)]
    write(desk, "có")
    desk.deliver()
    assert len(site.heard) == 4
    assert desk.messages("sms", PHONE)[0]["error_code"] == 503


def test_messages_of_one_person_arrive_in_order(desk: Desk, site: Site) -> None:
    for number in range(10):
        write(desk, str(number))
    desk.deliver()
    assert texts(site) == [str(number) for number in range(10)]


def test_what_waits_is_overtaken(desk: Desk, site: Site) -> None:
    site.answers = [Say(500), Say()]
    write(desk, "một")
    write(desk, "hai")
    desk.deliver()
    assert texts(site) == ["một", "hai", "một"]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("webhook_repeated", ["một", "một", "hai"]),
        ("webhook_reordered", ["hai", "một"]),
        ("webhook_late", ["hai", "một"]),
    ],
)
def test_webhooks_go_wrong(desk: Desk, site: Site, kind: str, told: list[str]) -> None:
    desk.fault("shortcode", kind, count=1)
    write(desk, "một")
    write(desk, "hai")
    desk.deliver()
    assert texts(site) == told


def test_a_shared_code_needs_its_keyword(open_desk: Open, site: Site) -> None:
    desk = open_desk(shortcode=config(site, keyword="LOA"))
    for text in ("loa 1", "có", "LOAPHUONG 1", "Loa"):
        write(desk, text)
    desk.deliver()
    assert texts(site) == ["loa 1", "Loa"]
    told = [m["text"] for m in desk.messages("sms", PHONE) if m["direction"] == "to_phone"]
    assert told == ["Tin nhan sai cu phap. Soan LOA roi gui 8079."] * 2
    assert [m["charge"] for m in desk.messages("sms", PHONE) if m["direction"] == "from_phone"] == [500] * 4


def test_the_answer_to_a_brandname_goes_to_the_short_code(open_desk: Open, site: Site) -> None:
    desk = open_desk(esms=ESMS, shortcode=config(site))
    Account(desk).send()
    desk.deliver()
    said = desk.say("sms", PHONE, "có")
    desk.deliver()
    assert (said["provider"], texts(site)) == ("shortcode", ["có"])


def test_pictures_are_not_taken(desk: Desk) -> None:
    body = {"text": "a", "media": ["image/png"], "provider": "shortcode"}
    answer = desk.control.post(f"/phones/{PHONE}/say", json=body)
    assert (answer.status_code, answer.json()["error"]) == (400, "Đầu số này chỉ nhận tin nhắn chữ.")


def test_a_short_code_without_a_webhook_keeps_silent(open_desk: Open, site: Site) -> None:
    desk = open_desk(shortcode=config(site, webhook_url=None))
    write(desk, "có")
    desk.deliver()
    assert site.heard == []
    assert desk.messages("sms", PHONE)[0]["status"] == "received"


def test_esms_s_own_contract(open_desk: Open, site: Site) -> None:
    esms = config(site, contract=Contract.ESMS, cp_id="LOA", private_key="khoa")
    desk = open_desk(shortcode=esms)
    answer = (
        "<ClientResponse><Message>Cam on ba</Message><Smsid>1</Smsid><Receiver>84912345678</Receiver></ClientResponse>"
    )
    site.answers = [Say(500, ""), Say(200, answer)]
    said = write(desk, "loa dạ có")
    desk.deliver()
    assert len(site.heard) == 2
    heard = site.heard[1]
    time = "20270120093000"
    signed = base64.b64encode(hashlib.md5(f"LOA{said['id']}loa dạ có{time}khoa".encode()).digest()).decode()
    assert heard.method == "GET"
    assert heard.query == {
        "sender": "84912345678", "content": "loa dạ có", "serviceNumber": "8079", "keyword": "loa", "sign": signed,
        "cpid": "LOA", "smsid": said["id"], "receiverTime": time,
    }  # fmt: skip
    shown = [(m["direction"], m["text"]) for m in desk.messages("sms", PHONE)]
    assert shown == [("from_phone", "loa dạ có"), ("to_phone", "Cam on ba")]


@contextmanager
def running(journal: Path, shortcode: ShortcodeConfig) -> Iterator[Simulator]:
    app = create_app(SimulatorConfig(journal=journal, automatic=False, shortcode=shortcode), SetClock())
    yield simulator_of(app)
    simulator_of(app).close()


def test_a_word_under_way_still_arrives_once_after_a_restart(tmp_path: Path, site: Site) -> None:
    with running(tmp_path / "log.jsonl", config(site)) as first:
        provider = first.provider("shortcode")
        assert provider is not None
        provider.say(PHONE, "có", (), "")
    for _ in range(2):
        with running(tmp_path / "log.jsonl", config(site)) as again:
            again.deliver_pending()
    assert [json.loads(heard.raw)["text"] for heard in site.heard] == ["có"]
