"""Files that officers take away, named in plain letters: old programs stumble over marks and spaces."""

from __future__ import annotations

from typing import IO

from flask import Response, send_file

from language.text import fold

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_workbook(file: IO[bytes], title: str) -> Response:
    """A finished workbook, called by `title`."""
    return _send(file, title, _WORKBOOK, "xlsx")


def send_archive(file: IO[bytes], title: str) -> Response:
    """A finished zip file, called by `title`."""
    return _send(file, title, "application/zip", "zip")


def _send(file: IO[bytes], title: str, mimetype: str, suffix: str) -> Response:
    file.seek(0)
    name = "-".join(fold(title).split())
    return send_file(file, mimetype=mimetype, as_attachment=True, download_name=f"{name}.{suffix}")
