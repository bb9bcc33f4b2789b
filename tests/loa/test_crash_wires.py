"""The wires of the crash test: they know which point a process has come to, and what they cut does not arrive."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import psycopg
import pytest

from loa.crash_test.cast import SOCKET, database_place
from loa.crash_test.points import Point
from loa.crash_test.taps import AtPoint, HttpTap, PostgresTap
from loa.crash_test.wires import Cut, Place, Tap, Wire

CLAIM = "INSERT INTO attempt (message_id, worker, started_at) VALUES (%s, 7, now())"


class Watch:
    """Writes down the points, and cuts at one of them."""

    def __init__(self, cut_at: Point | None = None) -> None:
        self.seen: list[Point] = []
        self.cut_at = cut_at

    def at(self, point: Point) -> None:
        self.seen.append(point)
        if point is self.cut_at:
            raise Cut


@contextmanager
def laid(to: Place, tap: type[PostgresTap] | type[HttpTap], at: AtPoint, where: Place) -> Iterator[tuple[Wire, int]]:
    """A wire that is carried by a thread of its own; with its port."""

    def new_tap() -> Tap:
        return tap(at)

    wire, loop = Wire(to, new_tap), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield wire, asyncio.run_coroutine_threadsafe(wire.lay(where), loop).result(10)
    finally:
        asyncio.run_coroutine_threadsafe(wire.take_up(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def message_id(database: str) -> Iterator[int]:
    """A row of the ledger to which attempts can belong."""
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE contact_point, attempt CASCADE")
        row = owner.execute(
            "WITH contact AS (INSERT INTO contact_point (id, kind, address, address_index, mobile, created_at)"
            " VALUES (gen_random_uuid(), 'phone', '', '', true, now()) RETURNING id)"
            " INSERT INTO message (kind, contact_id, ordinal, channel, account, provider, segments, state, created_at,"
            " changed_at, rung, due_at) SELECT 'wave', id, 0, 'sms', 'twilio', 'twilio', 1, 'planned', now(), now(), 0,"
            " now() FROM contact RETURNING id"
        ).fetchone()
        assert row is not None
        yield int(row[0])
        owner.execute("TRUNCATE contact_point, attempt CASCADE")


def attempts(database: str) -> int:
    with psycopg.connect(database) as owner:
        row = owner.execute("SELECT count(*) FROM attempt").fetchone()
    assert row is not None
    return int(row[0])


def name_of(database: str) -> str:
    return psycopg.conninfo.conninfo_to_dict(database)["dbname"]  # type: ignore[return-value]


def claim(address: str, message_id: int) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(CLAIM, (message_id,))


@pytest.mark.parametrize(
    ("cut_at", "seen", "written"),
    [
        (None, [Point.CLAIM_UNCOMMITTED, Point.CLAIM_COMMITTED], 1),
        (Point.CLAIM_UNCOMMITTED, [Point.CLAIM_UNCOMMITTED], 0),
        (Point.CLAIM_COMMITTED, [Point.CLAIM_UNCOMMITTED, Point.CLAIM_COMMITTED], 1),
    ],
)
def test_a_claim_passes_or_is_cut(
    database: str, message_id: int, tmp_path: Path, cut_at: Point | None, seen: list[Point], written: int
) -> None:
    watch = Watch(cut_at)
    with laid(database_place(), PostgresTap, watch.at, Place(tmp_path / SOCKET)):
        address = f"host={tmp_path} user=postgres dbname={name_of(database)}"
        if cut_at is None:
            claim(address, message_id)
        else:
            with pytest.raises(psycopg.OperationalError):
                claim(address, message_id)
    assert watch.seen == seen
    assert attempts(database) == written


def test_prepared_statements_and_outcomes_are_known_too(database: str, message_id: int, tmp_path: Path) -> None:
    watch = Watch()
    with laid(database_place(), PostgresTap, watch.at, Place(tmp_path / SOCKET)):
        address = f"host={tmp_path} user=postgres dbname={name_of(database)}"
        with psycopg.connect(address, prepare_threshold=0) as connection:
            for _ in range(3):
                connection.execute(CLAIM, (message_id,))
                connection.commit()
            connection.execute("UPDATE attempt SET outcome = 'accepted'")
            connection.commit()
            connection.execute("SELECT 1")
            connection.commit()
    committed = [Point.CLAIM_UNCOMMITTED, Point.CLAIM_COMMITTED]
    assert watch.seen == committed * 3 + [Point.OUTCOME_UNCOMMITTED, Point.OUTCOME_COMMITTED]


def test_what_is_rolled_back_is_no_claim(database: str, message_id: int, tmp_path: Path) -> None:
    watch = Watch()
    with laid(database_place(), PostgresTap, watch.at, Place(tmp_path / SOCKET)):
        address = f"host={tmp_path} user=postgres dbname={name_of(database)}"
        with psycopg.connect(address) as connection:
            connection.execute(CLAIM, (message_id,))
            connection.rollback()
            connection.execute("SELECT 1")
    assert watch.seen == []


def test_over_tcp_as_from_another_machine(database: str, message_id: int) -> None:
    """Where libpq asks for encryption first."""
    watch = Watch()
    with laid(database_place(), PostgresTap, watch.at, Place()) as (_, port):
        claim(f"host=127.0.0.1 port={port} user=postgres dbname={name_of(database)} sslmode=prefer", message_id)
    assert watch.seen == [Point.CLAIM_UNCOMMITTED, Point.CLAIM_COMMITTED]


@pytest.fixture
def provider() -> Iterator[tuple[Place, list[str]]]:
    """A web server that says 201 to everything; with the paths it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 8192  # the answer leaves in one piece

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._answer()

        def do_GET(self) -> None:
            self._answer()

        def _answer(self) -> None:
            asked.append(self.path)
            self.send_response(201)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield Place(port=server.server_port), asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("cut_at", "arrived"),
    [(None, ["/send"]), (Point.CALLED, []), (Point.TAKEN, ["/send"]), (Point.ANSWERED, ["/send"])],
)
def test_a_call_passes_or_is_cut(provider: tuple[Place, list[str]], cut_at: Point | None, arrived: list[str]) -> None:
    place, asked = provider
    watch = Watch(cut_at)
    with laid(place, HttpTap, watch.at, Place()) as (_, port):
        if cut_at in (Point.CALLED, Point.TAKEN):
            with pytest.raises(httpx.TransportError):
                httpx.post(f"http://127.0.0.1:{port}/send", content=b"x" * 200_000)
        else:
            assert httpx.post(f"http://127.0.0.1:{port}/send", content=b"x" * 200_000).status_code == 201
    assert asked == arrived
    whole = [Point.CALLED, Point.TAKEN, Point.ANSWERED]
    assert watch.seen[:3] == (whole if cut_at is None else whole[: whole.index(cut_at) + 1])


def test_a_question_is_no_call(provider: tuple[Place, list[str]]) -> None:
    place, _ = provider
    watch = Watch()
    with laid(place, HttpTap, watch.at, Place()) as (_, port):
        httpx.get(f"http://127.0.0.1:{port}/list")
    assert set(watch.seen) == {Point.LOOKED_UP}


def test_a_cut_ends_what_is_open_and_not_what_comes(provider: tuple[Place, list[str]]) -> None:
    place, asked = provider
    with laid(place, HttpTap, Watch().at, Place()) as (wire, port), httpx.Client() as client:
        assert client.get(f"http://127.0.0.1:{port}/1").status_code == 201
        assert wire.cut() == 1
        with pytest.raises(httpx.TransportError):
            client.get(f"http://127.0.0.1:{port}/2")
        assert client.get(f"http://127.0.0.1:{port}/3").status_code == 201
    assert asked == ["/1", "/3"]
