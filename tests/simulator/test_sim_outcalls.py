"""Calls to the customer go nowhere but to this machine."""

import socket
from collections.abc import Callable

import pytest

from simulator.outcalls import Answer, CallFailure, Outcalls
from tests.simulator.customer import Reaction, Receiver


@pytest.fixture
def send() -> Callable[[str], Answer]:
    outcalls = Outcalls(frozenset())
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return lambda url: outcalls.send("POST", url, b"a=1", headers, connect_timeout=2, read_timeout=0.2)


@pytest.mark.parametrize(
    "url", ["http://example.org/", "http://10.0.0.1/", "http://192.168.1.1:80/x", "http://[2001:db8::1]/", "http:///"]
)
def test_the_outside_world_is_never_called(send: Callable[[str], Answer], url: str) -> None:
    assert send(url) == Answer(failure=CallFailure.NOT_REACHABLE)


def test_an_answer_is_read(send: Callable[[str], Answer], receiver: Receiver) -> None:
    receiver.reactions = [Reaction(201, "xin chào", "text/plain; charset=utf-8")]
    assert send(receiver.url + "/in") == Answer(201, "text/plain", "xin chào".encode())


def test_nobody_listens(send: Callable[[str], Answer]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert send(f"http://127.0.0.1:{port}/").failure is CallFailure.CONNECT


def test_nobody_answers(send: Callable[[str], Answer], receiver: Receiver) -> None:
    receiver.reactions = [Reaction(hang=True)]
    assert send(receiver.url).failure is CallFailure.READ


def test_after_a_failure_the_next_call_is_good(send: Callable[[str], Answer], receiver: Receiver) -> None:
    receiver.reactions = [Reaction(hang=True), Reaction(204, "")]
    assert [send(receiver.url).failure, send(receiver.url).status] == [CallFailure.READ, 204]
