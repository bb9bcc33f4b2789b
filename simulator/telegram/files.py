"""Files that citizens sent: https://core.telegram.org/bots/api#getfile."""

import mimetypes
from datetime import datetime, timedelta
from typing import Any

from simulator.messages import Media, Message
from simulator.provider import World
from simulator.telegram.errors import bad_request, not_found
from simulator.telegram.parameters import Parameters
from simulator.telegram.shapes import PROVIDER, read_file_id

_LARGEST = 20 * 1024 * 1024
_LIFETIME = timedelta(hours=1)
_FOLDERS = {"photo": "photos", "voice": "voice", "sticker": "stickers", "document": "documents"}
_ENDINGS = {"photo": ".jpg", "voice": ".oga"}


class Files:
    """Gives paths for files, and files for paths, each path for an hour."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._given: dict[str, tuple[Media, datetime]] = {}

    def get_file(self, parameters: Parameters) -> dict[str, Any]:
        """TelegramError for a file that is none or too big for a bot."""
        file_id = parameters.text("file_id")
        if not file_id:
            raise bad_request("file_id not specified")
        message, media = self._find(file_id.removesuffix("-t"))
        if len(media.data) > _LARGEST:
            raise bad_request("file is too big")
        path = _path(message, media)
        self._given[path] = (media, self._world.clock() + _LIFETIME)
        return {"file_id": file_id, "file_unique_id": unique(media), "file_size": len(media.data), "file_path": path}

    def read(self, path: str) -> Media:
        """What stands at a path that was given. TelegramError 404 if it was not, or too long ago."""
        media, until = self._given.get(path, (None, self._world.clock()))
        if media is None or self._world.clock() >= until:
            raise not_found()
        return media

    def _find(self, file_id: str) -> tuple[Message, Media]:
        key, media_id = read_file_id(file_id) or ("", "")
        message = self._world.ledger.message(key)
        if message is not None and message.provider == PROVIDER:
            for media in message.media:
                if media.id == media_id:
                    return message, media
        raise bad_request("wrong file_id or the file is temporarily unavailable")


def unique(media: Media) -> str:
    """The same for the same file, and of no use for getting it."""
    return "AQAD" + media.id[-12:]


def _path(message: Message, media: Media) -> str:
    ending = _ENDINGS.get(message.details["kind"]) or mimetypes.guess_extension(media.content_type) or ""
    return f"{_FOLDERS[message.details['kind']]}/file_{message.details['message_id']}{ending}"
