"""When things happen: jobs that fall due, done by a few background threads."""

import heapq
import itertools
import logging
import math
import threading
import time
import zlib
from collections.abc import Callable

type Job = Callable[[], object]

# Seconds. Under load, jobs that fall due together cost half of what they cost one by one: fewer threads are woken.
_GRAIN = 0.05

_log = logging.getLogger(__name__)


class Clockwork:
    """Does jobs after their delay; jobs with the same key never overlap and keep the order of their due times.

    With `automatic` False nothing is done until `flush`.
    """

    def __init__(self, lanes: int = 8, automatic: bool = True) -> None:
        self._lanes = [_Lane(automatic) for _ in range(lanes)]

    def put(self, key: str, delay: float, job: Job) -> None:
        """Do `job` after `delay` seconds, in turn with the others under `key`."""
        due = time.monotonic() + delay
        if delay > 0:
            due = math.ceil(due / _GRAIN) * _GRAIN
        self._lanes[zlib.crc32(key.encode()) % len(self._lanes)].put(due, job)

    def flush(self, timeout: float = 30.0) -> int:
        """Do everything now, whatever its due time, with all that follows from it; the number of jobs done.

        TimeoutError when jobs are left after `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        done = 0
        while round_done := sum(lane.flush(deadline) for lane in self._lanes):
            done += round_done
        return done

    def clear(self) -> None:
        """Forget the jobs that have not begun."""
        for lane in self._lanes:
            lane.clear()

    def stop(self) -> None:
        """Forget the jobs and end the threads."""
        for lane in self._lanes:
            lane.stop()


class _Lane:
    """One thread and its queue. The thread starts with the first job, so that a forked server has it too."""

    def __init__(self, automatic: bool) -> None:
        self._automatic = automatic
        self._lock = threading.Lock()
        self._wake = threading.Condition(self._lock)
        self._idle = threading.Condition(self._lock)
        self._jobs: list[tuple[float, int, Job]] = []
        self._order = itertools.count()
        self._hurry = False
        self._busy = False
        self._stopped = False
        self._done = 0
        self._thread: threading.Thread | None = None

    def put(self, due: float, job: Job) -> None:
        with self._lock:
            entry = (due, next(self._order), job)
            heapq.heappush(self._jobs, entry)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="stand-in-lane", daemon=True)
                self._thread.start()
            # Waking the thread for a job that is not the next one costs more than everything else here.
            if self._jobs[0] is entry:
                self._wake.notify()

    def flush(self, deadline: float) -> int:
        with self._lock:
            before = self._done
            self._hurry = True
            self._wake.notify()
            idle = self._idle.wait_for(lambda: not self._jobs and not self._busy, deadline - time.monotonic())
            self._hurry = False
            if not idle:
                raise TimeoutError("deliveries are still under way")
            return self._done - before

    def clear(self) -> None:
        with self._lock:
            self._jobs.clear()
            self._tell_if_idle()

    def stop(self) -> None:
        with self._lock:
            self._stopped = True
            self._jobs.clear()
            self._wake.notify()
            self._tell_if_idle()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                job()
            except Exception as error:  # one job's failure must not end the deliveries of all others
                _log.error("a delivery failed: %s", type(error).__name__)
            self._finish()

    def _next(self) -> Job | None:
        with self._lock:
            while not self._stopped:
                wait = self._seconds_to_next()
                if wait is not None and wait <= 0:
                    self._busy = True
                    return heapq.heappop(self._jobs)[2]
                self._wake.wait(wait)
            return None

    def _finish(self) -> None:
        with self._lock:
            self._busy = False
            self._done += 1
            self._tell_if_idle()

    def _tell_if_idle(self) -> None:
        if not self._jobs and not self._busy:
            self._idle.notify_all()

    def _seconds_to_next(self) -> float | None:
        """None: there is nothing to wait for but a change."""
        if not self._jobs or not (self._automatic or self._hurry):
            return None
        return 0.0 if self._hurry else self._jobs[0][0] - time.monotonic()
