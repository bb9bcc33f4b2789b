"""The control API: what tests and the page use to look at phones, write as a citizen and read the log."""

from itertools import islice

from flask import Blueprint, Response, abort, jsonify, make_response, request

from simulator.fields import BadField, explain, read_flag, read_media, read_number, read_object, read_text
from simulator.finding import Search
from simulator.gestures import Gesture
from simulator.guard import only_this_machine
from simulator.messages import Channel
from simulator.provider import BadAddress, Provider
from simulator.simulator import Simulator
from simulator.vietnam import read_phone
from simulator.views import show_entry, show_message, show_office, show_phone

# What a person can write at once.
_LONGEST = {channel: 1600 if channel is Channel.SMS else 4096 for channel in Channel}


class Control:
    """Handlers under /control; see `blueprint` for the paths."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator
        self._world = simulator.world
        self._ledger = simulator.world.ledger

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("control", __name__, url_prefix="/control")
        blueprint.before_request(only_this_machine)
        blueprint.register_error_handler(BadField, explain)
        blueprint.register_error_handler(BadAddress, explain)
        add = blueprint.add_url_rule
        add("/offices", view_func=self.offices, methods=["GET"])
        add("/phones", view_func=self.phones, methods=["GET"])
        add("/phones", view_func=self.add_phone, methods=["POST"])
        add("/phones/<number>/messages", view_func=self.messages, methods=["GET"])
        add("/phones/<number>/say", view_func=self.say, methods=["POST"])
        add("/phones/<number>/acts/<gesture>", view_func=self.act, methods=["POST"])
        add("/phones/<number>/read", view_func=self.read, methods=["POST"])
        add("/phones/<number>/power", view_func=self.power, methods=["POST"])
        add("/phones/<number>/opt-out", view_func=self.opt_out, methods=["POST"])
        add("/media/<message_id>/<media_id>", view_func=self.media, methods=["GET"])
        add("/log", view_func=self.log, methods=["GET"])
        add("/flush", view_func=self.flush, methods=["POST"])
        add("/reset", view_func=self.reset, methods=["POST"])
        return blueprint

    def offices(self) -> Response:
        """Where people find the customer on each channel, by provider."""
        return jsonify(offices=[show_office(provider) for provider in self._simulator.providers])

    def phones(self) -> Response:
        """Phones changed after version `after`, the latest changed first, at most `limit`; `search` in name or number,
        `channel` that channel's only.

        `now` is the stand-ins' time. `generation` differs after a reset or restart: what the caller knew is void then.
        """
        version = self._ledger.version
        channel = request.args.get("channel")
        search = Search.of(request.args.get("search", ""), _channel(channel) if channel else None)
        wanted = filter(search.finds, self._ledger.phones_changed(_whole("after", 0)))
        shown = [show_phone(phone) for phone in islice(wanted, _whole("limit", 200))]
        now = self._world.clock().isoformat()
        return jsonify(now=now, generation=self._ledger.generation, version=version, phones=shown)

    def add_phone(self) -> tuple[Response, int]:
        """{number, name?, channel?, tel?}: a phone that shows up before anything was sent to it.

        `tel` is the telephone number behind an account on a messenger.
        """
        fields = read_object(request.get_json())
        channel = _channel(read_text(fields, "channel", 20, default=Channel.SMS))
        number = self._provider(channel).address(read_text(fields, "number", 40))
        name, tel = read_text(fields, "name", 60, default="").strip(), read_text(fields, "tel", 40, default="")
        phone = self._ledger.set_phone(channel, number, name=name, tel=_telephone(tel) if tel else None)
        return jsonify(show_phone(phone)), 201

    def messages(self, number: str) -> Response:
        """All messages to and from a phone, oldest first; `reached` tells which its owner can see."""
        channel, address = self._phone(number)
        limit = _whole("limit", 500)
        conversation = self._ledger.conversation(channel, address)[-limit:]
        return jsonify(messages=[show_message(message) for message in conversation])

    def say(self, number: str) -> tuple[Response, int]:
        """{text, media?, provider?}: the citizen writes. 202: it is on its way to the webhook.

        `provider`: whom the citizen writes through; without it the one who wrote last.
        """
        channel, address = self._phone(number)
        fields = read_object(request.get_json())
        text, media = read_text(fields, "text", _LONGEST[channel], default=""), read_media(fields)
        if not text and not media:
            raise BadField("Tin nhắn chưa có nội dung.")
        provider = self._carrier(channel, address, read_text(fields, "provider", 20, default=""))
        message = provider.say(address, text, media, request.host_url.rstrip("/"))
        return jsonify(show_message(message)), 202

    def act(self, number: str, gesture: str) -> tuple[Response, int]:
        """What `simulator.gestures` names, with the fields said at the provider's `act`. 202 as with `say`."""
        channel, address = self._phone(number)
        fields = read_object(request.get_json())
        provider = self._carrier(channel, address, read_text(fields, "provider", 20, default=""))
        if gesture not in provider.gestures:
            raise BadField("Máy này không làm được việc đó.")
        message = provider.act(address, Gesture(gesture), fields)
        return jsonify(show_message(message)), 202

    def read(self, number: str) -> Response:
        """The citizen has looked at the messages."""
        self._ledger.mark_read(*self._phone(number))
        return jsonify({})

    def power(self, number: str) -> Response:
        """{on}: a phone that is off gets nothing; its messages end undelivered."""
        on = read_flag(read_object(request.get_json()), "on")
        return jsonify(show_phone(self._ledger.set_phone(*self._phone(number), on=on)))

    def opt_out(self, number: str) -> Response:
        """{refuses, sender?}: the provider refuses messages to this phone, from a sender or from all."""
        fields = read_object(request.get_json())
        sender, refuses = read_text(fields, "sender", 40, default="*"), read_flag(fields, "refuses")
        self._ledger.set_refuses(*self._phone(number), sender, refuses)
        return jsonify({})

    def media(self, message_id: str, media_id: str) -> Response:
        """A picture inside a message, for the page."""
        message = self._ledger.message(message_id)
        found = next((media for media in message.media if media.id == media_id), None) if message else None
        if found is None:
            abort(404)
        return make_response(found.data, {"Content-Type": found.content_type, "X-Content-Type-Options": "nosniff"})

    def log(self) -> Response:
        """Entries after sequence number `after`, oldest first, at most `limit`, only those of `event` if given."""
        event = request.args.get("event")
        entries = (entry for entry in self._ledger.log(_whole("after", 0)) if event in (None, entry["event"]))
        return jsonify(entries=[show_entry(entry) for entry in islice(entries, _whole("limit", 1_000_000))])

    def flush(self) -> tuple[Response, int]:
        """Deliver everything now; 504 if it is not done after `timeout` seconds (30)."""
        timeout = read_number(read_object(request.get_json()), "timeout", 0, 600)
        try:
            return jsonify(done=self._simulator.deliver_pending(30.0 if timeout is None else timeout)), 200
        except TimeoutError:
            return jsonify(error="Vẫn còn tin đang gửi."), 504

    def reset(self) -> Response:
        """Forget messages, phones, faults and log."""
        self._simulator.reset()
        return jsonify({})

    def _phone(self, number: str) -> tuple[Channel, str]:
        channel = _channel(request.args.get("channel", Channel.SMS))
        return channel, self._provider(channel).address(number)

    def _provider(self, channel: Channel) -> Provider:
        return self._simulator.provider_of(channel, None)

    def _carrier(self, channel: Channel, address: str, name: str) -> Provider:
        if not name:
            return self._simulator.provider_of(channel, self._ledger.phone(channel, address))
        provider = self._simulator.provider(name)
        if provider is None or provider.channel is not channel:
            raise BadField("Kênh này không có nhà cung cấp đó.")
        return provider


def _channel(name: str) -> Channel:
    try:
        return Channel(name)
    except ValueError as error:
        raise BadField("Kênh này không có.") from error


def _telephone(text: str) -> str:
    number = read_phone(text)
    if number is None:
        raise BadField("Số điện thoại này không đúng. Ví dụ đúng: 0912 345 678.")
    return number


def _whole(name: str, default: int) -> int:
    return request.args.get(name, default, type=int)
