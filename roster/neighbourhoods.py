"""Hamlets and residents' groups, as rosters and addresses name them: "Thôn 3", "TDP số 5". Pure."""

from __future__ import annotations

import re

from language.text import fold

_NEIGHBOURHOOD = re.compile(
    r"^\W*(?:thon|to dan pho|tdp|to dp|xom|khu dan cu|khu|cum dan cu|cum|ap|to|ban)\b[\s.:]*(?:so\s*)?\S.{0,30}$"
)


def is_neighbourhood(text: str) -> bool:
    """Whether a heading of a roster is a hamlet or residents' group."""
    return bool(_NEIGHBOURHOOD.match(fold(text)))
