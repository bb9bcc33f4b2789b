"""SpeedSMS: what the gateway takes and refuses, and what it tells afterwards."""

from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from simulator.shortcode.config import ShortcodeConfig
from simulator.speedsms.config import SpeedSmsConfig
from tests.simulator.desk import Desk, Open, Say, Site

CONFIG = SpeedSmsConfig("invented-token", sent_after=0, delivered_after=0, requests_per_minute=0)
TO, OTHER = "+84912345678", "+84987654321"


@dataclass
class Account:
    desk: Desk
    token: str = CONFIG.token

    def post(self, timeout: float = 30, **body: Any) -> httpx.Response:
        url = f"{self.desk.url}/speedsms/index.php/sms/send"
        return httpx.post(url, json=body, auth=(self.token, "x"), timeout=timeout)

    def get(self, path: str) -> httpx.Response:
        return httpx.get(f"{self.desk.url}/speedsms/index.php/{path}", auth=(self.token, "x"))

    def order(self, **changes: Any) -> dict[str, Any]:
        """Send, and what was answered."""
        good = {"to": ["84912345678"], "content": "Kinh moi", "sms_type": 3, "sender": "PhuongLang"}
        answer = self.post(**{**good, **changes})
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def send(self, **changes: Any) -> int:
        answer = self.order(**changes)
        assert (answer["status"], answer["code"]) == ("success", "00"), answer
        tran_id: int = answer["data"]["tranId"]
        return tran_id

    def left(self) -> int:
        balance: int = self.get("user/info").json()["data"]["balance"]
        return balance


@pytest.fixture
def account(open_desk: Open, site: Site) -> Account:
    return Account(open_desk(speedsms=replace(CONFIG, webhook_url=f"{site.url}/speedsms")))


def reports(site: Site, phone: str = "84912345678") -> list[int]:
    return [heard.json["status"] for heard in site.heard if heard.json["phone"] == phone]


def test_a_message_is_paid_sent_and_reported(account: Account, site: Site) -> None:
    answer = account.order(content="a" * 161)
    tran_id = answer["data"]["tranId"]
    assert answer["data"] == {"tranId": tran_id, "totalSMS": 2, "totalPrice": 1700, "invalidPhone": []}
    account.desk.deliver()
    [message] = account.desk.messages("sms", TO)
    assert (message["provider"], message["office"], message["reached"]) == ("speedsms", "PhuongLang", True)
    [heard] = site.heard
    assert (heard.method, heard.path) == ("POST", "/speedsms")
    assert heard.json == {"type": "report", "tranId": tran_id, "phone": "84912345678", "status": 0}
    assert account.left() == CONFIG.balance - 1700


def test_several_phones_in_one_order(account: Account, site: Site) -> None:
    answer = account.order(to=["84912345678", "0987654321", "0912345678", "123", "+84912345679"])
    assert (answer["data"]["totalSMS"], answer["data"]["invalidPhone"]) == (2, ["123", "+84912345679"])
    account.desk.fault("speedsms", "undelivered", number=OTHER)
    account.desk.deliver()
    account.send(to="0987654321")
    account.desk.deliver()
    found = account.get(f"sms/status/{answer['data']['tranId']}").json()["data"]
    assert found == [{"phone": "84912345678", "status": 0}, {"phone": "84987654321", "status": 0}]
    assert reports(site, "84987654321") == [0, 64]


def test_the_same_order_twice_is_two_messages(account: Account) -> None:
    assert account.send() != account.send()
    account.desk.deliver()
    assert len(account.desk.messages("sms", TO)) == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": []}, "101"),
        ({"to": [84912345678]}, "101"),
        ({"to": ["0912345678"] * 101}, "101"),
        ({"to": ["123"]}, "105"),
        ({"to": "02438250000"}, "105"),
        ({"content": ""}, "101"),
        ({"content": 5}, "101"),
        ({"content": "a" * 460}, "113"),
        ({"content": "ạ" * 202}, "113"),
        ({"sms_type": 1}, "101"),
        ({"sms_type": None}, "101"),
        ({"sender": ""}, "101"),
        ({"sender": "XaBaVi"}, "101"),
        ({"sms_type": 4, "sender": "PhuongLang"}, "101"),
        ({"sms_type": 5, "sender": ""}, "101"),
    ],
)
def test_what_is_refused(open_desk: Open, change: dict[str, object], code: str) -> None:
    account = Account(open_desk(speedsms=replace(CONFIG, brandnames=frozenset({"PhuongLang"}))))
    answer = account.order(**change)
    assert (answer["status"], answer["code"]) == ("error", code)
    assert answer["message"]
    assert account.desk.messages("sms", TO) == []
    assert account.left() == CONFIG.balance


@pytest.mark.parametrize(
    ("change", "code"),
    [({"ips": frozenset({"203.0.113.5"})}, "007"), ({"blocked": True}, "008"), ({"api_off": True}, "009")],
)
def test_accounts_that_may_not(open_desk: Open, change: dict[str, Any], code: str) -> None:
    account = Account(open_desk(speedsms=replace(CONFIG, **change)))
    assert account.order()["code"] == code
    assert account.get("user/info").json()["code"] == code


@pytest.mark.parametrize("auth", [("wrong", "x"), (CONFIG.token, "y"), None])
def test_a_wrong_token(account: Account, auth: tuple[str, str] | None) -> None:
    for method, path in (("POST", "sms/send"), ("GET", "user/info"), ("GET", "sms/status/100001")):
        answer = httpx.request(method, f"{account.desk.url}/speedsms/index.php/{path}", auth=auth, json={})
        assert (answer.status_code, answer.json()["name"]) == (401, "Unauthorized")


def test_an_empty_account(open_desk: Open) -> None:
    account = Account(open_desk(speedsms=replace(CONFIG, balance=CONFIG.price)))
    assert account.order(to=["0912345678", "0987654321"])["code"] == "300"
    account.send()
    assert account.order()["code"] == "300"
    assert account.get("user/info").json()["data"] == {"email": CONFIG.email, "balance": 0, "currency": "VND"}


def test_sixty_requests_a_minute(open_desk: Open) -> None:
    account = Account(open_desk(speedsms=replace(CONFIG, requests_per_minute=60)))
    for _ in range(60):
        account.get("user/info")
    refused = account.post(to="0912345678", content="a", sms_type=2)
    assert refused.status_code == 429
    assert refused.json() == {
        "name": "Too Many Requests", "message": "Rate limit exceeded.", "code": 0, "status": 429
    }  # fmt: skip
    assert refused.headers["X-Rate-Limit-Reset"] == "60"
    account.desk.clock.forward(seconds=60)
    account.send()


def test_an_order_nobody_knows(account: Account) -> None:
    assert account.get("sms/status/4040").json()["code"] == "101"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ({"kind": "undelivered"}, [64]),
        ({"kind": "undelivered", "code": 70}, [70]),
        ({"kind": "failed"}, [64]),
        ({"kind": "undelivered", "code": 9}, [9, 64]),
        ({"kind": "callback_repeated"}, [0, 0]),
        ({"kind": "callback_reordered"}, [0, 1]),
        ({"kind": "callback_late"}, [0]),
        ({"kind": "callback_never"}, []),
    ],
)
def test_reports_of_messages_that_are_struck(
    account: Account, site: Site, fault: dict[str, object], told: list[int]
) -> None:
    account.desk.control.post("/faults", json={"provider": "speedsms", "count": 1, **fault})
    account.send()
    account.send(to="0987654321")
    account.desk.deliver()
    assert (reports(site), reports(site, "84987654321")) == (told, [0])


def test_a_phone_that_is_off_is_first_not_yet_then_never(account: Account, site: Site) -> None:
    account.desk.control.post(f"/phones/{TO}/power", json={"on": False})
    account.send()
    account.desk.deliver()
    assert reports(site) == [1, 64]
    assert account.left() == CONFIG.balance


def test_reports_are_sent_again_until_taken(account: Account, site: Site) -> None:
    site.answers = [Say(500), Say(404), Say()]
    account.send()
    account.desk.deliver()
    assert reports(site) == [0, 0, 0]
    assert [entry["http_status"] for entry in account.desk.log("callback")] == [500, 404, 200]


def test_people_write_back_to_a_number(account: Account, site: Site) -> None:
    account.send(sms_type=8, sender="")
    account.desk.deliver()
    said = account.desk.say("sms", TO, "dạ có")
    account.desk.deliver()
    assert (said["provider"], said["office"]) == ("speedsms", CONFIG.number)
    assert site.heard[-1].json == {"type": "incoming", "phone": "84912345678", "content": "dạ có"}
    account.desk.fault("speedsms", "webhook_repeated", count=1)
    account.desk.say("sms", TO, "dạ")
    account.desk.deliver()
    assert [heard.json["content"] for heard in site.heard[-2:]] == ["dạ", "dạ"]


def test_people_answer_a_brandname_by_the_short_code(open_desk: Open, site: Site) -> None:
    speedsms, shortcode = replace(CONFIG, webhook_url=f"{site.url}/a"), ShortcodeConfig(webhook_url=f"{site.url}/mo")
    account = Account(open_desk(speedsms=speedsms, shortcode=shortcode))
    account.send()
    account.desk.deliver()
    said = account.desk.say("sms", TO, "dạ có")
    account.desk.deliver()
    assert (said["provider"], said["office"]) == ("shortcode", "8079")
    assert site.heard[-1].path == "/mo"


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ({"kind": "refused", "code": 7}, 200, "007"),
        ({"kind": "refused", "code": 300}, 200, "300"),
        ({"kind": "rate_limited"}, 429, 0),
        ({"kind": "server_error"}, 200, "500"),
        ({"kind": "server_error", "code": 503}, 503, 0),
    ],
)
def test_faults_that_refuse(account: Account, fault: dict[str, object], status: int, code: object) -> None:
    account.desk.control.post("/faults", json={"provider": "speedsms", "count": 1, "number": TO, **fault})
    answer = account.post(to=["0912345678"], content="a", sms_type=2)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert account.desk.messages("sms", TO) == []
    account.send()


@pytest.mark.parametrize(
    ("kind", "error", "sent"),
    [
        ("dropped", httpx.RemoteProtocolError, 0),
        ("dropped_after_accept", httpx.RemoteProtocolError, 1),
        ("timeout_after_accept", httpx.ReadTimeout, 1),
    ],
)
def test_lost_answers(account: Account, kind: str, error: type[Exception], sent: int) -> None:
    account.desk.fault("speedsms", kind, count=1)
    with pytest.raises(error):
        account.post(to=["0912345678"], content="a", sms_type=2, timeout=0.5)
    assert len(account.desk.messages("sms", TO)) == sent
