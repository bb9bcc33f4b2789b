"""The whole stack, once a module, on a database and ports of its own."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from loa.stack import own_ports, running_stack
from tests.e2e.town import Town


@pytest.fixture(scope="module")
def whole_module() -> Iterator[pytest.MonkeyPatch]:
    """The environment as this module wants it."""
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def town(database: str, whole_module: pytest.MonkeyPatch) -> Iterator[Town]:
    """Every process of an installation, and clients for the doors that a test knocks at."""
    whole_module.setenv("LOA_TWILIO_PER_SECOND", "200")
    with own_ports(), running_stack() as stack:
        settings = stack.settings
        simulator = httpx.Client(base_url=f"http://127.0.0.1:{settings.simulator_port}", timeout=30)
        public = httpx.Client(base_url=settings.public_base, timeout=30)
        with simulator, public:
            yield Town(stack, simulator, public, f"http://127.0.0.1:{settings.console_port}")
