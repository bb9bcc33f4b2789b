"""What every file of the project keeps to."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from core.settings import ROOT
from tests.build.project import python_files, tracked_texts

MOST_LINES = 400
REGISTRIES = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("jsdelivr", "net"),
        ("unpkg", "com"),
        ("cdnjs", "cloudflare", "com"),
        ("crates", "io"),
        ("proxy", "golang", "org"),
        ("deb", "debian", "org"),
    )
)
"""Hosts of package registries: which one serves is the machine's own affair. In parts, so as not to name them here."""


@pytest.fixture(scope="module")
def texts() -> dict[Path, str]:
    return tracked_texts()


def test_no_file_is_too_long_to_keep_in_mind() -> None:
    lines = {file.relative_to(ROOT): len(file.read_text().splitlines()) for file in python_files()}
    assert len(lines) > 100
    assert {file: count for file, count in lines.items() if count > MOST_LINES} == {}


def test_every_text_is_composed(texts: dict[Path, str]) -> None:
    decomposed = [
        f"{file.relative_to(ROOT)}:{number}"
        for file, text in texts.items()
        if not unicodedata.is_normalized("NFC", text)
        for number, line in enumerate(text.splitlines(), 1)
        if not unicodedata.is_normalized("NFC", line)
    ]
    assert decomposed == []


def test_no_file_names_a_registrys_host(texts: dict[Path, str]) -> None:
    named = [(file.relative_to(ROOT), host) for file, text in texts.items() for host in REGISTRIES if host in text]
    assert named == []
