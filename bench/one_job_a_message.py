"""The same wave sent the way many systems do it: one job of the queue for each message.

GOV.UK Notify makes one Celery task a notification (https://github.com/alphagov/notifications-api, `deliver_sms`): read
the row, call the provider, write what came of it. Here with the same claim, the same adapter and the same ledger as a
wave of ours, so that only the shape differs.
"""

from __future__ import annotations

from core import clock
from core.database import transaction
from core.jobs import jobs, worker_app
from outreach.channels.fuse import Fuse
from outreach.channels.registry import adapter_for
from outreach.claiming import claim_wave
from outreach.delivery_settings import delivery_settings
from outreach.sending import send_one, write_down
from outreach.worker_life import life

TASK, QUEUE = "bench.send_one", "bench"
_sent = 0


@jobs.task(name=TASK, queue=QUEUE)
def send_a_message() -> None:
    """Claim one message, send it, write it down."""
    global _sent
    with life().run() as run:
        fuse = Fuse(delivery_settings().fuse_seconds)
        with transaction() as session:
            claimed = claim_wave(session, "twilio", 1, clock.now(), run.key).claimed
        outcomes = [(one, send_one(one, adapter_for("twilio"), fuse)) for one in claimed]
        write_down(outcomes)
        _sent += len(outcomes)


def send_by_jobs(messages: int) -> int:
    """Defer so many jobs, and work them off with as many at once as a wave sends; how many messages went out."""
    before = _sent
    with transaction() as session:
        connection = session.connection().connection.driver_connection
        jobs.configure_task(TASK, queue=QUEUE, connection=connection).batch_defer(*({} for _ in range(messages)))
    app = worker_app()
    with app.open():
        app.run_worker(
            queues=[QUEUE],
            concurrency=delivery_settings().sending_threads,
            wait=False,
            delete_jobs="successful",
            install_signal_handlers=False,
        )
    return _sent - before
