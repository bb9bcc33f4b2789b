"""The customer's side of the Zalo stand-in: its web server, its calls, and a citizen's hand on the phones."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from werkzeug.serving import make_server

from simulator.app import create_app, simulator_of
from simulator.config import SimulatorConfig
from simulator.simulator import Simulator
from simulator.underscores import KeepsUnderscores
from simulator.zalo.config import Parameter, Template, ZaloConfig
from simulator.zalo.identity import user_id_of
from tests.simulator.customer import SetClock

APP_ID = "1234567890123456789"
APP_SECRET = "invented-app-secret"
OA_ID = "9876543210987654321"
OA_SECRET = "invented-oa-secret"
ACCESS = "invented-access-token"
REFRESH = "invented-refresh-token"
PHONE = "+84912345678"
USER = user_id_of(PHONE)
INVITATION = Template(
    "700001",
    "Thư mời kê khai",
    "Kính gửi <ten>. Hạn kê khai: <han>. Còn <ngay> ngày. <them>",
    (
        Parameter("ten"),
        Parameter("han", "DATE", 20),
        Parameter("ngay", "NUMBER", 5),
        Parameter("them", required=False, accept_null=True),
    ),
    price=200,
    price_by_user_id=140,
    buttons=(("Trả lời", "https://zalo.me/s/1"),),
)
DATA = {"ten": "bà Hoa", "han": "31/03/2027", "ngay": "12"}


@dataclass(frozen=True)
class Told:
    """One request that the stand-in made to its customer."""

    raw: bytes
    headers: dict[str, str]

    @property
    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.raw)
        return body


@dataclass
class Hook:
    """A customer's webhook: keeps what it was told and answers with the statuses given, then the last for ever.

    Status 0 answers nothing until the test is over.
    """

    url: str
    told: list[Told] = field(default_factory=list)
    statuses: list[int] = field(default_factory=lambda: [200])
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, told: Told) -> int:
        with self.lock:
            self.told.append(told)
            return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]

    def names(self) -> list[str]:
        """The events, in the order in which they came."""
        return [told.body["event_name"] for told in self.told]

    def texts(self) -> list[str]:
        return [told.body["message"]["text"] for told in self.told]


@dataclass
class ZaloStandIn:
    """A running stand-in, from all its sides."""

    url: str
    simulator: Simulator
    clock: SetClock
    control: httpx.Client
    access_token: str = ACCESS

    # --- the customer ---

    def get(self, path: str, **query: object) -> httpx.Response:
        parameters = {name: str(value) for name, value in query.items()}
        return httpx.get(f"{self.url}/zalo{path}", params=parameters, headers={"access_token": self.access_token})

    def post(self, path: str, body: object, timeout: float = 10.0) -> httpx.Response:
        headers = {"access_token": self.access_token}
        return httpx.post(f"{self.url}/zalo{path}", json=body, headers=headers, timeout=timeout)

    def consult(self, message: object, user_id: str = USER) -> dict[str, Any]:
        """A consultation message; a str is its text."""
        message = {"text": message} if isinstance(message, str) else message
        body = {"recipient": {"user_id": user_id}, "message": message}
        answer: dict[str, Any] = self.post("/openapi/v3.0/oa/message/cs", body).json()
        return answer

    def invite(self, phone: str = "84912345678", **changes: object) -> dict[str, Any]:
        """A template message by phone."""
        body = {"phone": phone, "template_id": "700001", "template_data": DATA, "tracking_id": "row-7", **changes}
        answer: dict[str, Any] = self.post("/business/message/template", body).json()
        return answer

    def token(self, **form: str) -> dict[str, Any]:
        """Ask for a pair of tokens; by default by the first refresh token."""
        whole = {"app_id": APP_ID, "grant_type": "refresh_token", "refresh_token": REFRESH, **form}
        headers = {"secret_key": APP_SECRET}
        answer: dict[str, Any] = httpx.post(
            f"{self.url}/zalo/oauth/v4/oa/access_token", data=whole, headers=headers
        ).json()
        return answer

    # --- the citizen ---

    def say(self, text: str, number: str = PHONE, **fields: object) -> dict[str, Any]:
        answer = self.control.post(f"/phones/{number}/say?channel=zalo", json={"text": text, **fields})
        assert answer.status_code == 202, answer.text
        message: dict[str, Any] = answer.json()
        return message

    def act(self, gesture: str, number: str = PHONE, **fields: object) -> httpx.Response:
        return self.control.post(f"/phones/{number}/acts/{gesture}?channel=zalo", json=fields)

    def follow(self, number: str = PHONE) -> None:
        assert self.act("follow", number).status_code == 202

    def person(self, number: str = PHONE, **changes: object) -> dict[str, Any]:
        """Look at a person, or change what keeps messages from them."""
        path = f"/zalo/people/{number}"
        answer = self.control.post(path, json=changes) if changes else self.control.get(path)
        assert answer.status_code == 200, answer.text
        person: dict[str, Any] = answer.json()
        return person

    def messages(self, number: str = PHONE) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.control.get(f"/phones/{number}/messages?channel=zalo").json()["messages"]
        return messages

    # --- the stand-in ---

    def deliver(self) -> None:
        self.simulator.deliver_pending()

    def fault(self, kind: str, **fields: object) -> None:
        answer = self.control.post("/faults", json={"provider": "zalo", "kind": kind, **fields})
        assert answer.status_code == 201, answer.text

    def log(self, event: str) -> list[dict[str, Any]]:
        entries: list[dict[str, Any]] = self.control.get("/log", params={"event": event}).json()["entries"]
        return entries


type StartZalo = Callable[..., ZaloStandIn]


@pytest.fixture
def hook() -> Iterator[Hook]:
    kept: Hook

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            status = kept.take(Told(self.rfile.read(int(self.headers["Content-Length"])), dict(self.headers)))
            if not status:
                kept.over.wait()
            self.send_response(status or 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kept = Hook(f"http://127.0.0.1:{server.server_port}/zalo")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield kept
    kept.over.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def start_zalo(hook: Hook) -> Iterator[StartZalo]:
    """Start a stand-in that delivers only when told to; arguments change the configuration of the account."""
    running: list[Callable[[], None]] = []

    def begin(config: SimulatorConfig | None = None, **changes: Any) -> ZaloStandIn:
        account = ZaloConfig(
            app_id=APP_ID,
            app_secret=APP_SECRET,
            oa_id=OA_ID,
            oa_secret=OA_SECRET,
            access_token=ACCESS,
            refresh_token=REFRESH,
            webhook_url=hook.url,
            access_lives=30 * 86_400.0,  # tests move the clock by days
            answer_within=0.3,
            received_after=0.0,
            templates=(INVITATION,),
        )
        whole = replace(config or SimulatorConfig(automatic=False), zalo=replace(account, **changes))
        clock = SetClock()
        app = create_app(whole, clock)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=KeepsUnderscores)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        url = f"http://127.0.0.1:{server.port}"
        control = httpx.Client(base_url=f"{url}/control", timeout=30)
        simulator = simulator_of(app)

        def end() -> None:
            control.close()
            simulator.close()
            server.shutdown()
            thread.join()
            server.server_close()

        running.append(end)
        return ZaloStandIn(url, simulator, clock, control)

    yield begin
    for end in running:
        end()


@pytest.fixture
def zalo(start_zalo: StartZalo) -> ZaloStandIn:
    return start_zalo()
