"""`/metrics`: for a monitoring system that shows its token, and for administrators."""

from __future__ import annotations

from flask import Blueprint, Response, request
from prometheus_client.exposition import choose_encoder

from console.metrics import registry
from console.permissions import Action, for_action

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
@for_action(Action.METRICS)
def metrics() -> Response:
    """Numbers alone, none of them a person's."""
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return Response(encode(registry()), content_type=content_type)
