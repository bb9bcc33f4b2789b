"""Tokens: short-lived, rotated, each refresh token good for one use."""

import base64
import hashlib
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.simulator.zalo_customer import APP_ID, APP_SECRET, OA_ID, REFRESH, StartZalo, ZaloStandIn

CALLBACK = "http://127.0.0.1:9/zalo/callback?door=1"


@pytest.fixture
def zalo(start_zalo: StartZalo) -> ZaloStandIn:
    return start_zalo(access_lives=90_000.0)


def is_let_in(zalo: ZaloStandIn, access_token: str) -> int:
    """The error with which a harmless call is answered."""
    zalo.access_token = access_token
    return int(zalo.get("/openapi/v2.0/oa/getoa").json()["error"])


def test_a_refresh_gives_another_pair_and_its_life_as_a_string(zalo: ZaloStandIn) -> None:
    pair = zalo.token()
    assert set(pair) == {"access_token", "refresh_token", "expires_in"}
    assert pair["expires_in"] == "90000"
    assert pair["refresh_token"] != REFRESH
    assert is_let_in(zalo, pair["access_token"]) == 0
    assert [entry["grant_type"] for entry in zalo.log("granted")] == ["refresh_token"]


def test_a_refresh_token_works_once(zalo: ZaloStandIn) -> None:
    pair = zalo.token()
    again = zalo.token()
    assert (again["error"], again["error_name"]) == (-14014, "Invalid refresh token")
    assert "access_token" not in again
    assert zalo.token(refresh_token=pair["refresh_token"])["expires_in"] == "90000"


def test_of_many_who_refresh_at_once_one_gets_tokens(zalo: ZaloStandIn) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: zalo.token(), range(8)))
    assert sorted("access_token" in answer for answer in answers) == [False] * 7 + [True]


def test_a_refresh_token_lives_three_months(zalo: ZaloStandIn) -> None:
    zalo.clock.forward(days=89)
    pair = zalo.token()
    zalo.clock.forward(days=91)
    assert zalo.token(refresh_token=pair["refresh_token"])["error_name"] == "Refresh token expired"


@pytest.mark.parametrize(
    ("change", "secret", "code"),
    [
        ({"app_id": "1"}, APP_SECRET, -14002),
        ({}, "wrong", -14004),
        ({}, "", -14004),
        ({"grant_type": "password"}, APP_SECRET, -14010),
        ({"refresh_token": ""}, APP_SECRET, -14014),
        ({"grant_type": "authorization_code", "code": "guessed"}, APP_SECRET, -14014),
    ],
)
def test_what_gets_no_tokens(zalo: ZaloStandIn, change: dict[str, str], secret: str, code: int) -> None:
    form = {"app_id": APP_ID, "grant_type": "refresh_token", "refresh_token": REFRESH, **change}
    url = f"{zalo.url}/zalo/oauth/v4/oa/access_token"
    answer = httpx.post(url, data=form, headers={"secret_key": secret})
    assert (answer.status_code, answer.json()["error"]) == (200, code)
    assert zalo.token()["expires_in"] == "90000"  # what was refused has used nothing up


def test_an_access_token_ends(start_zalo: StartZalo) -> None:
    zalo = start_zalo(access_lives=60.0)
    pair = zalo.token()
    assert pair["expires_in"] == "60"
    assert is_let_in(zalo, pair["access_token"]) == 0
    zalo.clock.forward(seconds=60)
    assert is_let_in(zalo, pair["access_token"]) == -220
    assert is_let_in(zalo, "never given out") == -216
    assert is_let_in(zalo, "") == -216
    assert zalo.get("/business/message/quota").json()["error"] == -124


def test_bearer_is_not_heard(zalo: ZaloStandIn) -> None:
    answer = httpx.get(
        f"{zalo.url}/zalo/openapi/v2.0/oa/getoa", headers={"Authorization": f"Bearer {zalo.access_token}"}
    )
    assert (answer.status_code, answer.json()["error"]) == (200, -216)


@pytest.mark.parametrize(("revokes", "error"), [(False, 0), (True, -220)])
def test_the_access_token_before_a_refresh(start_zalo: StartZalo, revokes: bool, error: int) -> None:
    zalo = start_zalo(revokes_old_access=revokes)
    old = zalo.access_token
    zalo.token()
    assert is_let_in(zalo, old) == error


def test_a_lost_answer_has_still_used_the_refresh_token_up(zalo: ZaloStandIn) -> None:
    zalo.fault("dropped_after_accept", count=1)
    with pytest.raises(httpx.RemoteProtocolError):
        zalo.token()
    assert zalo.token()["error_name"] == "Invalid refresh token"
    assert len(zalo.log("granted")) == 1


def test_a_request_that_never_arrived_has_not(zalo: ZaloStandIn) -> None:
    zalo.fault("dropped", count=1)
    with pytest.raises(httpx.RemoteProtocolError):
        zalo.token()
    assert zalo.token()["expires_in"] == "90000"


def test_forgetting_messages_and_phones_leaves_the_tokens(zalo: ZaloStandIn) -> None:
    pair = zalo.token()
    zalo.control.post("/reset", json={})
    assert zalo.token()["error_name"] == "Invalid refresh token"
    assert zalo.token(refresh_token=pair["refresh_token"])["expires_in"] == "90000"


def test_an_administrator_s_consent_gives_a_code_that_works_once(start_zalo: StartZalo) -> None:
    zalo = start_zalo(callback_url=CALLBACK, access_lives=90_000.0)
    verifier = "a" * 43
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    query = {"app_id": APP_ID, "redirect_uri": CALLBACK, "code_challenge": challenge, "state": "xyz"}
    page = httpx.get(f"{zalo.url}/zalo/oauth/v4/oa/permission", params=query)
    assert "Cho phép" in page.text
    back = httpx.post(f"{zalo.url}/zalo/oauth/v4/oa/permission", params=query).headers["Location"]
    assert back.startswith(CALLBACK + "&")
    given = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    assert (given["oa_id"], given["state"], given["door"]) == (OA_ID, "xyz", "1")

    def exchange(**form: str) -> dict[str, str]:
        return zalo.token(grant_type="authorization_code", code=given["code"], **form)

    assert exchange(code_verifier="b" * 43)["error_name"] == "Invalid code verifier"
    pair = exchange(code_verifier=verifier)
    assert pair["expires_in"] == "90000"
    assert exchange(code_verifier=verifier)["error_name"] == "Invalid authorization code"
    assert zalo.token()["error_name"] == "Invalid refresh token"  # the new grant has replaced the old one


def test_a_code_lives_ten_minutes(zalo: ZaloStandIn) -> None:
    code = zalo.control.post("/zalo/consent", json={}).json()["code"]
    zalo.clock.forward(minutes=10)
    assert zalo.token(grant_type="authorization_code", code=code)["error_name"] == "Authorization code expired"


@pytest.mark.parametrize(
    ("known", "redirect_uri"),
    [(CALLBACK, "http://127.0.0.1:9/other"), (None, "https://evil.example/"), (None, ""), (None, "not a url")],
)
def test_a_code_goes_only_where_it_was_agreed(start_zalo: StartZalo, known: str | None, redirect_uri: str) -> None:
    zalo = start_zalo(callback_url=known)
    query = {"app_id": APP_ID, "redirect_uri": redirect_uri}
    answer = httpx.post(f"{zalo.url}/zalo/oauth/v4/oa/permission", params=query)
    assert answer.json()["error"] == -14003


def test_a_proof_where_the_app_asks_for_one(start_zalo: StartZalo) -> None:
    zalo = start_zalo(needs_proof=True)
    assert is_let_in(zalo, zalo.access_token) == -242
    assert zalo.get("/business/message/quota").json()["error"] == -1241
