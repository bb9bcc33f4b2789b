"""What a citizen writes reaches the customer's webhook as Twilio would send it."""

import base64

import httpx
import pytest
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse

from tests.simulator.customer import ACCOUNT, TOKEN, Reaction, Receiver, StandIn, Start

PHONE = "+84912345678"
OFFICE = "+15005550006"


def test_the_parameters(stand_in: StandIn, receiver: Receiver) -> None:
    said = stand_in.say("0912 345 678", "có, tôi muốn 👍")
    stand_in.deliver()
    [call] = receiver.calls
    assert call.url == f"{receiver.url}/sms"
    wanted = {
        "MessageSid": said["id"], "SmsSid": said["id"], "SmsMessageSid": said["id"], "AccountSid": ACCOUNT,
        "From": PHONE, "To": OFFICE, "Body": "có, tôi muốn 👍", "NumMedia": "0", "NumSegments": "1",
        "SmsStatus": "received", "ApiVersion": "2010-04-01", "FromCountry": "VN", "FromCity": "",
    }  # fmt: skip
    assert {name: call.form.get(name) for name in wanted} == wanted
    assert call.headers["Content-Type"].startswith("application/x-www-form-urlencoded")


def test_the_sdk_finds_the_signature_good(start: Start, receiver: Receiver) -> None:
    stand_in = start(webhook_url=f"{receiver.url}/sms?commune=lang#rc=2&rp=5xx")
    stand_in.say(PHONE, "dạ có")
    stand_in.deliver()
    [call] = receiver.calls
    assert call.url.endswith("/sms?commune=lang")
    assert RequestValidator(TOKEN).validate(call.url, call.form, call.headers["X-Twilio-Signature"])


def test_a_picture_can_be_fetched_from_the_webhook_s_parameters(stand_in: StandIn, receiver: Receiver) -> None:
    picture = {"content_type": "image/jpeg", "data": base64.b64encode(b"not really a picture").decode()}
    said = stand_in.say(PHONE, "anh cccd", media=[picture])
    stand_in.deliver()
    form = receiver.calls[0].form
    assert said["id"].startswith("MM")
    assert (form["NumMedia"], form["MediaContentType0"]) == ("1", "image/jpeg")
    fetched = httpx.get(form["MediaUrl0"])
    assert (fetched.content, fetched.headers["Content-Type"]) == (b"not really a picture", "image/jpeg")


def test_messages_of_one_person_arrive_in_order(stand_in: StandIn, receiver: Receiver) -> None:
    for number in range(20):
        stand_in.say(PHONE, str(number))
    stand_in.deliver()
    assert [call.form["Body"] for call in receiver.calls] == [str(number) for number in range(20)]


def test_the_answer_goes_to_the_number_that_wrote_last(stand_in: StandIn, receiver: Receiver) -> None:
    client = stand_in.twilio()
    client.messages.create(to=PHONE, from_="8079", body="mot")
    client.messages.create(to=PHONE, from_="PhuongLang", body="hai")
    stand_in.say(PHONE, "co")
    stand_in.deliver()
    assert receiver.calls[0].form["To"] == "8079"


def test_an_empty_response_says_nothing(stand_in: StandIn, receiver: Receiver) -> None:
    receiver.reactions = [Reaction(body=str(MessagingResponse()))]
    stand_in.say(PHONE, "co")
    stand_in.deliver()
    [message] = stand_in.messages(PHONE)
    assert (message["status"], message["error_code"]) == ("received", None)


def test_replies_in_twiml_reach_the_phone(stand_in: StandIn, receiver: Receiver) -> None:
    twiml = MessagingResponse()
    twiml.message("Dạ, cháu nghe.")
    twiml.message().body("Bác cần gì ạ?")
    receiver.reactions = [Reaction(body=str(twiml))]
    stand_in.say(PHONE, "alo")
    stand_in.deliver()
    shown = [(m["direction"], m["text"]) for m in stand_in.messages(PHONE) if m["reached"]]
    assert shown[0] == ("from_phone", "alo")
    assert sorted(shown[1:]) == [("to_phone", "Bác cần gì ạ?"), ("to_phone", "Dạ, cháu nghe.")]


def test_plain_text_is_itself_sent_to_the_citizen(stand_in: StandIn, receiver: Receiver) -> None:
    receiver.reactions = [Reaction(body="OK", content_type="text/plain")]
    stand_in.say(PHONE, "alo")
    stand_in.deliver()
    assert [m["text"] for m in stand_in.messages(PHONE)] == ["alo", "OK"]


@pytest.mark.parametrize(
    ("reaction", "code"),
    [
        (Reaction(500, "oops"), 11200),
        (Reaction(404, ""), 11200),
        (Reaction(302, ""), 11200),
        (Reaction(body="<Response>"), 12100),
        (Reaction(body="<html/>"), 12100),
        (Reaction(body="{}", content_type="application/json"), 12300),
        (Reaction(204, ""), None),
        (Reaction(200, "", "text/html"), None),
    ],
)
def test_what_twilio_notes_about_the_answer(
    stand_in: StandIn, receiver: Receiver, reaction: Reaction, code: int | None
) -> None:
    receiver.reactions = [reaction]
    stand_in.say(PHONE, "alo")
    stand_in.deliver()
    assert [m["error_code"] for m in stand_in.messages(PHONE)] == [code]


@pytest.mark.parametrize(
    ("fragment", "attempts"),
    [("", 1), ("#rc=3", 1), ("#rc=3&rp=5xx", 4), ("#rc=3&rp=all", 4), ("#rc=3&rp=4xx,ct", 1), ("#rc=9&rp=all", 6)],
)
def test_how_often_a_failing_webhook_is_tried(start: Start, receiver: Receiver, fragment: str, attempts: int) -> None:
    receiver.reactions = [Reaction(503)]
    stand_in = start(webhook_url=f"{receiver.url}/sms{fragment}")
    stand_in.say(PHONE, "alo")
    stand_in.deliver()
    assert len(receiver.calls) == attempts
    assert len({call.headers["I-Twilio-Idempotency-Token"] for call in receiver.calls}) == 1
    assert len({call.form["MessageSid"] for call in receiver.calls}) == 1


def test_a_second_attempt_can_succeed(start: Start, receiver: Receiver) -> None:
    receiver.reactions = [Reaction(503), Reaction()]
    stand_in = start(webhook_url=f"{receiver.url}/sms#rc=3&rp=5xx")
    stand_in.say(PHONE, "alo")
    stand_in.deliver()
    assert [entry["http_status"] for entry in stand_in.log("webhook")] == [503, 200]
    assert stand_in.messages(PHONE)[0]["error_code"] is None


def test_a_webhook_that_never_answers_is_given_up(start: Start, receiver: Receiver) -> None:
    receiver.reactions = [Reaction(hang=True)]
    stand_in = start(webhook_url=f"{receiver.url}/sms#rt=100")
    stand_in.say(PHONE, "alo")
    stand_in.deliver()
    assert [entry["failure"] for entry in stand_in.log("webhook")] == ["read"]
    assert stand_in.messages(PHONE)[0]["error_code"] == 11200


def test_stop_is_the_customer_s_business_by_default(stand_in: StandIn, receiver: Receiver) -> None:
    stand_in.say(PHONE, "STOP")
    stand_in.deliver()
    assert "OptOutType" not in receiver.calls[0].form
    assert stand_in.twilio().messages.create(to=PHONE, from_=OFFICE, body="Dạ vâng").status == "queued"


def test_an_account_that_leaves_stop_to_twilio(start: Start, receiver: Receiver) -> None:
    stand_in = start(handles_stop=True)
    send = {"to": PHONE, "from_": OFFICE, "body": "Kinh moi"}
    stand_in.say(PHONE, " stop ")
    stand_in.deliver()
    assert receiver.calls[0].form["OptOutType"] == "STOP"
    assert "unsubscribed" in stand_in.messages(PHONE)[-1]["text"]
    with pytest.raises(Exception, match="unsubscribed") as refusal:
        stand_in.twilio().messages.create(**send)
    assert getattr(refusal.value, "code", None) == 21610
    stand_in.say(PHONE, "START")
    stand_in.deliver()
    assert stand_in.twilio().messages.create(**send).status == "queued"


def test_a_phone_can_be_opted_out_by_hand(stand_in: StandIn) -> None:
    stand_in.control.post(f"/phones/{PHONE}/opt-out", json={"refuses": True})
    with pytest.raises(Exception, match="unsubscribed"):
        stand_in.twilio().messages.create(to=PHONE, from_="PhuongLang", body="Kinh moi")
