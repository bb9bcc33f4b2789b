"""What eSMS tells of a message: a GET without a signature, five times more if nobody answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig
from simulator.simulator import Simulator
from tests.simulator.customer import SetClock
from tests.simulator.desk import Open, Say, Site
from tests.simulator.esms_account import CONFIG, KEYS, TO, Account


@pytest.fixture
def account(open_desk: Open) -> Account:
    return Account(open_desk(esms=CONFIG))


def statuses(site: Site, sms_id: str | None = None) -> list[str]:
    return [heard.query["SendStatus"] for heard in site.heard if sms_id in (None, heard.query["SMSID"])]


def test_what_arrived(account: Account, site: Site) -> None:
    sms_id = account.send(CallbackUrl=f"{site.url}/bi-mat/esms", RequestId="hang-7", Content="a" * 161)
    account.desk.deliver()
    [heard] = site.heard
    assert (heard.method, heard.path, heard.raw) == ("GET", "/bi-mat/esms", b"")
    assert heard.query == {
        "SMSID": sms_id, "SendFailed": "0", "SendStatus": "5", "SendSuccess": "1", "TotalPrice": "1700.0000",
        "TotalReceiver": "1", "TotalSent": "1", "RequestId": "hang-7", "TypeId": "2", "telcoid": "3",
        "phonenumber": "0912345678", "switchsmsid": "",
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "sent"), [("undelivered", "1"), ("failed", "0")])
def test_what_did_not(account: Account, site: Site, kind: str, sent: str) -> None:
    account.desk.fault("esms", kind, count=1)
    account.send(CallbackUrl=f"{site.url}/esms?khoa=a%20b")
    account.desk.deliver()
    [heard] = site.heard
    wanted = {"SendStatus": "5", "SendSuccess": "0", "SendFailed": "1", "TotalPrice": "0.0000", "TotalSent": sent}
    assert {name: heard.query[name] for name in wanted} == wanted
    assert heard.query["khoa"] == "a b"
    assert account.desk.messages("sms", TO)[0]["reached"] is False


def test_a_phone_that_is_off(account: Account, site: Site) -> None:
    account.desk.control.post(f"/phones/{TO}/power", json={"on": False})
    account.send(CallbackUrl=site.url)
    account.desk.deliver()
    assert site.heard[0].query["SendFailed"] == "1"


def test_without_a_url_nobody_is_told(account: Account, site: Site) -> None:
    account.send()
    account.desk.deliver()
    assert site.heard == []


def test_a_customer_that_does_not_answer_is_asked_five_times_more(open_desk: Open, site: Site) -> None:
    account = Account(open_desk(esms=replace(CONFIG, callback_timeout=0.05)))
    site.answers = [Say(hang=True)]
    account.send(CallbackUrl=site.url)
    account.desk.deliver()
    assert len(site.heard) == 6
    assert len({heard.target for heard in site.heard}) == 1
    noted = [(entry["attempt"], entry["failure"]) for entry in account.desk.log("callback")]
    assert noted == [(number, "read") for number in range(1, 7)]


@pytest.mark.parametrize(("retries_errors", "calls"), [(False, 1), (True, 3)])
def test_errors_are_tried_again_only_where_that_is_set(
    open_desk: Open, site: Site, retries_errors: bool, calls: int
) -> None:
    account = Account(open_desk(esms=replace(CONFIG, retries_errors=retries_errors)))
    site.answers = [Say(500), Say(500), Say()]
    account.send(CallbackUrl=site.url)
    account.desk.deliver()
    assert len(site.heard) == calls


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("callback_repeated", ["7", "7", "5", "5"]),
        ("callback_reordered", ["5", "7"]),
        ("callback_late", ["7", "5"]),
        ("callback_never", []),
    ],
)
def test_callbacks_go_wrong_for_the_message_that_is_struck(
    open_desk: Open, site: Site, kind: str, told: list[str]
) -> None:
    account = Account(open_desk(esms=replace(CONFIG, reports_sent=True)))
    account.desk.fault("esms", kind, count=1)
    struck, spared = account.send(CallbackUrl=site.url), account.send(CallbackUrl=site.url)
    account.desk.deliver()
    assert (statuses(site, struck), statuses(site, spared)) == (told, ["7", "5"])
    assert len(account.arrived()) == 2


def test_a_date_lets_a_message_wait(open_desk: Open, site: Site) -> None:
    """By itself the stand-in sends what is due, and not what is due in an hour."""
    desk = open_desk(esms=CONFIG, automatic=True, lanes=1)
    account = Account(desk)
    later = account.send(SendDate="2027-01-20 10:30:00", CallbackUrl=site.url)  # the clock says 09:30 in Viet Nam
    account.send(SendDate="2027-01-20 09:00:00", CallbackUrl=site.url)
    site.wait_for(1)
    assert statuses(site, later) == []
    desk.deliver()
    assert statuses(site, later) == ["5"]


@contextmanager
def running(journal: Path) -> Iterator[Simulator]:
    app = create_app(SimulatorConfig(journal=journal, automatic=False, esms=CONFIG), SetClock())
    yield simulator_of(app)
    simulator_of(app).close()


def test_messages_ids_and_money_survive_the_process(tmp_path: Path, site: Site) -> None:
    path, body = tmp_path / "log.jsonl", {**KEYS, "Phone": "0912345678", "Content": "a", "Brandname": "PhuongLang"}
    order = {**body, "SmsType": "2", "RequestId": "hang-7", "CallbackUrl": site.url}
    url = "/esms/MainService.svc/json/SendMultipleMessage_V4_post_json/"
    app = create_app(SimulatorConfig(journal=path, automatic=False, esms=CONFIG), SetClock())
    app.test_client().post(url, json=order)
    simulator_of(app).close()
    with running(path) as second:
        second.deliver_pending()
    again = create_app(SimulatorConfig(journal=path, automatic=False, esms=CONFIG), SetClock())
    client = again.test_client()
    assert client.post(url, json=order).get_json()["CodeResult"] == "124"
    balance = client.post("/esms/MainService.svc/json/GetBalance_json", json=KEYS).get_json()["Balance"]
    simulator_of(again).close()
    assert balance == CONFIG.balance - CONFIG.price
    assert statuses(site) == ["5"]
