"""Messages under a brandname: what eSMS takes, counts and refuses."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.simulator.desk import Open
from tests.simulator.esms_account import CONFIG, KEYS, TO, Account


@pytest.fixture
def account(open_desk: Open) -> Account:
    return Account(open_desk(esms=CONFIG))


def test_an_accepted_message_reaches_the_phone(account: Account) -> None:
    answer = account.order()
    assert (answer["CodeResult"], answer["CountRegenerate"]) == ("100", 0)
    [message] = account.desk.messages("sms", TO)
    assert (message["id"], message["provider"], message["office"]) == (answer["SMSID"], "esms", "PhuongLang")
    assert message["reached"] is False
    account.desk.deliver()
    assert account.arrived() == ["Kinh moi"]


@pytest.mark.parametrize("path", ["SendMultipleMessage_V4_post_json/", "SendMultipleMessage_V4_post_json"])
def test_with_and_without_the_last_slash(account: Account, path: str) -> None:
    body: dict[str, Any] = {
        **KEYS,
        "Phone": "84912345678",
        "Content": "a",
        "Brandname": "PhuongLang",
        "SmsType": 2,
        "IsUnicode": 0,
    }
    assert account.post(path, **body).json()["CodeResult"] == "100"


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"ApiKey": "x"}, "101", "Authorize Failed"),
        ({"SecretKey": ""}, "101", "Authorize Failed"),
        ({"SmsType": ""}, "300", "Missing message type"),
        ({"SmsType": "8"}, "118", "Unsupported message type"),
        ({"Brandname": ""}, "104", "Brand name code is not exist"),
        ({"Brandname": "XaBaVi"}, "104", "Brand name code is not exist"),
        ({"Phone": ""}, "108", "Phone number is not in correct format"),
        ({"Phone": "0912 345 678"}, "108", "Phone number is not in correct format"),
        ({"Phone": "+84912345678"}, "108", "Phone number is not in correct format"),
        ({"Phone": "02438250000"}, "108", "Phone number is not in correct format"),
        ({"Phone": "091234567"}, "108", "Phone number is not in correct format"),
        ({"Phone": "0592345678"}, "177", "The network is not registered"),
        ({"Content": ""}, "99", "Invalid request"),
        ({"Content": "Kính mời"}, "99", "Invalid request"),
        ({"Content": "Moi ba di hop"}, "146", "Sai template Brandname CSKH"),
        ({"RequestId": "r" * 51}, "99", "Invalid request"),
        ({"SendDate": "20/01/2027"}, "99", "Invalid request"),
    ],
)
def test_what_is_refused(open_desk: Open, change: dict[str, str], code: str, words: str) -> None:
    registered = replace(
        CONFIG,
        brandnames=frozenset({"PhuongLang"}),
        carriers=frozenset({"Viettel", "Vinaphone", "MobiFone"}),
        templates=("Kinh moi {ten} den {noi}", "Kinh moi", "{bat_ky} ạ"),
    )
    account = Account(open_desk(esms=registered))
    answer = account.order(**change)
    assert (answer["CodeResult"], answer["ErrorMessage"]) == (code, words)
    assert account.desk.messages("sms", TO) == []
    assert [entry["code"] for entry in account.desk.log("refused")] == [code]
    assert account.left() == CONFIG.balance


def test_registered_templates_take_any_words_in_their_places(open_desk: Open) -> None:
    account = Account(open_desk(esms=replace(CONFIG, templates=("Kinh moi {ten} den {noi}.",))))
    assert account.order(Content="Kinh moi ba Hoa den UBND phuong Lang (so 2).")["CodeResult"] == "100"
    assert account.order(Content="Kinh moi  den .")["CodeResult"] == "146"
    assert account.order(Content="Kinh moi ba Hoa den UBND phuong Lang. Xin cam on")["CodeResult"] == "146"


def test_only_known_addresses_may_send(open_desk: Open) -> None:
    account = Account(open_desk(esms=replace(CONFIG, ips=frozenset({"203.0.113.5"}))))
    assert account.order()["CodeResult"] == "140"


def test_what_is_no_json_object(account: Account) -> None:
    url = f"{account.desk.url}/esms/MainService.svc/json/SendMultipleMessage_V4_post_json/"
    for content, kind in (("{", "application/json"), ("[]", "application/json"), ('{"ApiKey":"a"}', "text/plain")):
        answer = httpx.post(url, content=content, headers={"Content-Type": kind})
        assert (answer.status_code, answer.json()) == (400, {"error": "Invalid request"})


@pytest.mark.parametrize(
    ("text", "parts", "code"),
    [
        ("a" * 160, 1, "100"),
        ("a" * 161, 2, "100"),
        ("a" * 306, 2, "100"),
        ("a" * 307, 3, "100"),
        ("a" * 459, 3, "100"),
        ("a" * 460, 0, "99"),
        ("ạ" * 70, 1, "100"),
        ("ạ" * 71, 2, "100"),
        ("ạ" * 201, 3, "100"),
        ("ạ" * 202, 0, "99"),
    ],
)
def test_parts_are_counted_and_paid(account: Account, text: str, parts: int, code: str) -> None:
    assert account.order(Content=text, IsUnicode="1")["CodeResult"] == code
    assert [message["segments"] for message in account.desk.messages("sms", TO)] == [parts] * bool(parts)
    assert account.left() == CONFIG.balance - parts * CONFIG.price


def test_an_account_may_have_diacritics_taken_off(open_desk: Open) -> None:
    account = Account(open_desk(esms=replace(CONFIG, strips_diacritics=True)))
    account.send(Content="Kính mời bà đến ạ")
    account.desk.deliver()
    assert account.arrived() == ["Kinh moi ba den a"]


def test_a_request_id_is_taken_once_in_a_day(account: Account) -> None:
    account.send(RequestId="hang-7")
    account.desk.clock.forward(hours=23, minutes=59)
    again = account.order(RequestId="hang-7", Phone="0987654321")
    assert (again["CodeResult"], again["ErrorMessage"], "SMSID" in again) == ("124", "Request exist 1", False)
    account.send(RequestId="hang-8")
    account.desk.clock.forward(minutes=1)
    account.send(RequestId="hang-7")
    account.send()
    account.send()
    account.desk.deliver()
    assert len(account.arrived()) == 5
    assert account.order(RequestId="hang-7")["SendStatus"] == "5"


def test_of_many_at_once_with_one_request_id_one_is_sent(account: Account) -> None:
    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(lambda _: account.order(RequestId="hang-7")["CodeResult"], range(16)))
    assert sorted(codes) == ["100"] + ["124"] * 15
    assert len(account.desk.messages("sms", TO)) == 1


def test_an_empty_account_sends_nothing_and_its_request_ids_stay_free(open_desk: Open) -> None:
    account = Account(open_desk(esms=replace(CONFIG, balance=2 * CONFIG.price)))
    account.send()
    refused = account.order(Content="a" * 161, RequestId="hang-7")
    assert refused["CodeResult"] == "103"
    account.send(RequestId="hang-7")
    assert account.order()["CodeResult"] == "103"
    assert account.left() == 0


def test_what_does_not_arrive_costs_nothing(account: Account) -> None:
    account.desk.fault("esms", "undelivered", count=1)
    account.send()
    assert account.left() == CONFIG.balance - CONFIG.price
    account.desk.deliver()
    assert account.left() == CONFIG.balance


def test_the_sandbox_checks_and_sends_nothing(account: Account) -> None:
    assert account.order(Sandbox="1", RequestId="hang-7")["CodeResult"] == "100"
    assert account.order(Sandbox=1, Phone="1")["CodeResult"] == "108"
    assert account.desk.messages("sms", TO) == []
    assert account.left() == CONFIG.balance
    assert account.order(RequestId="hang-7")["CodeResult"] == "100"


def test_a_blocked_number_is_refused(account: Account) -> None:
    account.desk.control.post(f"/phones/{TO}/opt-out", json={"refuses": True})
    assert account.order()["CodeResult"] == "99"


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ({"kind": "refused", "code": 103}, 200, "103"),
        ({"kind": "refused", "code": 146}, 200, "146"),
        ({"kind": "rate_limited"}, 429, None),
        ({"kind": "server_error"}, 500, None),
        ({"kind": "server_error", "code": 503}, 503, None),
    ],
)
def test_faults_that_refuse(account: Account, fault: dict[str, object], status: int, code: str | None) -> None:
    body = {**KEYS, "Phone": "0912345678", "Content": "a", "Brandname": "PhuongLang", "SmsType": "2"}
    account.desk.control.post("/faults", json={"provider": "esms", "count": 1, "number": TO, **fault})
    answer = account.post(**body)
    assert (answer.status_code, answer.json().get("CodeResult")) == (status, code)
    assert account.desk.messages("sms", TO) == []
    assert account.post(**body).json()["CodeResult"] == "100"


@pytest.mark.parametrize(
    ("kind", "error", "sent"),
    [
        ("dropped", httpx.RemoteProtocolError, 0),
        ("dropped_after_accept", httpx.RemoteProtocolError, 1),
        ("timeout_after_accept", httpx.ReadTimeout, 1),
    ],
)
def test_after_a_lost_answer_the_request_id_tells(
    account: Account, kind: str, error: type[Exception], sent: int
) -> None:
    account.desk.fault("esms", kind, count=1)
    body = {**KEYS, "Phone": "0912345678", "Content": "Kinh moi", "Brandname": "PhuongLang", "SmsType": "2"}
    with pytest.raises(error):
        account.post(**body, RequestId="hang-7", timeout=0.5)
    assert len(account.desk.messages("sms", TO)) == sent
    assert account.order(RequestId="hang-7")["CodeResult"] == ("124" if sent else "100")
    account.desk.deliver()
    assert account.arrived() == ["Kinh moi"]
