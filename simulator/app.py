"""The stand-in server: one process, many threads.

gunicorn -k gthread --threads 32 --header-map dangerous --bind 127.0.0.1:9500 'simulator.app:from_environment()'

The header map lets Zalo's `access_token` through: see `simulator.underscores`.
"""

from flask import Flask, jsonify
from werkzeug.exceptions import HTTPException

from simulator.clocks import clock_set_by
from simulator.config import SimulatorConfig, read_environment
from simulator.control import Control
from simulator.control_faults import FaultControl
from simulator.ledger import Clock
from simulator.pages import page_blueprint
from simulator.simulator import Simulator

_LARGEST_REQUEST = 64 * 1024 * 1024


def create_app(config: SimulatorConfig, clock: Clock | None = None) -> Flask:
    """The server; `simulator_of(app)` gives the stand-ins behind it.

    JournalInUse if another process has the journal. `clock` gives aware times; without it, the configured one does.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST
    app.json.sort_keys = False  # type: ignore[attr-defined]
    simulator = Simulator(config, clock or clock_set_by(config.clock_file))
    app.extensions["simulator"] = simulator
    for provider in simulator.providers:
        app.register_blueprint(provider.blueprint())
    app.register_blueprint(Control(simulator).blueprint())
    app.register_blueprint(FaultControl(simulator).blueprint())
    app.register_blueprint(page_blueprint())
    app.add_url_rule("/healthz", view_func=lambda: jsonify(ok=True))
    app.register_error_handler(HTTPException, lambda error: (jsonify(error=error.description), error.code or 500))
    return app


def from_environment() -> Flask:
    """The server as SIMULATOR_* variables describe it: see `simulator.config.read_environment`."""
    return create_app(read_environment())


def simulator_of(app: Flask) -> Simulator:
    """The stand-ins behind an app made by `create_app`."""
    simulator = app.extensions["simulator"]
    assert isinstance(simulator, Simulator)
    return simulator
