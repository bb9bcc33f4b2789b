"""What each message becomes on the wire, and our marks there and back. Pure."""

from __future__ import annotations

import json
import unicodedata

import pytest

from outreach.channels.adapter import ErrorClass, Outgoing, ProviderTemplate, Rejected
from outreach.channels.choices import SHARE_PHONE
from outreach.channels.zalo.buttons import from_button
from outreach.channels.zalo.calls import LONGEST_SUBTITLE, Call, Style, call_for
from outreach.channels.zalo.tracking import is_ours, tracking_id
from roster.contact import ContactKind

STYLE = Style("Chia sẻ số điện thoại", "https://phuong.example/anh.png")
SHARE = {"title": "Gửi số điện thoại", "payload": SHARE_PHONE}
YES, NO = {"title": "Đồng ý", "payload": "consent=yes"}, {"title": "Không", "payload": "consent=no"}


def consultation(text: str, *choices: dict[str, str]) -> dict[str, object]:
    offered = json.dumps(choices, ensure_ascii=False) if choices else None
    call = call_for(Outgoing(7, "1230", text, offered, address_kind=ContactKind.ZALO), STYLE)
    assert isinstance(call, Call)
    assert (call.path, call.known_as, call.body["recipient"]) == ("/v3.0/oa/message/cs", None, {"user_id": "1230"})
    message: dict[str, object] = call.body["message"]
    return message


def test_a_text_is_composed_before_it_is_counted() -> None:
    assert consultation(unicodedata.normalize("NFD", "Kính gửi bà")) == {"text": "Kính gửi bà"}


def test_choices_become_hidden_queries_and_come_back_as_they_were() -> None:
    message = consultation("Bà đồng ý ạ?", YES, NO)
    buttons = message["attachment"]["payload"]["buttons"]  # type: ignore[index]
    assert [(one["title"], one["type"]) for one in buttons] == [("Đồng ý", "oa.query.hide"), ("Không", "oa.query.hide")]
    assert [from_button(one["payload"]) for one in buttons] == ["consent=yes", "consent=no"]


@pytest.mark.parametrize("typed", ["consent=yes", "stk=0011004123456", "nut:", "nut:co", "nut:a=\n", "Nút: a=b"])
def test_what_somebody_types_is_no_button(typed: str) -> None:
    assert from_button(typed) is None


def test_the_form_asks_for_the_phone_and_other_choices_are_typed() -> None:
    message = consultation("Mã hồ sơ của bà là gì ạ?", SHARE, {"title": "Không nhớ", "payload": "reference=unknown"})
    payload = message["attachment"]["payload"]  # type: ignore[index]
    assert (payload["template_type"], "text" in message) == ("request_user_info", False)
    [element] = payload["elements"]
    assert element == {
        "title": "Chia sẻ số điện thoại",
        "subtitle": "Mã hồ sơ của bà là gì ạ?\n2. Không nhớ",
        "image_url": "https://phuong.example/anh.png",
    }


def test_a_text_too_long_for_the_form_goes_without_it() -> None:
    message = consultation("a" * (LONGEST_SUBTITLE + 1), SHARE, YES)
    assert message["text"] == "a" * (LONGEST_SUBTITLE + 1)
    assert [one["title"] for one in message["attachment"]["payload"]["buttons"]] == ["Đồng ý"]  # type: ignore[index]
    assert "attachment" not in consultation("a" * (LONGEST_SUBTITLE + 1), SHARE)


def test_a_template_goes_to_a_phone_under_our_mark() -> None:
    template = ProviderTemplate("700001", {"ten": unicodedata.normalize("NFD", "bà Hoà")})
    call = call_for(Outgoing(41, "0912345678", "…", template=template), STYLE)
    assert isinstance(call, Call)
    assert (call.host, call.path, call.known_as) == ("business", "/message/template", tracking_id(41))
    assert call.body == {
        "phone": "84912345678",
        "template_id": "700001",
        "template_data": {"ten": "bà Hoà"},
        "tracking_id": tracking_id(41),
        "sending_mode": "1",
    }
    tried_out = call_for(Outgoing(41, "0912345678", "…", template=template), Style("t", "u", development=True))
    assert isinstance(tried_out, Call)
    assert tried_out.body["mode"] == "development"


def test_a_template_goes_to_a_user_without_a_mark() -> None:
    message = Outgoing(41, "1230", "…", address_kind=ContactKind.ZALO, template=ProviderTemplate("700001", {}))
    call = call_for(message, STYLE)
    assert isinstance(call, Call)
    assert (call.host, call.path, call.known_as) == ("openapi", "/v3.0/oa/message/template", None)
    assert call.body == {"user_id": "1230", "template_id": "700001", "template_data": {}}


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (Outgoing(1, "0912345678", "chữ"), Rejected("no_template", ErrorClass.OUR_BUG)),
        (Outgoing(1, "bàn", "chữ", template=ProviderTemplate("1", {})), Rejected("no_phone", ErrorClass.UNREACHABLE)),
        (Outgoing(1, "9", "chữ", address_kind=ContactKind.WEB), Rejected("no_zalo_address", ErrorClass.OUR_BUG)),
    ],
)
def test_what_zalo_cannot_carry_is_refused_before_any_call(message: Outgoing, expected: Rejected) -> None:
    assert call_for(message, STYLE) == expected


def test_a_mark_is_ours_alone_and_short_enough() -> None:
    assert is_ours(tracking_id(41))
    assert len(tracking_id(2**63 - 1)) <= 48
    forged = tracking_id(41).replace("41-", "42-")
    assert not any(is_ours(mark) for mark in (forged, "41", "41-", "row-7", "", "-", "٤١-x", "9" * 60))
