"""The balance, and what became of a message, as eSMS answers."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.simulator.desk import Open
from tests.simulator.esms_account import CONFIG, KEYS, Account


@pytest.fixture
def account(open_desk: Open) -> Account:
    return Account(open_desk(esms=CONFIG))


def test_the_balance_in_both_forms(account: Account) -> None:
    account.send()
    wanted = {"Balance": CONFIG.balance - CONFIG.price, "CodeResponse": "100", "UserID": CONFIG.user_id}
    assert account.post("GetBalance_json", **KEYS).json() == wanted
    assert account.ask(f"GetBalance/{KEYS['ApiKey']}/{KEYS['SecretKey']}") == wanted


def test_wrong_keys(account: Account) -> None:
    sms_id = account.send()
    assert account.post("GetBalance_json", ApiKey="x", SecretKey="y").json()["CodeResponse"] == "101"
    assert account.ask("GetSendStatus", RefId=sms_id, SecretKey="y")["CodeResponse"] == "101"
    assert account.ask("GetSmsReceiverStatus_get", RefId=sms_id, ApiKey="y")["CodeResult"] == "101"


def test_a_message_from_order_to_phone(account: Account) -> None:
    sms_id = account.send()
    assert account.ask("GetSendStatus", RefId=sms_id)["CodeResponse"] == "105"  # too early to ask
    account.desk.clock.forward(seconds=5)
    waiting = account.ask("GetSendStatus", RefId=sms_id)
    assert (waiting["CodeResponse"], waiting["SendStatus"], waiting["TotalSent"]) == ("100", 2, 0)
    account.desk.deliver()
    assert account.ask("GetSendStatus", RefId=sms_id) == {
        "CodeResponse": "100", "SMSID": sms_id, "SendFailed": 0, "SendStatus": 5, "SendSuccess": 1,
        "TotalPrice": 850.0, "TotalReceiver": 1, "TotalSent": 1,
    }  # fmt: skip
    [receiver] = account.ask("GetSmsReceiverStatus_get", RefId=sms_id)["ReceiverList"]
    assert receiver == {
        "IsSent": True, "NetworkName": "Vinaphone", "Phone": "0912345678", "Retry": 0, "SentResult": True
    }  # fmt: skip


def test_a_message_that_was_lost(open_desk: Open) -> None:
    account = Account(open_desk(esms=replace(CONFIG, status_after=0)))
    account.desk.fault("esms", "undelivered", count=1)
    sms_id = account.send()
    account.desk.deliver()
    found = account.ask("GetSendStatus", RefId=sms_id)
    assert (found["SendStatus"], found["SendSuccess"], found["SendFailed"], found["TotalPrice"]) == (5, 0, 1, 0.0)
    assert account.ask("GetSmsReceiverStatus_get", RefId=sms_id)["ReceiverList"][0]["SentResult"] is False


def test_unknown_and_old_messages_are_not_found(account: Account) -> None:
    sms_id = account.send()
    account.desk.clock.forward(days=7, seconds=1)
    for ref in (sms_id, "khong-co"):
        assert account.ask("GetSendStatus", RefId=ref)["CodeResponse"] == "105"
        assert account.ask("GetSmsReceiverStatus_get", RefId=ref)["CodeResult"] == "105"


def test_what_was_ordered_in_a_time(account: Account) -> None:
    for text in ("mot", "hai", "ba"):
        account.send(Content=text, campaignid="moi")
        account.desk.clock.forward(minutes=1)
    account.desk.deliver()
    body: dict[str, Any] = {
        **KEYS,
        "SmsType": "2",
        "From": "2027-01-20 09:31:00",
        "To": "2027-01-20 23:59:59",
        "Page": 1,
    }
    found = account.post("GetSmsSentData_V2", **body, PageSize=500).json()
    assert (found["CodeResult"], found["CountTotal"]) == ("100", 2)
    shown = [(line["Content"], line["SendResult"], line["Campaign"]) for line in found["SentData"]]
    assert shown == [("hai", 1, "moi"), ("ba", 1, "moi")]
    second = account.post("GetSmsSentData_V2", **{**body, "Page": 2}, PageSize=1).json()
    assert [line["Content"] for line in second["SentData"]] == ["ba"]


def test_questions_are_struck_by_faults_too(account: Account) -> None:
    account.desk.fault("esms", "server_error", count=1, code=504)
    url = f"{account.desk.url}/esms/MainService.svc/json/GetSendStatus"
    assert httpx.get(url, params=KEYS).status_code == 504
