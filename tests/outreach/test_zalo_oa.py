"""The Zalo adapter against the stand-in over HTTP."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from core.database import transaction
from outreach.account_quota import quota_left
from outreach.channels.adapter import (
    Accepted,
    CannotTell,
    ErrorClass,
    Found,
    NotSent,
    Outgoing,
    ProviderTemplate,
    Rejected,
    Throttled,
    Unknown,
)
from outreach.channels.fuse import Fuse
from outreach.channels.registry import account_for, error_class, receipt_meaning
from outreach.channels.zalo import house
from outreach.channels.zalo.tracking import tracking_id
from outreach.message import MessageState
from outreach.receipts import take_receipt
from roster.contact import ContactKind
from simulator.zalo.identity import user_id_of
from tests.channels.zalo_site import StartSite, authorise, zalo_site
from tests.environment import TestClock
from tests.outreach.conftest import read_settings_anew
from tests.simulator.zalo_customer import PHONE, USER, ZaloStandIn

__all__ = ["zalo_site"]

READ = (
    "UBND Phường Láng kính gửi bà Hoa. Trợ cấp vẫn trả như trước. Mã hồ sơ: AB12 CD34. Hạn: 20/01/2027. Hỏi tổ trưởng."
)
DATA = {"phuong": "UBND Phường Láng", "ten": "bà Hoa", "ma": "AB12 CD34", "han": "20/01/2027"}
TEMPLATE = ProviderTemplate("700001", DATA)
WORD = Outgoing(1, USER, "Chào bà", address_kind=ContactKind.ZALO)
INVITATION = Outgoing(2, "0912345678", "Kính gửi bà", template=TEMPLATE)


@pytest.fixture
def site(zalo_site: StartSite) -> ZaloStandIn:
    """The stand-in, a follower at PHONE, and we let in."""
    begun = zalo_site()
    authorise()
    begun.follow()
    return begun


def lit() -> Fuse:
    return Fuse(60)


def sent(site: ZaloStandIn) -> list[str]:
    """The texts that the provider has taken for PHONE."""
    return [message["text"] for message in site.messages() if message["direction"] == "to_phone"]


def test_a_word_is_taken(site: ZaloStandIn) -> None:
    choices = json.dumps([{"title": "Đồng ý", "payload": "consent=yes"}])
    outcome = house.adapter().send(replace(WORD, choices=choices), lit())
    [taken] = [message for message in site.messages() if message["direction"] == "to_phone"]
    assert outcome == Accepted(taken["id"])
    assert (taken["text"], taken["buttons"][0][0]["title"]) == ("Chào bà", "Đồng ý")


def test_the_form_for_the_phone_is_taken(site: ZaloStandIn) -> None:
    choices = json.dumps([{"title": "Gửi số", "payload": "share=phone"}])
    assert isinstance(house.adapter().send(replace(WORD, choices=choices), lit()), Accepted)
    assert site.messages()[-1]["kind"] == "contact_request"


def test_an_invitation_by_phone_is_known_by_our_mark(site: ZaloStandIn) -> None:
    assert house.adapter().send(INVITATION, lit()) == Accepted(tracking_id(2))
    details = site.simulator.world.ledger.message(site.messages()[-1]["id"])
    assert details is not None
    assert details.details["tracking_id"] == tracking_id(2)
    assert sent(site) == [READ]


def test_an_invitation_by_user_id(site: ZaloStandIn) -> None:
    outcome = house.adapter().send(replace(WORD, template=TEMPLATE), lit())
    assert outcome == Accepted(site.messages()[-1]["id"])
    assert sent(site) == [READ]


@pytest.mark.parametrize(
    ("message", "code", "expected"),
    [
        (replace(WORD, body="dài " * 600), "-210", ErrorClass.OUR_BUG),
        (replace(WORD, address=user_id_of("+84987654321")), "-213", ErrorClass.UNREACHABLE),
        (replace(INVITATION, template=ProviderTemplate("1", DATA)), "-109", ErrorClass.STOP_ACCOUNT),
        (replace(INVITATION, template=ProviderTemplate("700001", {})), "-111", ErrorClass.OUR_BUG),
        (replace(INVITATION, template=ProviderTemplate("700001", {**DATA, "ten": "a" * 31})), "-1121",
         ErrorClass.OUR_BUG),
    ],
)  # fmt: skip
def test_refusals(site: ZaloStandIn, message: Outgoing, code: str, expected: ErrorClass) -> None:
    assert house.adapter().send(message, lit()) == Rejected(code, expected)
    assert sent(site) == []


def test_outside_the_window_a_word_is_refused(site: ZaloStandIn, clock: TestClock) -> None:
    clock.advance(timedelta(days=8))
    assert house.adapter().send(WORD, lit()) == Rejected("-230", ErrorClass.UNREACHABLE)


@pytest.mark.parametrize(("refusal", "message"), [(-217, WORD), (-139, INVITATION)])
def test_a_person_who_shuts_us_out(site: ZaloStandIn, refusal: int, message: Outgoing) -> None:
    site.person(oa_refusal=refusal if message is WORD else 0, template_refusal=refusal if message is INVITATION else 0)
    assert house.adapter().send(message, lit()) == Rejected(str(refusal), ErrorClass.UNREACHABLE)


@pytest.mark.parametrize("message", [WORD, INVITATION])
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "rate_limited"}, Throttled()),
        ({"kind": "rate_limited", "code": 429}, Throttled()),
        ({"kind": "refused", "code": -200}, Rejected("-200", ErrorClass.RETRY_LATER)),
        ({"kind": "refused", "code": -321}, Rejected("-321", ErrorClass.STOP_ACCOUNT)),
        ({"kind": "refused", "code": -4321}, Rejected("-4321", ErrorClass.OUR_BUG)),
        ({"kind": "server_error", "code": 500}, Unknown("http_500")),
        ({"kind": "server_error", "code": 502}, Unknown("http_502")),
        ({"kind": "server_error", "code": 403}, Rejected("http_403", ErrorClass.STOP_ACCOUNT)),
        ({"kind": "server_error", "code": 200}, Unknown("unreadable_answer")),
        ({"kind": "dropped"}, Unknown("connection_lost")),
        ({"kind": "dropped_after_accept"}, Unknown("connection_lost")),
        ({"kind": "timeout_after_accept"}, Unknown("read_timeout")),
    ],
)
def test_trouble(
    site: ZaloStandIn, monkeypatch: pytest.MonkeyPatch, message: Outgoing, fault: dict[str, object], expected: object
) -> None:
    monkeypatch.setenv("LOA_READ_TIMEOUT_SECONDS", "0.3")
    read_settings_anew()
    site.fault(count=1, **fault)  # type: ignore[arg-type]
    assert house.adapter().send(message, lit()) == expected


def test_no_request_is_ever_repeated(site: ZaloStandIn) -> None:
    site.fault("dropped")
    house.adapter().send(WORD, lit())
    assert len(site.log("dropped")) == 1


def test_nobody_listens(site: ZaloStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        monkeypatch.setenv("LOA_ZALO_OPENAPI_URL", f"http://127.0.0.1:{bound.getsockname()[1]}")
        read_settings_anew()
        assert house.adapter().send(WORD, lit()) == NotSent("no_connection", away=True)


def test_a_blown_fuse_lets_nothing_out(site: ZaloStandIn) -> None:
    assert house.adapter().send(WORD, Fuse(-1)) == NotSent("fuse_blown")
    looks = iter([0.0, 0.0, 99.0])  # the second look, right before the bytes leave, is too late
    assert house.adapter().send(WORD, Fuse(5, lambda: next(looks))) == NotSent("fuse_blown")
    assert sent(site) == []


# --- the access token --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("message", "code"), [(WORD, -216), (WORD, -220), (INVITATION, -124)])
def test_a_refused_token_is_replaced_once_and_the_message_goes_out_once(
    site: ZaloStandIn, message: Outgoing, code: int
) -> None:
    before = house.keeper().current()
    site.fault("refused", count=1, code=code, number=PHONE)
    assert isinstance(house.adapter().send(message, lit()), Accepted)
    assert len(sent(site)) == 1
    assert house.keeper().current() != before


def test_a_token_that_is_refused_again_stops_the_account(site: ZaloStandIn) -> None:
    site.fault("refused", count=2, code=-216, number=PHONE)
    assert house.adapter().send(WORD, lit()) == Rejected("-216", ErrorClass.STOP_ACCOUNT)
    assert (len(site.log("granted")), sent(site)) == (2, [])


def test_after_the_replacing_the_fuse_is_looked_at_again(site: ZaloStandIn) -> None:
    site.fault("refused", count=1, code=-216, number=PHONE)
    looks = iter([0.0, 0.0, 0.0, 99.0])  # lit; begun; before the first call; before the second
    assert house.adapter().send(WORD, Fuse(5, lambda: next(looks))) == NotSent("fuse_blown")
    assert sent(site) == []


def test_without_a_token_nothing_leaves_and_the_account_stops(zalo_site: StartSite) -> None:
    site = zalo_site()
    assert house.adapter().send(INVITATION, lit()) == Rejected("never_authorised", ErrorClass.STOP_ACCOUNT)
    assert site.log("refused") == []


def test_a_proof_of_the_secret_where_the_app_asks_for_it(zalo_site: StartSite) -> None:
    zalo_site(needs_proof=True)
    authorise()
    assert house.adapter().send(INVITATION, lit()) == Rejected("-1241", ErrorClass.STOP_ACCOUNT)
    zalo_site({"LOA_ZALO_SEND_PROOF": "true"}, needs_proof=True)
    authorise()
    assert house.adapter().send(INVITATION, lit()) == Accepted(tracking_id(2))


# --- a lost answer -----------------------------------------------------------------------------------------------


def test_zalo_cannot_be_asked_for_a_word(site: ZaloStandIn) -> None:
    assert house.adapter().look_up(WORD, []) == CannotTell(forever=True)


def test_an_invitation_whose_answer_was_lost_is_found_by_its_receipt(site: ZaloStandIn, clock: TestClock) -> None:
    site.fault("dropped_after_accept", count=1)
    lost = replace(INVITATION, message_id=9001)
    assert house.adapter().send(lost, lit()) == Unknown("connection_lost")
    assert house.adapter().look_up(lost, []) == CannotTell(forever=True)
    with transaction() as session:
        take_receipt(session, "zalo", tracking_id(9001), "user_received_message", None, clock.now())
    assert house.adapter().look_up(lost, []) == Found(tracking_id(9001))


# --- the account -------------------------------------------------------------------------------------------------


def test_the_account_is_the_oas(site: ZaloStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    account = account_for("zalo")
    assert (account.name, account.daily_quota, account.price_dong) == ("zalo", None, 200)
    assert account.wave_per_second == pytest.approx(4000 / 60 * 0.8)
    monkeypatch.setenv("LOA_ZALO_DAILY_QUOTA", "500")
    read_settings_anew()
    assert account_for("zalo").daily_quota == 500


@pytest.mark.parametrize("code", [-144, -147])
def test_a_used_up_day_is_remembered(site: ZaloStandIn, clock: TestClock, code: int) -> None:
    site.fault("refused", count=1, code=code)
    assert house.adapter().send(INVITATION, lit()) == Rejected(str(code), ErrorClass.RESCHEDULE)
    with transaction() as session:
        assert quota_left(session, "zalo", clock.now()) == 0
        assert quota_left(session, "zalo", clock.now() + timedelta(days=1)) is None


def test_what_receipts_mean() -> None:
    assert receipt_meaning("zalo", "user_received_message") is MessageState.DELIVERED
    assert receipt_meaning("zalo", "user_seen_message") is MessageState.DELIVERED
    assert receipt_meaning("zalo", "user_send_text") is None
    assert error_class("zalo", "no_token") is None
