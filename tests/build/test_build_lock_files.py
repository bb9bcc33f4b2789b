"""The lock files pin everything with hashes and name no host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.settings import ROOT

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
_PINNED = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)(\[[a-z0-9,_-]+\])?==(?P<version>[^\s;]+)( ; .+)?")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def requirements_in(lock: Path) -> dict[str, list[str]]:
    """Each requirement's first line → its hashes. Fails on any line that is neither."""
    found: dict[str, list[str]] = {}
    for line in lock.read_text().splitlines():
        said = line.strip().removesuffix("\\").strip()
        if not said or said.startswith("#"):
            continue
        if line.startswith(" "):
            assert _HASH.fullmatch(said), said
            found[list(found)[-1]].append(said)
        else:
            assert _PINNED.fullmatch(said), said
            found[said] = []
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_everything_is_pinned_with_hashes_and_nothing_else_is_said(lock: Path) -> None:
    requirements = requirements_in(lock)
    assert len(requirements) > 30
    assert [name for name, hashes in requirements.items() if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_no_address_is_named(lock: Path) -> None:
    assert "://" not in lock.read_text()


def test_each_list_of_wishes_has_its_lock() -> None:
    assert {lock.stem for lock in LOCKS} == {wish.stem for wish in (ROOT / "requirements").glob("*.in")}


def test_the_services_are_part_of_what_is_tested() -> None:
    services = requirements_in(ROOT / "requirements" / "services.txt")
    tested = requirements_in(ROOT / "requirements" / "dev.txt")
    assert {name: hashes for name, hashes in services.items() if tested.get(name) != hashes} == {}
