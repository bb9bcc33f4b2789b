"""Who gets in: so many calls a minute for the app, an access token in the header `access_token`, no Bearer."""

import hashlib
import hmac
import threading
from dataclasses import dataclass

from flask import Response, g
from werkzeug.datastructures import Headers

from simulator.provider import World
from simulator.zalo.config import ZaloConfig
from simulator.zalo.errors import OaCode, TemplateCode, ZaloError
from simulator.zalo.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Refusals:
    """What a host calls the three ways in which a token can be wrong."""

    invalid: int
    expired: int
    proof: int


OA = Refusals(OaCode.TOKEN_INVALID, OaCode.TOKEN_EXPIRED, OaCode.PROOF_INVALID)
BUSINESS = Refusals(TemplateCode.TOKEN, TemplateCode.TOKEN, TemplateCode.PROOF)


class Gate:
    """Counts calls and reads tokens, for both hosts of one app."""

    def __init__(self, world: World, config: ZaloConfig, tokens: Tokens) -> None:
        self._world = world
        self._config = config
        self._tokens = tokens
        self._lock = threading.Lock()
        self._minute = -1
        self._calls = 0

    def count(self) -> None:
        """Count a call in its minute of the clock. ZaloError −32 when there are too many."""
        limit = self._config.calls_per_minute
        with self._lock:
            minute = int(self._world.clock().timestamp() // 60)
            if minute != self._minute:
                self._minute, self._calls = minute, 0
            self._calls += 1
            g.zalo_remaining = max(0, limit - self._calls)
            over = self._calls > limit
        if over:
            raise ZaloError(OaCode.CALL_LIMIT)

    def stamp(self, response: Response) -> Response:
        """Put what `count` found into the headers of the answer."""
        if "zalo_remaining" in g:
            response.headers["X-RateLimit-Limit"] = str(self._config.calls_per_minute)
            response.headers["X-RateLimit-Remain"] = str(g.zalo_remaining)
        return response

    def check(self, headers: Headers, refusals: Refusals) -> None:
        """ZaloError unless the call bears an access token that lives."""
        token = headers.get("access_token", "")
        if not self._tokens.knows(token):
            raise ZaloError(refusals.invalid)
        if not self._tokens.is_good(token):
            raise ZaloError(refusals.expired)
        if self._config.needs_proof and not self._is_proof(headers.get("appsecret_proof", ""), token):
            raise ZaloError(refusals.proof)

    def _is_proof(self, proof: str, token: str) -> bool:
        wanted = hmac.digest(self._config.app_secret.encode(), token.encode(), hashlib.sha256).hex()
        return hmac.compare_digest(proof.encode(), wanted.encode())
