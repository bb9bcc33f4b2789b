"""The time by which the stand-ins live."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from simulator.app import create_app, simulator_of
from simulator.clocks import clock_set_by, machine_clock
from simulator.config import read_environment

AT = datetime(2027, 1, 20, 2, 30, tzinfo=UTC)
A_MOMENT = timedelta(minutes=1)


def test_a_file_sets_the_time_which_then_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text(f"{AT.isoformat()}\n")
    clock = clock_set_by(file)
    first, second = clock(), clock()
    assert AT <= first < second < AT + A_MOMENT


def test_a_file_written_long_ago_tells_what_has_passed_since(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text(AT.isoformat())
    written = (machine_clock() - timedelta(days=3)).timestamp()
    os.utime(file, (written, written))
    assert timedelta(0) <= clock_set_by(file)() - (AT + timedelta(days=3)) < A_MOMENT


def test_a_file_written_anew_counts_at_once(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text(AT.isoformat())
    clock = clock_set_by(file)
    clock()
    file.write_text((AT + timedelta(days=30)).isoformat())
    os.utime(file, ns=(1, file.stat().st_mtime_ns + 1_000_000))
    assert clock() >= AT + timedelta(days=30) - A_MOMENT


def test_the_whole_server_lives_by_the_file(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    file.write_text(AT.isoformat())
    app = create_app(read_environment({"SIMULATOR_CLOCK_FILE": str(file)}))
    told = app.test_client().get("/control/phones").get_json()["now"]
    simulator_of(app).close()
    assert abs(datetime.fromisoformat(told) - AT) < A_MOMENT


def test_without_a_file_it_is_the_machines() -> None:
    assert clock_set_by(None) is machine_clock
