"""Imports run one way through the rooms, and every room is under the rule."""

from __future__ import annotations

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from core.settings import ROOT
from tests.build.project import PACKAGES, settings_of_tools


def test_the_contracts_hold(capsys: pytest.CaptureFixture[str]) -> None:
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == EXIT_STATUS_SUCCESS, capsys.readouterr().out


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_is_under_the_contracts_and_strictly_typed(package: str) -> None:
    tools = settings_of_tools()
    # What runs inside Rasa has no types to check against in the services' environment; its actions have.
    typed = {name.split(".")[0] for name in tools["mypy"]["packages"]}
    assert package in tools["importlinter"]["root_packages"]
    assert package in typed


def test_every_package_is_known_here() -> None:
    holding_python = {file.parent.name for file in ROOT.glob("*/__init__.py")}
    assert holding_python <= set(PACKAGES)
