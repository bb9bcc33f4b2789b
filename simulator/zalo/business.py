"""business.openapi.zalo.me: template messages by telephone number, their status, quotas and templates."""

from typing import Any

from flask import Blueprint, Response, request

from simulator.messages import Direction
from simulator.provider import World
from simulator.trouble import Trouble
from simulator.zalo.account import Account, is_night
from simulator.zalo.config import ZaloConfig
from simulator.zalo.delivery import Delivery
from simulator.zalo.errors import TemplateCode, ZaloError, success
from simulator.zalo.events import millis
from simulator.zalo.gate import BUSINESS, Gate
from simulator.zalo.identity import read_international
from simulator.zalo.people import People
from simulator.zalo.resource import PROVIDER, Product, Status
from simulator.zalo.templates import STATUSES, Templates, fill, show_line, show_whole, shown_buttons

_LONGEST_TRACKING = 48
_LARGEST_PAGE = 100
_STANDARD = "1"


class Business:
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
        self._people = people
        self._account = account
        self._templates = templates
        self._delivery = delivery

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("business", __name__, url_prefix="/zalo/business")
        add = blueprint.add_url_rule
        add("/message/template", view_func=self.send, methods=["POST"])
        add("/message/status", view_func=self.status, methods=["GET"])
        add("/message/quota", view_func=self.quota, methods=["GET"])
        add("/template/all", view_func=self.all_templates, methods=["GET"])
        add("/template/info/v2", view_func=self.template, methods=["GET"])
        blueprint.before_request(self._let_in)
        blueprint.after_request(self._gate.stamp)
        blueprint.register_error_handler(ZaloError, self.refuse)
        return blueprint

    def send(self) -> Response:
        """A template message to a telephone number. The person need not know the OA."""
        body = _body()
        number = read_international(body.get("phone"))
        if number is None:
            raise ZaloError(TemplateCode.PHONE)
        template = self._templates.sendable(body.get("template_id"))
        text = fill(template, body.get("template_data"))
        tracking_id, development = _tracking_id(body), self._is_development(body, number)
        if is_night(self._world.clock()) and not template.at_night:
            raise ZaloError(TemplateCode.NIGHT)
        self._check_person(number)
        price = 0 if development else template.price
        if not development:
            self._account.take_template(template, price)
        message = self._delivery.accept(
            number,
            Product.TEMPLATE_BY_PHONE,
            text,
            kind="template",
            template_id=template.id,
            template_data=body["template_data"],
            tracking_id=tracking_id,
            price=price,
            development=development,
            buttons=shown_buttons(template),
        )
        data = {
            "msg_id": message.id,
            "sent_time": millis(message.created_at),
            "sending_mode": _STANDARD,
            "quota": {
                "dailyQuota": str(self._account.daily_quota),
                "remainingQuota": str(self._account.remaining_quota),
            },
        }
        return self._trouble.after_acceptance(number, success(data))

    def status(self) -> Response:
        """?message_id=: −1 not known, 0 with the server, 1 on the phone."""
        message_id = request.args.get("message_id", "")
        if not message_id:
            raise ZaloError(TemplateCode.MESSAGE_ID)
        message = self._world.ledger.message(message_id)
        ours = message is not None and message.provider == PROVIDER and message.direction is Direction.TO_PHONE
        if message is None or not ours or message.details["product"] != Product.TEMPLATE_BY_PHONE:
            return success({"delivery_time": "", "message": "The message does not exist", "status": -1})
        if message.status == Status.SENT:
            return success({"delivery_time": "", "message": "The message was sent to the server", "status": 0})
        words = "The message was delivered to the user's phone"
        return success({"delivery_time": millis(message.updated_at), "message": words, "status": 1})

    def quota(self) -> Response:
        data = {
            "dailyQuota": self._account.daily_quota,
            "remainingQuota": self._account.remaining_quota,
            "dailyQuotaPromotion": None,
            "remainingQuotaPromotion": None,
            "monthlyPromotionQuota": 0,
            "remainingMonthlyPromotionQuota": 0,
            "estimatedNextMonthPromotionQuota": 0,
        }
        return success(data)

    def all_templates(self) -> Response:
        """?offset=&limit=&status=: `status` is a number here, though a word in the answer."""
        offset, limit = _whole("offset", 0), _whole("limit", _LARGEST_PAGE)
        status = _whole("status", 0)
        if offset < 0 or not 1 <= limit <= _LARGEST_PAGE or not 0 <= status <= len(STATUSES):
            raise ZaloError(TemplateCode.PARAMETER)
        wanted = [template for template in self._templates.all() if template.ours]
        if status:
            wanted = [template for template in wanted if template.status == STATUSES[status - 1]]
        page = [show_line(template) for template in wanted[offset : offset + limit]]
        return success(page, metadata={"total": len(wanted)})

    def template(self) -> Response:
        """?template_id=: a template with its parameters."""
        template = self._templates.find(request.args.get("template_id", ""))
        if template is None or not template.ours:
            raise ZaloError(TemplateCode.TEMPLATE_ID)
        return success(show_whole(template))

    def refuse(self, error: ZaloError) -> Response:
        self._world.ledger.note("refused", provider=PROVIDER, code=error.code, status=200, number=_aim())
        return error.response()

    def _let_in(self) -> Response | None:
        if trouble := self._trouble.before_anything(_aim()):
            return trouble
        if self._config.limits_business:
            self._gate.count()
        self._gate.check(request.headers, BUSINESS)
        return None

    def _is_development(self, body: dict[str, Any], number: str) -> bool:
        """Whether it is only tried out, which is free and reaches the OA's administrators alone."""
        if body.get("sending_mode", _STANDARD) != _STANDARD:
            raise ZaloError(TemplateCode.SENDING_MODE)
        mode = body.get("mode")
        if mode is not None and mode != "development":
            raise ZaloError(TemplateCode.PARAMETER)
        if mode and number not in self._config.admins:
            raise ZaloError(TemplateCode.ADMINS_ONLY)
        return bool(mode)

    def _check_person(self, number: str) -> None:
        person = self._people.person(number)
        if not person.has_zalo:
            raise ZaloError(TemplateCode.NO_ZALO)
        if person.template_refusal is not None:
            raise ZaloError(person.template_refusal)


def _body() -> dict[str, Any]:
    if not request.get_data():
        raise ZaloError(TemplateCode.BODY_EMPTY)
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise ZaloError(TemplateCode.BODY_NOT_JSON)
    return body


def _aim() -> str | None:
    """Whom a request would reach, as far as can be told before it is checked."""
    body = request.get_json(force=True, silent=True)
    return read_international(body.get("phone")) if isinstance(body, dict) else None


def _tracking_id(body: dict[str, Any]) -> str:
    tracking_id = body.get("tracking_id")
    if not isinstance(tracking_id, str) or not 1 <= len(tracking_id) <= _LONGEST_TRACKING:
        raise ZaloError(TemplateCode.PARAMETER, "tracking_id is invalid")
    return tracking_id


def _whole(name: str, default: int) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    if not text.isdecimal():
        raise ZaloError(TemplateCode.PARAMETER, f"Invalid {name}")
    return int(text)
