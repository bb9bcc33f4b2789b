"""A process that dies of an exception tells its kind and place on standard error, and none of its words."""

from __future__ import annotations

import subprocess
import sys

import pytest

from core.settings import ROOT

PRIVATE = "Nguyễn Thị Mận 001148000001"
_BEGIN = f"""
import gc, sys, threading
from core.logs import configure_logging
configure_logging("test")

class RowRefused(RuntimeError):
    pass

def fail():
    try:
        raise RowRefused("INSERT INTO person VALUES ({PRIVATE})")
    except RowRefused as error:
        raise LookupError("{PRIVATE}") from error
"""
_ENDINGS = {
    "process": "fail()",
    "thread": "thread = threading.Thread(target=fail, name='sender'); thread.start(); thread.join()",
    "cleaning up": """
class Holder:
    def __del__(self):
        fail()
holder = Holder()
del holder
gc.collect()
""",
}


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("where", _ENDINGS)
def test_what_nobody_catches_is_told_without_words(where: str) -> None:
    ended = run(_BEGIN + _ENDINGS[where])
    assert f"uncaught in {where}" in ended.stderr
    assert "builtins.LookupError" in ended.stderr and "__main__.RowRefused" in ended.stderr
    assert "<string>:11 fail" in ended.stderr
    for private in ("Mận", "001148000001", "INSERT INTO"):
        assert private not in ended.stderr + ended.stdout
    assert ended.returncode == (1 if where == "process" else 0)


def test_a_command_that_breaks_tells_the_same() -> None:
    program = (
        "import loa.cli, loa.commands.audit, click\n"
        "@loa.cli.main.command()\n"
        f"def breaks(): raise RuntimeError('{PRIVATE}')\n"
        "loa.cli.main(['breaks'])"
    )
    ended = run(program)
    assert "uncaught in process: builtins.RuntimeError" in ended.stderr and ended.returncode == 1
    assert "Mận" not in ended.stderr


def test_stopping_by_hand_tells_nothing() -> None:
    ended = run(_BEGIN + "raise KeyboardInterrupt")
    assert ended.stderr == ""


def test_what_an_operator_has_to_set_right_is_said() -> None:
    refused = run(f"{_BEGIN}\nfrom core.settings import Settings\nSettings(encryption_keys='c2VjcmV0', _env_file=None)")
    assert "encryption_keys: Value error, each key must be 32 bytes" in refused.stderr
    assert "c2VjcmV0" not in refused.stderr
    down = run(f"{_BEGIN}\nfrom core.postgres import DatabaseNotRunning\nraise DatabaseNotRunning")
    assert "Cơ sở dữ liệu chưa chạy" in down.stderr
