"""Codes to scan, drawn into a page: what they hold is an address of the console, opened after sign-in only."""

from __future__ import annotations

import segno
from flask import request, url_for
from markupsafe import Markup


def scan_code(token: str) -> Markup:
    """The drawing of a code that opens a row of a visit list."""
    drawn = segno.make(_address(token), error="m", micro=False)
    return Markup(drawn.svg_inline(omitsize=True, border=1, svgclass="scan", lineclass=None))


def _address(token: str) -> str:
    """In capitals, as addresses may be but for their path: the code needs a third less room so."""
    address = url_for("visits.scanned", token=token, _external=True)
    return address if request.script_root else address.upper()
