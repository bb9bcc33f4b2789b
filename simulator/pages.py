"""The page of phones. All it shows comes from the control API."""

from flask import Blueprint, Response, make_response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from simulator.guard import only_this_machine

# Everything the page needs is served from here; nothing else may load.
_POLICY = "default-src 'self'; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"


def page_blueprint() -> Blueprint:
    blueprint = Blueprint("pages", __name__)
    blueprint.before_request(only_this_machine)
    blueprint.add_url_rule("/", view_func=_home)
    blueprint.add_url_rule("/phones", view_func=_phones)
    return blueprint


def _home() -> AnyResponse:
    return redirect("/phones")


def _phones() -> Response:
    response = make_response(render_template("phones.html"))
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
