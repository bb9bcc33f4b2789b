"""What only Zalo needs of the control API, under /control/zalo: for tests and for the page."""

from flask import Blueprint, Response, jsonify, request

from simulator.fields import BadField, explain, read_flag, read_object, read_text, read_whole
from simulator.guard import only_this_machine
from simulator.provider import BadAddress, World
from simulator.vietnam import is_mobile, read_phone
from simulator.zalo.account import Account
from simulator.zalo.events import Events
from simulator.zalo.fate import Telling
from simulator.zalo.identity import number_of
from simulator.zalo.people import People, Person
from simulator.zalo.templates import STATUSES, Templates
from simulator.zalo.tokens import Tokens
from simulator.zalo.webhooks import Webhooks


class ZaloControl:
    """The provider's own hand: who can be reached, what was decided of a template, what the account may spend."""

    def __init__(
        self,
        world: World,
        people: People,
        account: Account,
        templates: Templates,
        tokens: Tokens,
        events: Events,
        webhooks: Webhooks,
    ) -> None:
        self._world = world
        self._people = people
        self._account = account
        self._templates = templates
        self._tokens = tokens
        self._events = events
        self._webhooks = webhooks

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("control", __name__, url_prefix="/control/zalo")
        blueprint.before_request(only_this_machine)
        blueprint.register_error_handler(BadField, explain)
        blueprint.register_error_handler(BadAddress, explain)
        add = blueprint.add_url_rule
        add("/people/<number>", view_func=self.person, methods=["GET"])
        add("/people/<number>", view_func=self.change_person, methods=["POST"])
        add("/templates/<template_id>/status", view_func=self.decide, methods=["POST"])
        add("/account", view_func=self.account, methods=["GET"])
        add("/account", view_func=self.change_account, methods=["POST"])
        add("/consent", view_func=self.consent, methods=["POST"])
        return blueprint

    def person(self, number: str) -> Response:
        """Who is at a telephone number or user id."""
        return jsonify(_show(self._people.person(read_address(number))))

    def change_person(self, number: str) -> Response:
        """{has_zalo?, oa_refusal?, template_refusal?}: the refusals are error codes; 0 ends them."""
        fields = read_object(request.get_json())
        changes: dict[str, bool | int | None] = {}
        if "has_zalo" in fields:
            changes["has_zalo"] = read_flag(fields, "has_zalo")
        for name in ("oa_refusal", "template_refusal"):
            if name in fields:
                changes[name] = read_whole(fields, name, -99_999, 0) or None
        return jsonify(_show(self._people.change(read_address(number), **changes)))

    def decide(self, template_id: str) -> Response:
        """{status, reason?}: the review of a template has ended; the customer is told."""
        fields = read_object(request.get_json())
        status, reason = read_text(fields, "status", 20), read_text(fields, "reason", 400, default="")
        template = self._templates.find(template_id)
        if template is None or status not in STATUSES:
            raise BadField("Không có mẫu tin hoặc trạng thái này.")
        self._templates.set_status(template_id, status)
        now = self._world.clock()
        self._webhooks.tell(self._events.template_status(template_id, template.status, status, reason, now), Telling())
        return jsonify({})

    def account(self) -> Response:
        return jsonify(
            daily_quota=self._account.daily_quota,
            remaining_quota=self._account.remaining_quota,
            balance=self._account.balance,
            remaining_consultations=self._account.remaining_consultations,
        )

    def change_account(self) -> Response:
        """{daily_quota?, balance?}: of a new quota the customer is told."""
        fields, before = read_object(request.get_json()), self._account.daily_quota
        given = {name: read_whole(fields, name, 0, 1_000_000_000) for name in ("daily_quota", "balance")}
        self._account.change(**{name: value for name, value in given.items() if value is not None})
        after = self._account.daily_quota
        if after != before:
            self._webhooks.tell(self._events.daily_quota(before, after, self._world.clock()), Telling())
        return self.account()

    def consent(self) -> Response:
        """{challenge?}: an administrator has let the app in; the code that goes to the customer."""
        challenge = read_text(read_object(request.get_json()), "challenge", 100, default="")
        return jsonify(code=self._tokens.authorise(challenge))


def read_address(text: str) -> str:
    """A mobile number as a person types it, or a user id, in E.164. BadAddress."""
    number = number_of(text.strip()) or read_phone(text)
    if number is None or not is_mobile(number):
        raise BadAddress("Số điện thoại này không đúng. Ví dụ đúng: 0912 345 678.")
    return number


def _show(person: Person) -> dict[str, object]:
    return {
        "number": person.number,
        "user_id": person.user_id,
        "user_id_by_app": person.user_id_by_app,
        "has_zalo": person.has_zalo,
        "follows": person.follows,
        "last_interaction": person.last_interaction.isoformat() if person.last_interaction else None,
        "oa_refusal": person.oa_refusal,
        "template_refusal": person.template_refusal,
        "shared": person.shared,
    }
