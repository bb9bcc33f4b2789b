"""Fetching what a citizen sent to the bot. The token is part of every address: it stays within this file's calls."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from telegram import File
from telegram.error import TelegramError

from outreach.channels.adapter import ErrorClass, Rejected
from outreach.channels.fetching import LARGEST_MEDIA, fetch
from outreach.channels.provider import Media, MediaAway, MediaGone
from outreach.channels.telegram.errors import meaning
from outreach.channels.telegram.house import line

_KINDS = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".gif": "image/gif",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
}
"""Telegram hands every file out as bytes without a kind; the ending of its path tells."""
_UNKNOWN = "application/octet-stream"


def fetch_media(reference: str) -> Media:
    """What the file id `reference` names. Raises MediaGone, MediaAway; neither says where it lay."""
    file = _ask(reference)
    if file.file_size is not None and file.file_size > LARGEST_MEDIA:
        raise MediaGone("too_large")
    path = _path(file)
    media = fetch(line().files + quote(path))
    return Media(media.content, _KINDS.get(PurePosixPath(path).suffix.lower(), _UNKNOWN))


def _ask(reference: str) -> File:
    """Where the file lies, for an hour."""
    try:
        return line().call(lambda bot: bot.get_file(reference))
    except TelegramError as error:
        raise _reason(error) from None
    except TimeoutError:
        raise MediaAway("read_timeout") from None


def _reason(error: TelegramError) -> MediaGone | MediaAway:
    """A refusal of this file is final (too large, too old); everything else may pass."""
    became = meaning(error)
    if isinstance(became, Rejected):
        final = became.error_class not in (ErrorClass.STOP_ACCOUNT, ErrorClass.RETRY_LATER)
        return MediaGone(became.code) if final else MediaAway(became.code)
    return MediaAway(type(became).__name__)


def _path(file: File) -> str:
    """The library puts our address before the path. An address elsewhere is not fetched."""
    if not file.file_path or not file.file_path.startswith(line().files):
        raise MediaGone("no_path")
    return file.file_path.removeprefix(line().files)
