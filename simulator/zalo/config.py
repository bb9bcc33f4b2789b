"""What a Zalo stand-in is told at its start: the app, the Official Account (OA), its templates and its limits."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from simulator.variables import Variables

_DAY = 86_400.0
_HOUR = 3_600.0


class TimestampPlace(StrEnum):
    """Where the timestamp stands that a webhook's signature covers; public sources disagree."""

    BODY = "body"
    HEADER = "header"


class ReceiptShape(StrEnum):
    """How the receipt of a template message by phone looks: with a `message` object, or all in one level."""

    NESTED = "nested"
    FLAT = "flat"


class SeenShape(StrEnum):
    """Whether `user_seen_message` names what was seen in a list (`msg_ids`) or one by one (`msg_id`)."""

    LIST = "list"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A placeholder of a template. `kind`: STRING, NUMBER or DATE."""

    name: str
    kind: str = "STRING"
    max_length: int = 30
    min_length: int = 0
    required: bool = True
    accept_null: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A message the provider has looked at. In `text` a parameter stands as <name>.

    `status`: ENABLE, PENDING_REVIEW, REJECT or DISABLE. `tag`: 1 transaction, 2 customer care, 3 promotion.
    Prices are đồng, by phone and by user id. `daily_quota`: of this template alone. `by_user_id`, `at_night`: whether
    it may be sent so. `ours`: False for one that belongs to another OA. `buttons`: (title, link) pairs.
    """

    id: str
    name: str
    text: str
    parameters: tuple[Parameter, ...] = ()
    status: str = "ENABLE"
    tag: int = 1
    quality: str = "HIGH"
    price: int = 200
    price_by_user_id: int = 140
    daily_quota: int | None = None
    by_user_id: bool = True
    at_night: bool = False
    ours: bool = True
    buttons: tuple[tuple[str, str], ...] = ()


_TEMPLATES = (
    Template(
        "500001",
        "Thư mời kê khai nhận trợ cấp",
        "<phuong> kính gửi <ten>. Trợ cấp vẫn được trả như trước. Nay ông/bà có thể nhận qua tài khoản nếu muốn. "
        "Xin bấm Quan tâm rồi nhắn CÓ để trả lời, TỪ CHỐI để thôi nhận tin. Mã hồ sơ: <ma>. Hạn trả lời: <han>. "
        "Hỏi trực tiếp: <dien_thoai>.",
        (
            Parameter("phuong", max_length=50),
            Parameter("ten"),
            Parameter("ma"),
            Parameter("han", "DATE", 20),
            Parameter("dien_thoai"),
        ),
        buttons=(("Trả lời ngay", "https://zalo.me/4318657068771012646"),),
    ),
    Template(
        "500002",
        "Nhắc kê khai nhận trợ cấp",
        "Kính gửi <ten>. Còn <ngay> ngày để kê khai cách nhận trợ cấp. Mã của ông/bà: <ma>.",
        (Parameter("ten"), Parameter("ngay", "NUMBER", 20), Parameter("ma")),
    ),
)


@dataclass(frozen=True, slots=True)
class ZaloConfig:
    """One app and its OA. Times are seconds.

    `app_secret` goes in the header `secret_key`; `oa_secret` signs webhooks. `refresh_token` and `access_token` are the
    pair that the API Explorer hands out at the beginning. `callback_url`: where an authorisation may be sent; None lets
    it go to any loopback address. `events`: those ticked in the console.
    """

    app_id: str = "2074138120372622546"
    app_secret: str = "stand-in-app-secret"
    oa_id: str = "4318657068771012646"
    oa_name: str = "UBND phường (diễn tập)"
    oa_secret: str = "stand-in-oa-secret"
    access_token: str = "stand-in-access-token"
    refresh_token: str = "stand-in-refresh-token"
    callback_url: str | None = None
    webhook_url: str | None = "http://127.0.0.1:8000/webhooks/zalo"
    events: frozenset[str] = frozenset(
        {
            "user_send_text",
            "user_send_image",
            "user_send_audio",
            "user_send_video",
            "user_send_sticker",
            "user_send_file",
            "follow",
            "unfollow",
            "user_submit_info",
            "user_received_message",
            "user_seen_message",
            "change_template_status",
            "change_oa_daily_quota",
        }
    )

    # --- tokens
    access_lives: float = 90_000.0
    refresh_lives: float = 90 * _DAY
    code_lives: float = 600.0
    revokes_old_access: bool = False  # (open) whether a refresh ends the access token before it
    needs_proof: bool = False  # (open) whether calls must bear `appsecret_proof`

    # --- webhooks
    answer_within: float = 2.0
    retry_after: tuple[float, ...] = (30.0, 300.0, 900.0, 1800.0, 3600.0)
    timestamp_place: TimestampPlace = TimestampPlace.BODY
    receipt_shape: ReceiptShape = ReceiptShape.NESTED
    seen_shape: SeenShape = SeenShape.LIST
    receipts_swapped: bool = True  # (open) in receipts the OA is the sender, the person the recipient
    older_submit_info: bool = False  # (open) the older, flat form of a shared address
    received_after: float = 0.5

    everybody: bool = True  # whether every mobile is somebody on Zalo, or only those that have a handset here

    # --- limits
    calls_per_minute: int = 4000
    limits_business: bool = True  # (open) whether calls to the business host count too
    free_for: float = 48 * _HOUR
    billable_for: float = 7 * _DAY
    follow_needed: bool = True  # (open) whether consultation messages need a follower, or only an interaction
    most_buttons: int = 5  # (open)
    person_daily_limit: int | None = None  # consultation messages a person may get a day: -218
    consultation_quota: int | None = None  # billable consultation messages of the package: -211
    daily_quota: int = 5000  # template messages a day: -144
    balance: int | None = None  # đồng; None: never ends
    admins: frozenset[str] = frozenset()  # phones (E.164) that may get development messages
    templates: tuple[Template, ...] = _TEMPLATES


def read_zalo(environment: Mapping[str, str]) -> ZaloConfig:
    """Configuration from SIMULATOR_ZALO_<FIELD> variables; what is not set keeps its default.

    Lists are divided by commas; TEMPLATES is the path of a JSON file (`read_templates`). ValueError for what cannot be
    read, OSError for a file that cannot.
    """
    read, default = Variables(environment, "SIMULATOR_ZALO_"), ZaloConfig()
    settings: dict[str, Any] = {
        field.name: _read(read, field.name, getattr(default, field.name)) for field in fields(ZaloConfig)
    }
    return ZaloConfig(**settings)


def read_templates(path: Path) -> tuple[Template, ...]:
    """Templates from a JSON list of objects with the names of `Template`; a parameter likewise."""
    return tuple(_read_template(item) for item in json.loads(path.read_text(encoding="utf-8")))


def _read_template(item: dict[str, Any]) -> Template:
    parameters = tuple(Parameter(**parameter) for parameter in item.get("parameters", ()))
    buttons = tuple((str(title), str(link)) for title, link in item.get("buttons", ()))
    return Template(**{**item, "parameters": parameters, "buttons": buttons})


def _read(read: Variables, name: str, default: object) -> object:
    variable = name.upper()
    if name == "templates":
        path = read.optional(variable, None)
        return read_templates(Path(path)) if path else default
    if name in {"person_daily_limit", "consultation_quota", "balance"}:
        text = read.optional(variable, None)
        return int(text) if text else None
    if default is None or name == "webhook_url":
        return read.optional(variable, default if isinstance(default, str) else None)
    if isinstance(default, bool):
        return read.flag(variable, default)
    if isinstance(default, frozenset):
        return read.names(variable, default)
    if isinstance(default, tuple):
        return read.numbers(variable, default)
    return type(default)(read.text(variable, str(default)))  # type: ignore[call-arg]
