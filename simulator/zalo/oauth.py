"""oauth.zaloapp.com: /v4/oa/permission, where an administrator of the OA consents, and /v4/oa/access_token.

Its errors, too, are HTTP 200. Of their numbers only −14002 and −14003 are known from public sources; what can be
relied upon is that `error` is there and `access_token` is not.
"""

import base64
import hashlib
import hmac
import ipaddress
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template_string, request
from werkzeug.wrappers import Response as AnyResponse

from simulator.provider import World
from simulator.trouble import Trouble
from simulator.zalo.config import ZaloConfig
from simulator.zalo.resource import PROVIDER
from simulator.zalo.tokens import GrantRefused, Pair, Tokens

_PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Cấp quyền cho ứng dụng</title></head>
<body><main><h1>Cấp quyền cho ứng dụng</h1>
<p>Ứng dụng {{ app_id }} xin quyền gửi tin và nhận tin thay cho <strong>{{ oa_name }}</strong>.</p>
<form method="post"><button>Cho phép</button></form>
<p>Bản diễn tập: không phải trang của Zalo.</p></main></body></html>"""
_REFERENCE = "https://developers.zalo.me/docs/official-account/bat-dau/xac-thuc-va-uy-quyen-cho-ung-dung-new"

INVALID_APP = -14002
INVALID_REDIRECT = -14003
INVALID_SECRET = -14004
INVALID_GRANT_TYPE = -14010
INVALID_GRANT = -14014


class OauthError(Exception):
    def __init__(self, code: int, name: str, reason: str = "") -> None:
        super().__init__(name)
        self.code = code
        self.name = name
        self.reason = reason

    def response(self) -> Response:
        return jsonify(
            error_name=self.name,
            error_reason=self.reason,
            ref_doc=_REFERENCE,
            error_description=self.reason or self.name,
            error=self.code,
        )


class Oauth:
    """The host's HTTP interface."""

    def __init__(self, world: World, config: ZaloConfig, tokens: Tokens, trouble: Trouble) -> None:
        self._world = world
        self._config = config
        self._tokens = tokens
        self._trouble = trouble

    def blueprint(self) -> Blueprint:
        blueprint = Blueprint("oauth", __name__, url_prefix="/zalo/oauth/v4/oa")
        blueprint.add_url_rule("/access_token", view_func=self.access_token, methods=["POST"])
        blueprint.add_url_rule("/permission", view_func=self.ask, methods=["GET"])
        blueprint.add_url_rule("/permission", view_func=self.consent, methods=["POST"])
        blueprint.register_error_handler(OauthError, self.refuse)
        return blueprint

    def access_token(self) -> Response:
        """Trade a refresh token or an authorisation code for a pair of tokens."""
        if trouble := self._trouble.before_anything(None):
            return trouble
        self._check_app()
        try:
            pair = self._grant()
        except GrantRefused as refusal:
            raise OauthError(INVALID_GRANT, str(refusal)) from refusal
        self._world.ledger.note("granted", provider=PROVIDER, grant_type=request.form["grant_type"])
        answer = jsonify(
            access_token=pair.access_token, refresh_token=pair.refresh_token, expires_in=f"{pair.lives:.0f}"
        )
        return self._trouble.after_acceptance("", answer)

    def ask(self) -> Response:
        """The page on which an administrator of the OA lets the app in."""
        self._check_permission()
        page = render_template_string(_PAGE, app_id=self._config.app_id, oa_name=self._config.oa_name)
        return make_response(page, {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"})

    def consent(self) -> AnyResponse:
        """Back to the customer, with a code that lives ten minutes."""
        redirect_uri = self._check_permission()
        code = self._tokens.authorise(request.args.get("code_challenge", ""))
        query = {"code": code, "oa_id": self._config.oa_id}
        if "state" in request.args:
            query["state"] = request.args["state"]
        return redirect(f"{redirect_uri}{'&' if urlsplit(redirect_uri).query else '?'}{urlencode(query)}")

    def refuse(self, error: OauthError) -> Response:
        self._world.ledger.note("refused", provider=PROVIDER, code=error.code, status=200, number=None)
        return error.response()

    def _check_app(self) -> None:
        given = request.headers.get("secret_key", "")
        if request.form.get("app_id") != self._config.app_id:
            raise OauthError(INVALID_APP, "Invalid appId")
        if not hmac.compare_digest(given.encode(), self._config.app_secret.encode()):
            raise OauthError(INVALID_SECRET, "Invalid secret key")

    def _grant(self) -> Pair:
        form = request.form
        if form.get("grant_type") == "refresh_token":
            return self._tokens.refresh(form.get("refresh_token", ""))
        if form.get("grant_type") == "authorization_code":
            return self._tokens.exchange(form.get("code", ""), _challenge(form.get("code_verifier", "")))
        raise OauthError(INVALID_GRANT_TYPE, "Invalid grant type")

    def _check_permission(self) -> str:
        """The address to go back to."""
        redirect_uri = request.args.get("redirect_uri", "")
        if request.args.get("app_id") != self._config.app_id:
            raise OauthError(INVALID_APP, "Invalid appId")
        known = self._config.callback_url
        if redirect_uri != known if known else not _is_loopback(redirect_uri):
            raise OauthError(INVALID_REDIRECT, "Invalid redirect uri")
        return redirect_uri


def _challenge(verifier: str) -> str:
    """PKCE, S256: RFC 7636, section 4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
