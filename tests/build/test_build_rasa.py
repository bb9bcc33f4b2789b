"""Rasa finds nothing to complain of in the dialogue's files."""

from __future__ import annotations

import pytest

from loa.validating import rasa_complaints


@pytest.mark.stack
def test_rasa_data_validate_passes_with_warnings_as_failures() -> None:
    assert rasa_complaints() == (0, [])
