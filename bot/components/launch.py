"""The Rasa process: `.venv-rasa/bin/python -m bot.components.launch [--port 5005] [--model models]`.

Serves the relay channel on loopback and nothing else: no HTTP API, no other channel, no telemetry, no TensorFlow.
Reads endpoints.yml and credentials.yml at the project's root; LOA_INTERNAL_TOKEN, LOA_ENCRYPTION_KEYS and
LOA_RASA_DATABASE_URL must be set.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
REQUIRED = ("LOA_INTERNAL_TOKEN", "LOA_ENCRYPTION_KEYS", "LOA_RASA_DATABASE_URL")
DEFAULTS = {
    "LOA_ACTIONS_PORT": "5055",
    "RASA_TELEMETRY_ENABLED": "false",
    # Rasa looks for OpenBLAS's threads to speed up training; a server of small messages is faster without.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def serve(port: int, model: Path) -> None:
    """Run until stopped."""
    from bot.components.quiet_logs import keep_logs_wordless, keep_warnings_silent
    from bot.components.without_tensorflow import leave_tensorflow_out

    keep_warnings_silent()
    leave_tensorflow_out()
    app = _application(model)
    keep_logs_wordless()
    app.run(host=LOOPBACK, port=port, workers=1, access_log=False, motd=False)


def _application(model: Path) -> Any:
    from rasa.core.channels.channel import register
    from rasa.core.utils import AvailableEndpoints
    from rasa.shared.utils.io import read_config_file
    from sanic import Sanic

    from bot.components.relay_channel import RelayChannel

    app = Sanic("loa_rasa", configure_logging=False)
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    channels = read_config_file(str(ROOT / "credentials.yml"))
    register([RelayChannel.from_credentials(channels[_path_of(RelayChannel)])], app, route="/webhooks/")
    app.register_listener(partial(_load, model, endpoints), "before_server_start")
    return app


def _path_of(channel: type) -> str:
    return f"{channel.__module__}.{channel.__qualname__}"


async def _load(model: Path, endpoints: Any, app: Any, loop: Any) -> None:
    from rasa.core.agent import load_agent

    app.ctx.agent = await load_agent(model_path=str(model), endpoints=endpoints, loop=loop)
    log = logging.getLogger("loa.rasa")
    if not app.ctx.agent.is_ready():
        log.error("no model could be loaded from %s", model)
        raise SystemExit(1)
    log.info("serving %s", model)


def main() -> None:
    """Read the command line and serve."""
    parser = argparse.ArgumentParser(description="Serve the dialogue model to the relay.")
    parser.add_argument("--port", type=int, default=int(os.environ.get("LOA_RASA_PORT", "5005")))
    parser.add_argument("--model", type=Path, default=ROOT / "models", help="a model file, or a folder (newest first)")
    asked = parser.parse_args()
    missing = [name for name in REQUIRED if not os.environ.get(name)]
    if missing:
        sys.exit(f"not set: {', '.join(missing)}")
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    serve(asked.port, asked.model)


if __name__ == "__main__":
    main()
