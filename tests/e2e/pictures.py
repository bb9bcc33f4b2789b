"""The pictures of docs/images that show the web chat, a rehearsal and the phones, taken from a real installation.

    .venv/bin/python -m tests.e2e.pictures [web-chat] [console-rehearsals] [phones-all] …

Plays the citizens whose conversations stand in docs/transcripts.md, so a trained model must be there (`make train`).
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from conversations.rehearsal_files import place_for, write_report
from core.clock import now
from core.database import Role, transaction
from core.settings import ROOT, settings
from loa.rehearsal.cast import start_campaign
from loa.rehearsal.citizen import Citizen
from loa.rehearsal.files import read_citizens, select
from loa.rehearsal.installation import own_installation
from loa.rehearsal.rehearsing import rehearse
from loa.rehearsal.report import report_of
from roster.campaign import AccountDetails
from tests.e2e import channel_pictures
from tests.e2e.desk import chromium, sit_down

IMAGES = ROOT / "docs" / "images"
TAG = "transcript"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
EXPECTED_OTHERWISE = "con gái nói hết mọi thứ"
"""This citizen's file is given another number to expect, so that the picture shows how a failure is marked."""
ANOTHER_NUMBER = "0801 2345 6780"


def web_chat(browser: Browser) -> None:
    """A question in the middle of the survey, in the web chat on the same screen."""
    with transaction(Role.WORKER) as session:
        start_campaign(session, AccountDetails.CHAT, now())
    page = _phone(browser)
    page.goto(f"http://127.0.0.1:{settings().public_port}/chat")
    for said in ("chào cán bộ", "có mất phí không"):
        _say(page, said)
    page.screenshot(path=IMAGES / "web-chat.png")


def console_rehearsals(browser: Browser) -> None:
    """The conversation that ended otherwise than expected."""
    page = sit_down(browser, f"http://127.0.0.1:{settings().console_port}", "manager", None).page
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    page.get_by_role("link", name="Diễn tập").click()
    page.locator("tbody a").first.click()
    page.get_by_role("link", name="Khác mong đợi").click()
    page.locator("tbody a").first.click()
    expect(page.locator(".note").first).to_be_visible()
    page.screenshot(path=IMAGES / "console-rehearsals.png", full_page=True)


PICTURES: dict[str, Callable[[Browser], None]] = {
    "web-chat": web_chat,
    "console-rehearsals": console_rehearsals,
}


def _phone(browser: Browser) -> Page:
    return browser.new_context(viewport=PHONE, locale="vi-VN").new_page()  # type: ignore[arg-type]


def _say(page: Page, text: str) -> None:
    """Write `text` and wait for the answer, with its buttons."""
    answers = page.locator("#talk li.office")
    before = answers.count()
    page.get_by_label("Tin nhắn của ông/bà").fill(text)
    page.get_by_role("button", name="Gửi").click()
    expect(answers.nth(before).locator("button").first).to_be_visible(timeout=30_000)


def _citizens() -> list[Citizen]:
    chosen = select(read_citizens(ROOT / "rehearsals").citizens, TAG)
    return [_expected_otherwise(one) if one.name.startswith(EXPECTED_OTHERWISE) else one for one in chosen]


def _expected_otherwise(citizen: Citizen) -> Citizen:
    claim = {**(citizen.expect.claim or {}), "account_number": ANOTHER_NUMBER}
    return citizen.model_copy(update={"expect": citizen.expect.model_copy(update={"claim": claim})})


def main(wanted: Sequence[str]) -> None:
    """Take the pictures called `wanted`, all where none is named."""
    known = (*PICTURES, *channel_pictures.NAMES)
    unknown = set(wanted) - set(known)
    if unknown:
        sys.exit(f"no such picture: {', '.join(sorted(unknown))} (there are {', '.join(known)})")
    if set(wanted or PICTURES) & set(PICTURES):
        _of_rehearsals(wanted or list(PICTURES))
    if set(wanted or channel_pictures.NAMES) & set(channel_pictures.NAMES):
        _of_channels(wanted or channel_pictures.NAMES)


def _of_rehearsals(wanted: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="loa-pictures-") as kept:
        os.environ["LOA_DATA_DIR"] = str(Path(kept))
        with own_installation(without=()), chromium() as browser:
            report = report_of(rehearse(_citizens(), lambda _: None), now(), "rehearsals", TAG)
            write_report(report, place_for(report))
            for name, take in PICTURES.items():
                if name in wanted:
                    take(browser)
                    print(IMAGES / f"{name}.png")


def _of_channels(wanted: Sequence[str]) -> None:
    with channel_pictures.talked_everywhere() as person, chromium() as browser:
        for name in channel_pictures.NAMES:
            if name in wanted:
                channel_pictures.take(browser, name, person)
                print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
