"""The stand-in as it runs: gunicorn, many threads, one process."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import requests
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from simulator.config import read_environment
from tests.simulator.customer import ACCOUNT, TOKEN

ROOT = Path(__file__).parents[2]
COMMAND = ["-m", "gunicorn", "-k", "gthread", "--threads", "8", "--bind", "127.0.0.1:0"]

type Serve = Callable[[], tuple[subprocess.Popen[str], str]]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start gunicorn on a free port, always with the same journal; its process and URL."""
    environment = {
        **os.environ,
        "SIMULATOR_JOURNAL": str(tmp_path / "log.jsonl"),
        "SIMULATOR_TWILIO_ACCOUNT_SID": ACCOUNT,
        "SIMULATOR_TWILIO_AUTH_TOKEN": TOKEN,
    }
    started: list[subprocess.Popen[str]] = []

    def begin() -> tuple[subprocess.Popen[str], str]:
        command = [sys.executable, *COMMAND, "simulator.app:from_environment()"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        started.append(process)
        assert process.stderr
        line = next(line for line in process.stderr if "Listening at" in line)
        return process, line.split("Listening at: ")[1].split(" ")[0]

    yield begin
    for process in started:
        end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Kill the server as a power failure would: nothing is tidied up."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def twilio(url: str, timeout: float = 30) -> Client:
    client = Client(ACCOUNT, TOKEN, http_client=TwilioHttpClient(timeout=timeout))
    client.api.base_url = url
    return client


def send(client: Client, number: int) -> str:
    return str(client.messages.create(to=f"+849123456{number:02}", from_="PhuongLang", body="Kinh moi").sid)


def test_what_was_answered_outlives_the_process(serve: Serve) -> None:
    process, url = serve()
    with ThreadPoolExecutor(8) as pool:
        answered = set(pool.map(lambda number: send(twilio(url), number), range(40)))
    end(process)
    _, url = serve()
    assert {message.sid for message in twilio(url).messages.list(page_size=7)} == answered


def test_lost_answers_under_gunicorn(serve: Serve) -> None:
    _, url = serve()
    for kind, error in (
        ("timeout_after_accept", requests.exceptions.ReadTimeout),
        ("dropped_after_accept", requests.exceptions.ConnectionError),
        ("dropped", requests.exceptions.ConnectionError),
    ):
        httpx.post(f"{url}/control/faults", json={"provider": "twilio", "kind": kind, "count": 1})
        with pytest.raises(error):
            send(twilio(url, timeout=0.5), 1)
    assert len(twilio(url).messages.list()) == 2


def test_settings_from_the_environment() -> None:
    config = read_environment(
        {
            "SIMULATOR_JOURNAL": "/var/tmp/log.jsonl",
            "SIMULATOR_SEED": "7",
            "SIMULATOR_AUTOMATIC": "no",
            "SIMULATOR_REACHABLE_HOSTS": "doors, proxy",
            "SIMULATOR_TWILIO_SENDERS": "PhuongLang, XaBaVi",
            "SIMULATOR_TWILIO_WEBHOOK_URL": "",
            "SIMULATOR_TWILIO_DELIVERED_AFTER": "2.5",
        }
    )
    assert (config.journal, config.seed, config.automatic) == (Path("/var/tmp/log.jsonl"), 7, False)
    assert config.reachable_hosts == {"doors", "proxy"}
    assert config.twilio.senders == {"PhuongLang", "XaBaVi"}
    assert (config.twilio.webhook_url, config.twilio.delivered_after) == (None, 2.5)
    assert read_environment({}).twilio.webhook_url == "http://127.0.0.1:8000/webhooks/twilio/sms"
