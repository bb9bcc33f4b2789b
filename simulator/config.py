"""What a stand-in server is told at its start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulator.esms.config import EsmsConfig, read_esms
from simulator.exchange.config import ExchangeConfig, read_exchange
from simulator.settlers import Settler, read_settlers
from simulator.shortcode.config import ShortcodeConfig, read_shortcode
from simulator.speedsms.config import SpeedSmsConfig, read_speedsms
from simulator.telegram.config import TelegramConfig, read_telegram
from simulator.zalo.config import ZaloConfig, read_zalo


@dataclass(frozen=True, slots=True)
class TwilioConfig:
    """One Twilio account as its owner has set it up.

    `senders` and `messaging_services` are what the account owns; empty means any well-formed one is taken.
    `regions` are the account's SMS geographic permissions (ISO 3166 codes).
    `number` is the account's own number: it answers for messaging services, and is what citizens write to.
    `handles_stop`: Twilio answers STOP/START itself and refuses later messages with 21610. Twilio does so by
    default on long codes; alphanumeric senders and short codes outside North America have it not, hence False.
    Delays are seconds.
    """

    account_sid: str = "AC" + "5" * 32
    auth_token: str = "stand-in-auth-token"
    webhook_url: str | None = "http://127.0.0.1:8000/webhooks/twilio/sms"
    number: str = "+15005550006"
    senders: frozenset[str] = frozenset()
    messaging_services: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset({"VN"})
    handles_stop: bool = False
    sent_after: float = 0.3
    delivered_after: float = 1.0


@dataclass(frozen=True, slots=True)
class SimulatorConfig:
    """The whole server.

    `journal`: file of the stand-in's own log; None keeps it in a temporary file that goes with the process.
    `seed`: makes faults with a probability repeat from run to run.
    `automatic`: False delivers nothing until `deliver_pending()` is called.
    `lanes`: threads that deliver and call back.
    `reachable_hosts`: hosts besides loopback that may be called back; a stand-in never calls the outside world.
    `clock_file`: sets the time by which the stand-ins live (`simulator.clocks`).
    `settlers`: the handsets that are there from the start, and again after a reset.
    """

    journal: Path | None = None
    seed: int = 0
    automatic: bool = True
    lanes: int = 8
    reachable_hosts: frozenset[str] = frozenset()
    clock_file: Path | None = None
    settlers: tuple[Settler, ...] = ()
    twilio: TwilioConfig = field(default_factory=TwilioConfig)
    zalo: ZaloConfig = field(default_factory=ZaloConfig)
    telegram: TelegramConfig = field(default_factory=TelegramConfig)
    esms: EsmsConfig = field(default_factory=EsmsConfig)
    speedsms: SpeedSmsConfig = field(default_factory=SpeedSmsConfig)
    shortcode: ShortcodeConfig = field(default_factory=ShortcodeConfig)
    exchange: ExchangeConfig = field(default_factory=ExchangeConfig)


def read_environment(environment: Mapping[str, str] = os.environ) -> SimulatorConfig:
    """Configuration from SIMULATOR_* variables; what is not set keeps its default. ValueError for a bad number.

    SIMULATOR_SETTLERS is the path of a JSON file: see `simulator.settlers.read_settlers`.
    """
    return SimulatorConfig(
        journal=_path(environment, "JOURNAL"),
        seed=int(environment.get("SIMULATOR_SEED", "0")),
        automatic=_flag(environment.get("SIMULATOR_AUTOMATIC", "1")),
        lanes=int(environment.get("SIMULATOR_LANES", "8")),
        reachable_hosts=_names(environment.get("SIMULATOR_REACHABLE_HOSTS", "")),
        clock_file=_path(environment, "CLOCK_FILE"),
        settlers=read_settlers(_path(environment, "SETTLERS")),
        twilio=_read_twilio(environment),
        zalo=read_zalo(environment),
        telegram=read_telegram(environment),
        esms=read_esms(environment),
        speedsms=read_speedsms(environment),
        shortcode=read_shortcode(environment),
        exchange=read_exchange(environment),
    )


def _read_twilio(environment: Mapping[str, str]) -> TwilioConfig:
    default = TwilioConfig()

    def value(name: str, fallback: str) -> str:
        return environment.get(f"SIMULATOR_TWILIO_{name}", fallback)

    return TwilioConfig(
        account_sid=value("ACCOUNT_SID", default.account_sid),
        auth_token=value("AUTH_TOKEN", default.auth_token),
        webhook_url=value("WEBHOOK_URL", default.webhook_url or "") or None,
        number=value("NUMBER", default.number),
        senders=_names(value("SENDERS", "")),
        messaging_services=_names(value("MESSAGING_SERVICES", "")),
        regions=_names(value("REGIONS", "VN")),
        handles_stop=_flag(value("HANDLES_STOP", "0")),
        sent_after=float(value("SENT_AFTER", str(default.sent_after))),
        delivered_after=float(value("DELIVERED_AFTER", str(default.delivered_after))),
    )


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    text = environment.get(f"SIMULATOR_{name}")
    return Path(text) if text else None


def _names(text: str) -> frozenset[str]:
    return frozenset(name.strip() for name in text.split(",") if name.strip())


def _flag(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}
