"""Which page of a long list is looked at. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Page `page` of `last`, both from 1; `before` rows come before it."""

    page: int
    last: int
    before: int


def place(total: int, asked: int, on_a_page: int) -> Place:
    """Where page `asked` of `total` rows is; a page that is not there becomes the nearest that is."""
    last = max(-(-total // on_a_page), 1)
    page = min(max(asked, 1), last)
    return Place(page, last, (page - 1) * on_a_page)
