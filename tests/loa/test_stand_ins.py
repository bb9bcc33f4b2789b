"""Development accounts: both ends of each agree, what an operator has set is left alone, a restart breaks nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from core.database import transaction
from core.settings import settings
from loa.demo import SAMPLE, _import_sample
from loa.processes import process_environment, simulator
from loa.stack import free_ports
from loa.stand_ins.accounts import development_accounts, read_settings_anew, stand_in_urls, use_stand_ins
from loa.stand_ins.demo import ON_TELEGRAM, ON_ZALO, keep_stand_ins, settle
from outreach.channels.registry import accounts_for
from outreach.channels.zalo.house import keeper
from outreach.channels.zalo.settings import zalo_settings
from outreach.channels.zalo.templates import step_templates
from outreach.step import StepKind
from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig, read_environment
from simulator.messages import Channel
from simulator.settlers import read_settlers
from simulator.underscores import KeepsUnderscores
from webhooks.app import create_app as open_door


@pytest.fixture
def nothing_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An `.env` in which nobody has set up a provider; what a test sets up is forgotten after it."""
    for account in development_accounts(settings()):
        for name in account:
            monkeypatch.setenv(name, "")
            monkeypatch.delenv(name)
    monkeypatch.setenv("LOA_SIMULATOR_PORT", str(free_ports(1)[0]))
    read_settings_anew()
    monkeypatch.setenv("LOA_PUBLIC_URL", settings().public_base)
    monkeypatch.setenv("LOA_TWILIO_BASE_URL", stand_in_urls(settings().simulator_port)["LOA_TWILIO_BASE_URL"])
    env_file = tmp_path / "env"
    env_file.touch()
    yield env_file
    monkeypatch.undo()
    read_settings_anew()


def other_end() -> SimulatorConfig:
    """What the stand-ins make of what they are told."""
    return read_environment(process_environment(simulator(settings())))


def test_every_channel_has_an_account_and_its_other_end(nothing_named: Path) -> None:
    use_stand_ins(nothing_named)
    assert [one.name for one in accounts_for("sms")] == ["esms", "speedsms", "twilio"]
    assert [len(accounts_for(channel)) for channel in ("zalo", "telegram")] == [1, 1]
    told = other_end()
    assert told.zalo.oa_secret == zalo_settings().oa_secret.get_secret_value()
    assert told.esms.brandnames == told.speedsms.brandnames == {"TROCAPHN"}
    assert (told.shortcode.code, told.shortcode.price) == ("8079", 500)
    assert told.telegram.username == "tro_cap_ha_noi_bot"


def test_each_stand_in_knocks_at_a_door_that_is_there(nothing_named: Path) -> None:
    use_stand_ins(nothing_named)
    told, doors = other_end(), open_door().url_map.bind("127.0.0.1")
    for provider in (told.twilio, told.zalo, told.telegram, told.speedsms, told.shortcode, told.exchange):
        url = provider.webhook_url
        assert url is not None and url.startswith(settings().public_base)
        assert doors.test(url.removeprefix(settings().public_base).split("#")[0], method="POST"), url


def test_what_is_named_is_left_alone_even_empty(nothing_named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_named.write_text("LOA_ESMS_API_KEY=\nLOA_ZALO_OA_SECRET=khoa-cua-phuong\n")
    monkeypatch.setenv("LOA_SPEEDSMS_TOKEN", "")
    use_stand_ins(nothing_named)
    assert [one.name for one in accounts_for("sms")] == ["twilio"]
    assert zalo_settings().oa_secret.get_secret_value() == ""
    """That `.env` is not the services': in theirs the variable stands."""


def test_a_stand_in_learns_nothing_of_a_real_account(nothing_named: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use_stand_ins(nothing_named)
    secrets = {
        "LOA_ZALO_OPENAPI_URL": zalo_settings().oa_secret.get_secret_value(),
        "LOA_TELEGRAM_BASE_URL": other_end().telegram.token,
        "LOA_ESMS_BASE_URL": other_end().esms.secret_key,
        "LOA_SPEEDSMS_BASE_URL": other_end().speedsms.token,
        "LOA_TWILIO_BASE_URL": other_end().twilio.auth_token,
    }
    for name in secrets:
        monkeypatch.setenv(name, "https://provider.example")
    read_settings_anew()
    told = {name: value for name, value in simulator(settings()).environment.items() if name.startswith("SIMULATOR_")}
    assert not any(secret in told.values() for secret in secrets.values())
    assert other_end().zalo.webhook_url is None
    assert other_end().telegram.webhook_url is None


def test_our_templates_are_word_for_word_those_that_the_stand_in_has_approved(nothing_named: Path) -> None:
    use_stand_ins(nothing_named)
    approved = {template.id: template for template in other_end().zalo.templates}
    ours = step_templates()
    assert StepKind.INVITATION in ours
    for template in ours.values():
        theirs = approved[template.id]
        assert template.body == theirs.text
        longest = {parameter.name: parameter.max_length for parameter in theirs.parameters}
        assert {name: parameter.longest for name, parameter in template.parameters.items()} == longest


@pytest.fixture
def demo(database: str, nothing_named: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo's folder, before its first start."""
    monkeypatch.setenv("LOA_DATA_DIR", str(tmp_path))
    for name in ("SIMULATOR_JOURNAL", "SIMULATOR_SETTLERS"):
        monkeypatch.setenv(name, "")
    use_stand_ins(nothing_named)
    return tmp_path / "stand-ins"


def test_the_samples_citizens_have_phones_with_their_names_some_zalo_and_telegram(demo: Path) -> None:
    with transaction() as session:
        _import_sample(session, SAMPLE)
        settle(session)
    settled = read_settlers(demo / "settlers.json")
    assert [one.channel for one in settled].count(Channel.ZALO) == ON_ZALO
    assert [one.channel for one in settled].count(Channel.TELEGRAM) == ON_TELEGRAM
    assert all(one.name and (one.tel or one.number).startswith("+84") for one in settled)
    phones = {(one.number, one.name) for one in settled if one.channel in {Channel.SMS, Channel.TELEPHONE}}
    assert len(phones) > 100
    assert {(one.tel or one.number, one.name) for one in settled if one.tel or one.channel is Channel.ZALO} <= phones
    create_app(SimulatorConfig(settlers=settled))


def test_zalo_stays_connected_over_restarts(demo: Path) -> None:
    keep_stand_ins()
    with stand_ins_running():
        first = keeper().current()
    keep_stand_ins()
    with stand_ins_running():
        assert keeper().renew(first) != first


def test_a_lost_journal_connects_zalo_anew(demo: Path) -> None:
    keep_stand_ins()
    with stand_ins_running():
        first = keeper().current()
    (demo / "journal").unlink()
    keep_stand_ins()
    read_settings_anew()
    with stand_ins_running():
        assert keeper().current() != first


@contextmanager
def stand_ins_running() -> Iterator[None]:
    """The stand-ins as a start of the installation begins them, on their port."""
    app = create_app(other_end())
    server = make_server("127.0.0.1", settings().simulator_port, app, threaded=True, request_handler=KeepsUnderscores)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield
    finally:
        simulator_of(app).close()
        server.shutdown()
        thread.join()
        server.server_close()
