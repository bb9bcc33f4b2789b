"""What a citizen's message has besides words, as Telegram describes it: contacts, pictures, voices, stickers, files."""

import base64
import uuid

from simulator.messages import Media
from simulator.telegram.files import unique
from simulator.telegram.shapes import Json, file_id_of

_LENGTH = 4  # seconds, of every voice message
# One grey dot.
_DOT = base64.b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")


def kind_of(media: Media) -> str:
    """What Telegram's apps make of a file."""
    if media.content_type.startswith("image/"):
        return "photo"
    return "voice" if media.content_type.startswith("audio/") else "document"


def describe(key: str, media: Media) -> Json:
    """The part of the message with the key `key` that tells of its file."""
    file: Json = {"file_id": file_id_of(key, media.id), "file_unique_id": unique(media), "file_size": len(media.data)}
    kind = kind_of(media)
    if kind == "photo":
        small = {**file, "file_id": file["file_id"] + "-t", "width": 90, "height": 67}
        return {"photo": [small, {**file, "width": 1280, "height": 960}]}
    if kind == "voice":
        return {"voice": {**file, "duration": _LENGTH, "mime_type": media.content_type}}
    name = "giay-to" + (".pdf" if media.content_type == "application/pdf" else "")
    return {"document": {**file, "file_name": name, "mime_type": media.content_type}}


def sticker() -> Media:
    return Media("ME" + uuid.uuid4().hex, "image/webp", _DOT)


def describe_sticker(key: str, media: Media, emoji: str) -> Json:
    return {
        "sticker": {
            "file_id": file_id_of(key, media.id),
            "file_unique_id": unique(media),
            "file_size": len(media.data),
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
            "set_name": "Bieu_cam",
        }
    }
