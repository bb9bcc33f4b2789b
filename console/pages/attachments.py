"""A picture, a recording or a file that a citizen sent: shown to the commune's officers, and each look noted."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from console.desk import log_view, scoped
from console.permissions import Action, for_action
from conversations.attachment import Attachment, AttachmentState
from conversations.attachments import SHOWN_AS

blueprint = Blueprint("attachments", __name__, url_prefix="/tep")


@blueprint.get("/<int:attachment_id>")
@for_action(Action.CONVERSATIONS)
def show(attachment_id: int) -> Response:
    """The attachment itself. What is no picture or recording is only handed out for keeping, never opened here."""
    with scoped() as session:
        found = session.get(Attachment, attachment_id)
        if found is None or found.state is not AttachmentState.KEPT or found.content is None:
            abort(404)
        log_view(session, f"attachment:{found.id}", found.commune_code, "attachment")
        shown = found.content_type in SHOWN_AS
        response = Response(found.content, mimetype=found.content_type if shown else "application/octet-stream")
    response.headers["Content-Disposition"] = "inline" if shown else f'attachment; filename="tep-{attachment_id}.bin"'
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; media-src 'self'; sandbox"
    return response
