"""A message as the call to Zalo that carries it. Pure. Source: `shared/providers.md`; the form that asks for the phone
also https://developers.zalo.me/docs/official-account/tin-nhan (title 100, subtitle 500 letters)."""

from __future__ import annotations

from dataclasses import dataclass

from language.phones import to_e164
from language.text import nfc
from outreach.channels.adapter import ErrorClass, Outgoing, ProviderTemplate, Rejected
from outreach.channels.choices import SHARE_PHONE, Choice, read_choices
from outreach.channels.zalo.buttons import to_button
from outreach.channels.zalo.client import Host, Json
from outreach.channels.zalo.tracking import tracking_id
from roster.contact import ContactKind

CONSULTATION = "/v3.0/oa/message/cs"
TEMPLATE_BY_USER_ID = "/v3.0/oa/message/template"
TEMPLATE_BY_PHONE = "/message/template"
LONGEST_SUBTITLE = 500
_STANDARD = "1"


@dataclass(frozen=True)
class Style:
    """What an installation has set: the form that asks for the phone, and whether templates are only tried out."""

    share_title: str
    share_image_url: str
    development: bool = False


@dataclass(frozen=True)
class Call:
    """One POST. `known_as`: the id under which the message will be spoken of; None: the one in the answer, under
    `id_field`."""

    host: Host
    path: str
    body: Json
    id_field: str
    known_as: str | None = None


def call_for(message: Outgoing, style: Style) -> Call | Rejected:
    """The call that sends `message`; Rejected where Zalo has none for it."""
    if message.address_kind is ContactKind.PHONE:
        return _by_phone(message, message.template, style)
    if message.address_kind is not ContactKind.ZALO:
        return Rejected("no_zalo_address", ErrorClass.OUR_BUG)
    if message.template is not None:
        body = {"user_id": message.address, **_template(message.template)}
        return Call(Host.OPENAPI, TEMPLATE_BY_USER_ID, body, "message_id")
    body = {"recipient": {"user_id": message.address}, "message": _consultation(message, style)}
    return Call(Host.OPENAPI, CONSULTATION, body, "message_id")


def _by_phone(message: Outgoing, template: ProviderTemplate | None, style: Style) -> Call | Rejected:
    if template is None:
        return Rejected("no_template", ErrorClass.OUR_BUG)  # to a phone Zalo carries approved templates alone
    try:
        phone = to_e164(message.address).removeprefix("+")
    except ValueError:
        return Rejected("no_phone", ErrorClass.UNREACHABLE)
    mark = tracking_id(message.message_id)
    body: Json = {"phone": phone, **_template(template), "tracking_id": mark, "sending_mode": _STANDARD}
    if style.development:
        body["mode"] = "development"
    return Call(Host.BUSINESS, TEMPLATE_BY_PHONE, body, "msg_id", known_as=mark)


def _template(template: ProviderTemplate) -> Json:
    """Zalo counts letters in the composed form."""
    return {"template_id": template.id, "template_data": {name: nfc(value) for name, value in template.data.items()}}


def _consultation(message: Outgoing, style: Style) -> Json:
    text, choices = nfc(message.body), read_choices(message.choices)
    others = [choice for choice in choices if choice["payload"] != SHARE_PHONE]
    if len(others) < len(choices):
        form_text = text + _numbered(choices)
        if len(form_text) <= LONGEST_SUBTITLE:
            return _form(form_text, style)
    if not others:
        return {"text": text}
    buttons = [to_button(choice) for choice in others]
    return {"text": text, "attachment": {"type": "template", "payload": {"buttons": buttons}}}


def _form(text: str, style: Style) -> Json:
    """The form that asks for the phone. It takes no buttons: other choices stand in its text, to be typed."""
    element = {"title": nfc(style.share_title), "subtitle": text, "image_url": style.share_image_url}
    payload = {"template_type": "request_user_info", "elements": [element]}
    return {"attachment": {"type": "template", "payload": payload}}


def _numbered(choices: list[Choice]) -> str:
    """The choices besides the form, under the numbers that they have in the whole list: that is how they are read."""
    return "".join(
        f"\n{place}. {nfc(choice['title'])}"
        for place, choice in enumerate(choices, 1)
        if choice["payload"] != SHARE_PHONE
    )
