"""Fetching a picture or a voice message from a provider: bounded in size, time and redirections."""

from __future__ import annotations

import httpx

from outreach.channels.provider import Media, MediaAway, MediaGone

LARGEST_MEDIA = 10 * 1024 * 1024
_SECONDS = 20.0
_MOST_REDIRECTIONS = 3
"""Twilio hands its media on to a store of another host; httpx sends the password to the first host alone."""


def fetch(address: str, *, auth: tuple[str, str] | None = None, headers: dict[str, str] | None = None) -> Media:
    """What is at `address`. Raises MediaGone (refused, gone, too large) or MediaAway (no connection, 5xx, 429)."""
    try:
        with httpx.stream(
            "GET", address, auth=auth, headers=headers, timeout=_SECONDS, follow_redirects=False
        ) as answer:
            return _read(answer)
    except httpx.HTTPError:
        raise MediaAway("no_connection") from None


def _read(answer: httpx.Response) -> Media:
    if answer.status_code >= 500 or answer.status_code == 429:
        raise MediaAway(f"http_{answer.status_code}")
    if not answer.is_success:
        raise MediaGone(f"http_{answer.status_code}")
    content = bytearray()
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > LARGEST_MEDIA:
            raise MediaGone("too_large")
    return Media(bytes(content), answer.headers.get("Content-Type", "application/octet-stream").partition(";")[0])
