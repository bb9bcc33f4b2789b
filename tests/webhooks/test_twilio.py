"""Twilio's door: what is signed and whole gets in once, everything else is refused and leaves nothing behind."""

from collections.abc import Iterator

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, text
from twilio.request_validator import RequestValidator
from werkzeug.test import TestResponse

from conversations.thread import InboundMessage, Owner, Thread
from core.database import Role, transaction
from core.settings import settings
from outreach.channels.twilio.settings import twilio_settings
from outreach.message import Receipt
from tests.outreach.conftest import read_settings_anew
from webhooks.app import create_app

SMS = "/webhooks/twilio/sms"
STATUS = "/webhooks/twilio/status"


@pytest.fixture
def no_token(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installation where nobody set Twilio up."""
    monkeypatch.setenv("LOA_TWILIO_ACCOUNT_SID", "")
    monkeypatch.setenv("LOA_TWILIO_AUTH_TOKEN", "")
    read_settings_anew()
    yield
    monkeypatch.undo()
    read_settings_anew()


@pytest.fixture
def door(database: str) -> Iterator[FlaskClient]:
    yield create_app().test_client()
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("TRUNCATE contact_point, receipt, procrastinate_jobs CASCADE")


def word(**changed: str) -> dict[str, str]:
    whole = {"MessageSid": "SM1", "From": "+84912345678", "To": "+842471008888", "Body": "có", "NumMedia": "0"}
    return {**whole, **changed}


def post(door: FlaskClient, path: str, form: dict[str, str], signature: str | None = None) -> TestResponse:
    token = twilio_settings().auth_token.get_secret_value()
    right = RequestValidator(token).compute_signature(settings().public_base + path, form)
    return door.post(path, data=form, headers={"X-Twilio-Signature": right if signature is None else signature})


def taken_in() -> list[InboundMessage]:
    with transaction() as session:
        return list(session.scalars(select(InboundMessage).order_by(InboundMessage.id)))


def test_a_word_comes_in_with_its_thread_and_the_job_that_answers_it(door: FlaskClient) -> None:
    answer = post(door, SMS, word())
    assert answer.status_code == 200
    assert answer.mimetype == "text/xml"
    [message] = taken_in()
    with transaction() as session:
        assert session.get_one(Thread, message.thread_id).owner is Owner.BOT
        jobs = session.execute(text("SELECT task_name, lock FROM procrastinate_jobs")).all()
    assert message.text == "có"
    assert jobs == [("conversations.answer", f"thread:{message.thread_id}")]


@pytest.mark.parametrize("signature", ["", "forged", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
def test_nothing_unsigned_gets_in(door: FlaskClient, signature: str) -> None:
    answer = post(door, SMS, word(), signature)
    assert answer.status_code == 403
    assert taken_in() == []


def test_a_signature_for_other_words_gets_nothing_in(door: FlaskClient) -> None:
    token = twilio_settings().auth_token.get_secret_value()
    other = RequestValidator(token).compute_signature(settings().public_base + SMS, word(Body="không"))
    assert post(door, SMS, word(), other).status_code == 403
    assert taken_in() == []


def test_without_a_token_a_signature_with_the_empty_key_gets_nothing_in(door: FlaskClient, no_token: None) -> None:
    assert post(door, SMS, word()).status_code == 403
    assert post(door, STATUS, {"MessageSid": "SM9", "MessageStatus": "delivered"}).status_code == 403
    assert taken_in() == []


def test_the_same_message_again_is_acknowledged_and_taken_in_once(door: FlaskClient) -> None:
    assert [post(door, SMS, word()).status_code for _ in range(3)] == [200, 200, 200]
    assert len(taken_in()) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"MessageSid": ""}, "MessageSid"), ({"From": ""}, "From"), ({"From": "+15005550006"}, "From")],
)
def test_a_malformed_word_is_refused_with_its_field_and_without_its_value(
    door: FlaskClient, changed: dict[str, str], field: str
) -> None:
    answer = post(door, SMS, word(**changed))
    assert answer.status_code == 400
    assert answer.get_json()["field"] == field
    assert "5005550006" not in answer.text
    assert taken_in() == []


def test_an_oversized_body_is_refused(door: FlaskClient) -> None:
    assert post(door, SMS, word(Body="x" * 100_000)).status_code == 413
    assert taken_in() == []


def test_a_secret_is_masked_before_it_is_kept(door: FlaskClient) -> None:
    post(door, SMS, word(Body="ma otp la 482913"))
    [message] = taken_in()
    assert "482913" not in message.text
    assert message.secret


def test_decomposed_letters_are_composed(door: FlaskClient) -> None:
    post(door, SMS, word(Body="đồng y\u0301"))
    assert taken_in()[0].text == "đồng ý"


def test_a_picture_is_noted_by_its_kind(door: FlaskClient) -> None:
    post(door, SMS, word(Body="", NumMedia="1", MediaContentType0="image/jpeg"))
    assert taken_in()[0].media == "picture"


def test_receipts_are_kept_once_and_unsigned_ones_not_at_all(door: FlaskClient) -> None:
    form = {"MessageSid": "SM9", "MessageStatus": "delivered"}
    assert [post(door, STATUS, form).status_code for _ in range(2)] == [204, 204]
    assert post(door, STATUS, {**form, "MessageStatus": "sent"}, "forged").status_code == 403
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Receipt)) == 1


def test_the_texts_are_unreadable_in_the_database(door: FlaskClient) -> None:
    post(door, SMS, word(Body="so tai khoan cua toi la 0011004123456"))
    with transaction(Role.WORKER) as session:
        [kept] = session.execute(text("SELECT text FROM inbound_message")).scalars()
        [address] = session.execute(text("SELECT address FROM contact_point")).scalars()
    assert b"0011004123456" not in bytes(kept)
    assert b"912345678" not in bytes(address)


def test_every_answer_names_its_request(door: FlaskClient) -> None:
    assert len(post(door, SMS, word(), "forged").get_json()["request_id"]) == 32
