"""What every page of the console must be: as wide as its screen, light, named throughout, without a grave finding."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)
HEAVIEST = 200_000
_GRAVE = ("serious", "critical")


def is_usable(page: Page) -> None:
    """It fits, and axe has nothing serious to say."""
    found = faults(page) + [f"{rule}: {where}" for rule, where in grave_findings(page)]
    assert found == [], page.url


def fits(page: Page) -> None:
    """Nothing sticks out to the right, everything has a name, and there is one heading."""
    assert faults(page) == [], page.url


def weight(page: Page) -> int:
    """Bytes of the page and of everything it loads, as if nothing were cached."""
    return int(page.evaluate(_WEIGHT))


def faults(page: Page) -> list[str]:
    """What is wrong with the loaded page that needs no axe to see."""
    page.wait_for_load_state("load")
    too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    headings = page.get_by_role("heading", level=1).count()
    return [
        *([f"{too_wide} px too wide"] if too_wide > 0 else []),
        *(f"without a name: {one}" for one in page.evaluate(_UNNAMED)),
        *([f"{headings} first headings"] if headings != 1 else []),
    ]


def grave_findings(page: Page) -> list[tuple[str, str]]:
    """(axe's rule, where) of everything serious or critical."""
    return [
        (one["id"], node["html"])
        for one in Axe().run(page).response["violations"]
        if one["impact"] in _GRAVE
        for node in one["nodes"]
    ]


_UNNAMED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')]
  .filter((one) => !(one.labels?.length || one.textContent.trim() || one.getAttribute('aria-label')))
  .map((one) => one.outerHTML)"""
"""Fields and buttons that a screen reader could not name."""
_WEIGHT = """async () => {
  const parts = performance.getEntriesByType('resource').map((one) => one.name);
  let sum = document.documentElement.outerHTML.length;
  for (const name of new Set(parts.filter((one) => one.includes('/static/')))) {
    sum += (await (await fetch(name)).arrayBuffer()).byteLength;
  }
  return sum;
}"""
