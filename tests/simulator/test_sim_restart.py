"""A stand-in that was stopped goes on where it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig, TwilioConfig
from simulator.simulator import Simulator
from tests.simulator.customer import ACCOUNT, TOKEN, Receiver, SetClock, Start

PHONE = "+84912345678"
LOOPBACK = {"REMOTE_ADDR": "127.0.0.1"}


@pytest.fixture
def config(tmp_path: Path, receiver: Receiver) -> SimulatorConfig:
    twilio = TwilioConfig(ACCOUNT, TOKEN, f"{receiver.url}/sms", sent_after=0, delivered_after=0)
    return SimulatorConfig(journal=tmp_path / "log.jsonl", automatic=False, twilio=twilio)


@contextmanager
def running(config: SimulatorConfig) -> Iterator[tuple[Flask, Simulator]]:
    app = create_app(config, SetClock())
    yield app, simulator_of(app)
    simulator_of(app).close()


def send(app: Flask, receiver: Receiver, text: str) -> str:
    form = {"To": PHONE, "From": "PhuongLang", "Body": text, "StatusCallback": f"{receiver.url}/status"}
    path = f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
    return str(app.test_client().post(path, data=form, auth=(ACCOUNT, TOKEN)).json["sid"])  # type: ignore[index]


def test_messages_phones_and_deliveries_survive(config: SimulatorConfig, receiver: Receiver) -> None:
    with running(config) as (app, first):
        done = send(app, receiver, "mot")
        first.deliver_pending()
        pending = send(app, receiver, "hai")
    assert receiver.statuses() == ["sent", "delivered"]

    with running(config) as (_, second):
        [phone] = second.world.ledger.phones_changed(0)
        assert [(m.id, m.status) for m in phone.messages] == [(done, "delivered"), (pending, "queued")]
        assert [m.text for m in phone.messages] == ["mot", "hai"]
        assert phone.unread == 1
        second.deliver_pending()
    assert receiver.statuses(done) == receiver.statuses(pending) == ["sent", "delivered"]


def test_names_power_and_opt_outs_survive(config: SimulatorConfig) -> None:
    with running(config) as (app, _):
        say = app.test_client().post
        say("/control/phones", json={"number": PHONE, "name": "Bà Hoa"}, environ_base=LOOPBACK)
        say(f"/control/phones/{PHONE}/power", json={"on": False}, environ_base=LOOPBACK)
        say(f"/control/phones/{PHONE}/opt-out", json={"refuses": True}, environ_base=LOOPBACK)
    with running(config) as (_, second):
        [phone] = second.world.ledger.phones_changed(0)
        assert (phone.name, phone.on, phone.refuses) == ("Bà Hoa", False, {"*"})


def test_a_citizen_s_word_under_way_still_arrives_once(config: SimulatorConfig, receiver: Receiver) -> None:
    with running(config) as (_, first):
        first.providers[0].say(PHONE, "alo", (), "http://127.0.0.1")
    for _ in range(2):
        with running(config) as (_, again):
            again.deliver_pending()
    assert [call.form["Body"] for call in receiver.calls] == ["alo"]


def test_by_itself_a_message_is_delivered(start: Start, receiver: Receiver) -> None:
    client = start(SimulatorConfig()).twilio()
    client.messages.create(to=PHONE, from_="PhuongLang", body="mot", status_callback=f"{receiver.url}/s")
    receiver.wait_for(2)
    assert receiver.statuses() == ["sent", "delivered"]
