"""The same whole survey on every channel its users have, each over its provider's own contract: the roster cannot tell
the claims apart, and somebody who uses three channels is one person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from sqlalchemy import func, select

from core.audit import SYSTEM
from core.database import transaction
from core.settings import settings
from language.text import fold
from loa.stand_ins.accounts import development_accounts, first_refresh_token, read_settings_anew
from outreach.channels.zalo.house import keeper
from outreach.message import Message, MessageKind, MessageState
from roster.campaign import AccountDetails
from roster.claim import Claim, ClaimState
from roster.person import Person
from tests.e2e.desk import chromium, sit_down
from tests.e2e.handsets import Handset, Sms, Telegram, Web, Zalo
from tests.e2e.town import Town, WebChat, wait_for

pytestmark = [pytest.mark.stack, pytest.mark.timeout(600)]

ANSWERS = ("Chính tôi", "Nhận qua tài khoản", "Có rồi", "Vietcombank", "{number}", "Nguyễn Thị Hoa")
OWN = {"account_number", "reference", "contact_phone"}
AT_ONCE = {
    "LOA_ESMS_PER_SECOND": "200",
    "LOA_TELEGRAM_CHAT_SECONDS": "0.01",
    "LOA_ZALO_SHARED_PHONE_PROVES": "true",  # the stand-in's form brings the account's own phone
    "SIMULATOR_TELEGRAM_PER_CHAT": "0",
    "SIMULATOR_ZALO_RECEIVED_AFTER": "0",
    "SIMULATOR_ESMS_SENT_AFTER": "0",
    "SIMULATOR_ESMS_DELIVERED_AFTER": "0",
}


@pytest.fixture(scope="module")
def whole_module(whole_module: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An account with every provider; the wave goes by brandname, as no template is mapped for Zalo."""
    for account in development_accounts(settings()):
        for name, value in account.items():
            whole_module.setenv(name, value)
    whole_module.delenv("LOA_ZALO_TEMPLATES_FILE")
    for name, value in AT_ONCE.items():
        whole_module.setenv(name, value)
    return whole_module


@pytest.fixture(scope="module")
def invited(town: Town) -> Iterator[list[tuple[Person, str]]]:
    """The sample's people whose own phone has the invitation, with that phone; Zalo's tokens are there."""
    keeper().bring(first_refresh_token(settings()), SYSTEM)
    town.import_roster()
    town.invite(AccountDetails.CHAT)
    reached = wait_for("the wave", lambda: _reached() if _is_over() else None, 120)
    yield [(person, phone) for person, phone in town.people_with_own_phone() if person.id in reached]
    read_settings_anew()


def _is_over() -> bool:
    waiting = (MessageState.PLANNED, MessageState.CLAIMED, MessageState.ACCEPTED)
    with transaction() as session:
        wave = select(func.count()).select_from(Message).where(Message.kind == MessageKind.WAVE)
        return bool(session.scalar(wave)) and not session.scalar(wave.where(Message.state.in_(waiting)))


def _reached() -> set[Any]:
    with transaction() as session:
        return set(session.scalars(select(Message.person_id).where(Message.state == MessageState.DELIVERED)))


def take_survey(handset: Handset, number: str, phone: str) -> list[str]:
    """Everything up to an own account's details, read back and confirmed; what was heard. Who is known by a code alone
    is asked for a phone, too."""
    heard = [handset.open(), handset.answer("Đồng ý")]
    if (told := handset.tell_who()) is not None:
        heard.append(told)
    heard += [handset.answer(words.format(number=number)) for words in ANSWERS]
    if "so dien thoai de can bo goi" in fold(heard[-1]):
        heard.append(handset.answer(phone))
    heard.append(handset.answer("Đúng"))
    return heard


def claims_of(person: Person) -> list[Claim]:
    with transaction() as session:
        return list(session.scalars(select(Claim).where(Claim.person_id == person.id)))


def as_declared(claim: Claim) -> dict[str, Any]:
    """What a claim says, but for the account's own number and for how its person was found."""
    answers = {name: said for name, said in claim.answers.items() if name not in OWN and not name.startswith("_")}
    return {
        "group": claim.outcome_group,
        "state": claim.state,
        "bank": claim.bank,
        "holder": claim.holder_name,
        "answers": answers,
    }


def test_the_same_survey_on_four_channels_gives_the_same_claim(town: Town, invited: list[tuple[Person, str]]) -> None:
    people = [person for person, _ in invited[:4]]
    phones = [phone for _, phone in invited[:4]]
    handsets: dict[str, Handset] = {
        "sms": Sms(town.phone(phones[0])),
        "zalo": Zalo(town.simulator, phones[1], people[1].full_name),
        "telegram": Telegram(town.simulator, phones[2], people[2].full_name, people[2].reference),
        "web": Web(WebChat(town.stack.settings.public_base), people[3].reference),
    }
    said = {}
    for place, (person, (channel, handset)) in enumerate(zip(people, handsets.items(), strict=True)):
        number = f"001100412345{place}"
        heard = take_survey(handset, number, phones[place])
        assert f"0011 0041 2345 {place}" in heard[-2], "read back before it is confirmed"
        assert "ghi lai" in fold(heard[-1])
        [claim] = claims_of(person)
        assert claim.account_number == number
        said[channel] = as_declared(claim)
    assert said["sms"]["state"] is ClaimState.DECLARED
    assert said["sms"]["group"] == "A"
    assert all(one == said["sms"] for one in said.values()), said


def test_sms_went_by_brandname_and_short_code_and_told_what_it_costs(
    town: Town, invited: list[tuple[Person, str]]
) -> None:
    messages = town.simulator.get(f"/control/phones/+84{invited[0][1][1:]}/messages").json()["messages"]
    assert {(one["provider"], one["direction"]) for one in messages} == {
        ("esms", "to_phone"),
        ("shortcode", "from_phone"),
    }
    assert {one["charge"] for one in messages if one["direction"] == "from_phone"} == {500}


def test_pictures_sent_at_once_get_one_answer(town: Town, invited: list[tuple[Person, str]]) -> None:
    person, phone = invited[5]
    zalo = Zalo(town.simulator, phone, person.full_name)
    telegram = Telegram(town.simulator, phone, person.full_name, person.reference)
    for handset in (zalo, telegram):
        handset.open()
        handset.answer("Đồng ý")
        handset.tell_who()
        before = len(handset.heard())
        assert "anh da duoc giu" in fold(handset.send_pictures(3))
        handset.answer("Chính tôi")
        assert len(handset.heard()) == before + 2, "one to the pictures, one to the words after them"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.mark.browser
def test_somebody_on_three_channels_is_one_person_to_the_officer(
    town: Town, invited: list[tuple[Person, str]], browser: Browser
) -> None:
    person, phone = invited[4]
    sms = Sms(town.phone(phone))
    zalo = Zalo(town.simulator, phone, person.full_name)
    telegram = Telegram(town.simulator, phone, person.full_name)
    sms.open()
    for shared in (telegram, zalo):
        shared.open()
        shared.answer("Đồng ý")
        shared.tell_who()
    for words in ANSWERS:
        zalo.answer(words.format(number="0011004123459"))
    assert "ghi lai" in fold(zalo.answer("Đúng"))

    officer = sit_down(browser, town.console, "officer", person.commune_code)
    officer.open("/nguoi-huong/")
    officer.page.get_by_role("searchbox").fill(phone)
    officer.page.get_by_role("searchbox").press("Enter")
    found = officer.page.get_by_role("region", name="Kết quả tìm").get_by_role("link")
    found.first.wait_for()
    assert found.all_inner_texts() == [person.full_name]
    found.click()
    officer.page.get_by_role("button", name="Xem nội dung").click()
    talk = officer.page.locator("#talk")
    talk.locator(".said").last.wait_for()
    said = fold(talk.inner_text())
    assert "1. dong y" in said, "what the SMS asked"
    assert said.count("gui so dien thoai cua minh") == 2, "Zalo and Telegram"
    assert "ghi lai" in said, "how it ended on Zalo"
    [claim] = claims_of(person)
    assert claim.from_invited_phone
