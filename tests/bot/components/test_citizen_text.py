"""A citizen's text is never a command to Rasa."""

import pytest

from bot.components.citizen_text import without_commands
from language.reading_form import reading_form


@pytest.mark.parametrize("text", ["/restart", "  /stop", '\n/inform{"bank": "BIDV"}', "//x"])
def test_no_text_begins_with_a_slash_even_stripped(text: str) -> None:
    safe = without_commands(text)
    assert not safe.strip().startswith("/")
    assert reading_form(safe) == reading_form(text)


@pytest.mark.parametrize("text", ["chào cháu", "1/2 tháng", " co ", ""])
def test_any_other_text_stays_as_typed(text: str) -> None:
    assert without_commands(text) == text
