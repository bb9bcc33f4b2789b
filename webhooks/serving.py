"""How gunicorn serves the public door: `gunicorn --config python:webhooks.serving … "webhooks.app:create_app()"`.

What the door is made of stays for as long as it is open. Python's collector looked all of it through every few thousand
words, and stopped every thread for some 60 ms to do so: at two hundred words a second the slowest answers were those
(measured: `bench/webhook_load.py`).
"""

from __future__ import annotations

import gc

from sqlalchemy.orm import configure_mappers


def post_worker_init(_: object) -> None:
    """Gunicorn's hook, called when the application is made: make the rest too, and leave it out of every collection."""
    configure_mappers()
    gc.collect()
    gc.freeze()
