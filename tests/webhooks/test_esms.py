"""eSMS's delivery reports: on the secret path alone, each taken once."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from language.phones import to_e164
from outreach.channels.adapter import Accepted, Outgoing
from outreach.channels.esms.request_id import request_id
from outreach.channels.fuse import Fuse
from outreach.channels.registry import adapter_for
from simulator.esms.config import EsmsConfig
from tests.channels.domestic_site import ESMS_SECRET, StartSite, start_site
from tests.channels.door import door, door_url, receipts
from tests.environment import TestClock

__all__ = ["door", "door_url", "start_site"]

WORD = Outgoing(7, "0912345678", "Kinh gui ong/ba", key="7-0")


@pytest.fixture
def own(start_site: StartSite) -> None:
    start_site("esms")


def report(door: FlaskClient, secret: str = ESMS_SECRET, **changes: str) -> TestResponse:
    fields = {
        "SMSID": "abc9999",
        "SendStatus": "5",
        "SendSuccess": "1",
        "SendFailed": "0",
        "phonenumber": "0912345678",
        "RequestId": "7-0_0011223344556677",
        "TotalPrice": "850.0000",
        **changes,
    }
    query = {name: value for name, value in fields.items() if value != "-"}
    return door.get(f"/webhooks/esms/{secret}", query_string=query)


@pytest.mark.parametrize(
    ("changes", "word", "code"),
    [
        ({}, "delivered", None),
        ({"SendSuccess": "0", "SendFailed": "1"}, "failed", "undelivered"),
        ({"SendSuccess": "0"}, "status_5", None),
        ({"SendStatus": "7", "SendSuccess": "0"}, "status_7", None),
        ({"SendStatus": "2", "SendSuccess": "-", "SendFailed": "-"}, "status_2", None),
    ],
)
def test_a_report_is_kept_under_our_own_id(
    own: None, door: FlaskClient, changes: dict[str, str], word: str, code: str | None
) -> None:
    assert report(door, **changes).status_code == 200
    assert receipts() == [("esms", "7-0_0011223344556677", word, code)]


def test_five_repetitions_are_one_report(own: None, door: FlaskClient) -> None:
    assert [report(door).status_code for _ in range(6)] == [200] * 6
    assert len(receipts()) == 1


@pytest.mark.parametrize(
    "secret", ["doan-mo", ESMS_SECRET[:-1], ESMS_SECRET + "x", ESMS_SECRET.upper(), "%F0%9F%98%80"]
)
def test_on_any_other_path_nothing_gets_in(own: None, door: FlaskClient, secret: str) -> None:
    answer = report(door, secret)
    assert answer.status_code == 403
    assert ESMS_SECRET not in answer.text
    assert receipts() == []


@pytest.mark.parametrize("secret", ["", "-", "x"])
def test_without_a_secret_every_path_is_wrong(start_site: StartSite, door: FlaskClient, secret: str) -> None:
    start_site("esms", {"LOA_ESMS_CALLBACK_SECRET": ""})
    assert report(door, secret).status_code in (403, 404, 308)
    assert receipts() == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"RequestId": "-"}, "RequestId"),
        ({"RequestId": ""}, "RequestId"),
        ({"RequestId": "9" * 51}, "RequestId"),
        ({"SendStatus": "-"}, "SendStatus"),
        ({"SendStatus": "xong"}, "SendStatus"),
        ({"SendFailed": "-1"}, "SendFailed"),
        ({"SendSuccess": "٣"}, "SendSuccess"),
    ],
)
def test_a_malformed_report_is_refused_with_its_field(
    own: None, door: FlaskClient, changes: dict[str, str], field: str
) -> None:
    answer = report(door, **changes)
    assert (answer.status_code, answer.get_json()["field"]) == (400, field)
    assert "0912345678" not in answer.text
    assert receipts() == []


def test_the_path_takes_no_post(own: None, door: FlaskClient) -> None:
    assert door.post(f"/webhooks/esms/{ESMS_SECRET}", json={"RequestId": "1"}).status_code == 405


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ([], ["delivered"]),
        (["callback_repeated"], ["delivered"]),
        (["undelivered"], ["failed"]),
        (["failed"], ["failed"]),
    ],
)
def test_the_stand_ins_reports_arrive(
    start_site: StartSite, door_url: str, clock: TestClock, faults: list[str], told: list[str]
) -> None:
    site = start_site("esms", {"LOA_PUBLIC_URL": door_url}, esms=EsmsConfig(sent_after=0, delivered_after=0))
    for kind in faults:
        site.fault(kind, count=1)
    assert isinstance(adapter_for("esms").send(WORD, Fuse(60)), Accepted)
    site.deliver()
    assert site.texts_to(to_e164(WORD.address)) == [WORD.body]
    assert [(mark, word) for _, mark, word, _ in receipts()] == [(request_id(WORD), word) for word in told]
