"""openapi.zalo.me: consultation messages and template messages by user id; its questions are in `questions`."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from simulator.provider import World
from simulator.trouble import Trouble
from simulator.zalo.account import Account, is_night
from simulator.zalo.config import ZaloConfig
from simulator.zalo.consultation import Consultation, read_consultation
from simulator.zalo.delivery import Delivery
from simulator.zalo.errors import OaCode, ZaloError, success
from simulator.zalo.events import millis
from simulator.zalo.gate import OA, Gate
from simulator.zalo.identity import number_of
from simulator.zalo.people import People
from simulator.zalo.questions import Questions, read_body
from simulator.zalo.reach import Reach
from simulator.zalo.resource import PROVIDER, Product
from simulator.zalo.templates import Templates, fill, shown_buttons

_PROMOTION = 3


class Openapi:
    """The host's HTTP interface."""

    def __init__(
        self,
        world: World,
        config: ZaloConfig,
        gate: Gate,
        trouble: Trouble,
        people: People,
        account: Account,
        templates: Templates,
        delivery: Delivery,
    ) -> None:
        self._world = world
        self._config = config
        self._gate = gate
        self._trouble = trouble
        self._reach = Reach(world, config, people)
        self._questions = Questions(world, config, account, people)
        self._account = account
        self._templates = templates
        self._delivery = delivery

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("openapi", __name__, url_prefix="/zalo/openapi")
        add = blueprint.add_url_rule
        add("/v3.0/oa/message/cs", view_func=self.consult, methods=["POST"])
        add("/v3.0/oa/message/template", view_func=self.send_template, methods=["POST"])
        add("/v3.0/oa/user/detail", view_func=self._questions.user_detail, methods=["GET"])
        add("/v3.0/oa/quota/message", view_func=self._questions.quota, methods=["GET", "POST"])
        add("/v2.0/oa/getoa", view_func=self._questions.oa, methods=["GET"])
        add("/v2.0/oa/message", view_func=self.closed, methods=["POST"])
        blueprint.before_request(self._let_in)
        blueprint.after_request(self._gate.stamp)
        blueprint.register_error_handler(ZaloError, self.refuse)
        return blueprint

    # --- messages --------------------------------------------------------------------------------------------------

    def consult(self) -> Response:
        """A consultation message: free within 48 hours of what the person did last, billed within 7 days, then −230."""
        body = read_body()
        recipient = body.get("recipient")
        person = self._reach.recipient(recipient.get("user_id") if isinstance(recipient, Mapping) else None)
        read = read_consultation(body.get("message"), self._config.most_buttons)
        billed = self._reach.check_window(person)
        if billed:
            self._account.take_consultation()
        message = self._delivery.accept(
            person.number, Product.CONSULTATION, read.text, billed=billed, **_shown_on_phone(read)
        )
        data: dict[str, Any] = {
            "message_id": message.id,
            "user_id": person.user_id,
            "sent_time": millis(message.created_at),
        }
        if billed:
            data["quota"] = self._questions.package()
        return self._trouble.after_acceptance(person.number, success(data))

    def send_template(self) -> Response:
        """A template message to a user id; it needs no window and knows no tracking id."""
        body = read_body()
        person = self._reach.recipient(body.get("user_id"))
        template = self._templates.sendable(body.get("template_id"))
        if not template.by_user_id:
            raise ZaloError(OaCode.NOT_BY_USER_ID)
        text = fill(template, body.get("template_data"))
        if template.tag == _PROMOTION and is_night(self._world.clock()):
            raise ZaloError(OaCode.NIGHT)
        price = template.price_by_user_id
        self._account.take_template(template, price)
        message = self._delivery.accept(
            person.number,
            Product.TEMPLATE_BY_USER_ID,
            text,
            kind="template",
            template_id=template.id,
            template_data=body["template_data"],
            price=price,
            development=False,
            buttons=shown_buttons(template),
        )
        quota = {"quota_type": "purchase_quota", "remain": self._account.remaining_quota}
        data = {
            "message_id": message.id,
            "user_id": person.user_id,
            "sent_time": millis(message.created_at),
            "quota": quota,
        }
        return self._trouble.after_acceptance(person.number, success(data))

    def closed(self) -> Response:
        raise ZaloError(OaCode.VERSION_CLOSED)

    # --- who and what gets through ---------------------------------------------------------------------------------

    def refuse(self, error: ZaloError) -> Response:
        self._world.ledger.note("refused", provider=PROVIDER, code=error.code, status=200, number=_aim())
        return error.response()

    def _let_in(self) -> Response | None:
        if trouble := self._trouble.before_anything(_aim()):
            return trouble
        self._gate.count()
        self._gate.check(request.headers, OA)
        return None


def _aim() -> str | None:
    """Whom a request would reach, as far as can be told before it is checked."""
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        return None
    recipient = body.get("recipient")
    return number_of(recipient.get("user_id") if isinstance(recipient, dict) else body.get("user_id"))


def _shown_on_phone(read: Consultation) -> dict[str, Any]:
    """What the handset shows besides the text."""
    if read.asks_info:
        return {"kind": "contact_request", "buttons": [[{"title": "Chia sẻ thông tin", "does": "contact"}]]}
    return {"buttons": [[_shown(button)] for button in read.buttons]}


def _shown(button: Mapping[str, Any]) -> dict[str, Any]:
    kind, payload = button["type"], button["payload"]
    does = {"oa.open.url": "url", "oa.open.phone": "phone", "oa.open.sms": "sms"}.get(kind, "callback")
    value = payload if does == "callback" else payload.get("url") or payload.get("phone_code")
    return {"title": button["title"], "type": kind, "does": does, "value": value}
