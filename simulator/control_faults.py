"""The switches of the faults, under /control/faults."""

from flask import Blueprint, Response, jsonify, request

from simulator.faults import Fault
from simulator.fields import BadField, explain, read_number, read_object, read_text, read_whole
from simulator.guard import only_this_machine
from simulator.provider import BadAddress
from simulator.simulator import Simulator
from simulator.views import FAULT_TITLES


class FaultControl:
    """Handlers for faults; see `simulator.faults.Fault` for the fields."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._faults = simulator.world.faults

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("control_faults", __name__, url_prefix="/control/faults")
        blueprint.before_request(only_this_machine)
        blueprint.register_error_handler(BadField, explain)
        blueprint.register_error_handler(BadAddress, explain)
        blueprint.add_url_rule("", view_func=self.all, methods=["GET"])
        blueprint.add_url_rule("", view_func=self.switch_on, methods=["POST"])
        blueprint.add_url_rule("", view_func=self.clear, methods=["DELETE"])
        blueprint.add_url_rule("/<int:fault_id>", view_func=self.switch_off, methods=["DELETE"])
        return blueprint

    def all(self) -> Response:
        """The faults that are on, and those that each provider can have."""
        offered = [
            {
                "provider": provider.name,
                "title": provider.title,
                "kinds": [{"kind": kind, "title": FAULT_TITLES[kind]} for kind in provider.fault_kinds],
            }
            for provider in self._simulator.providers
        ]
        return jsonify(faults=[fault.as_json() for fault in self._faults.all()], offered=offered)

    def switch_on(self) -> tuple[Response, int]:
        """{provider, kind, count?, probability?, number?, seconds?, code?}; without count and probability: always."""
        fields = read_object(request.get_json())
        provider = self._simulator.provider(read_text(fields, "provider", 20))
        kinds = {kind.value: kind for kind in provider.fault_kinds} if provider else {}
        kind = kinds.get(read_text(fields, "kind", 40))
        if provider is None or kind is None:
            raise BadField("Nhà cung cấp này không có sự cố như vậy.")
        probability = read_number(fields, "probability", 0, 1)
        number = read_text(fields, "number", 40, default="")
        fault = Fault(
            provider.name,
            kind,
            count=read_whole(fields, "count", 1, 1_000_000),
            probability=1.0 if probability is None else probability,
            number=provider.address(number) if number else None,
            seconds=read_number(fields, "seconds", 0, 3600),
            code=read_whole(fields, "code", -99_999, 99_999),
        )
        return jsonify(self._faults.switch_on(fault).as_json()), 201

    def switch_off(self, fault_id: int) -> tuple[Response, int]:
        return jsonify({}), 200 if self._faults.switch_off(fault_id) else 404

    def clear(self) -> Response:
        """Switch everything off and end the requests that a fault holds open."""
        self._faults.clear()
        self._simulator.world.let_go()
        return jsonify({})
