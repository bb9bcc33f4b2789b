"""What an account may ask: https://developers.esms.vn, "Hàm truy xuất và đăng ký"."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from simulator.esms.codes import Code, words
from simulator.esms.config import EsmsConfig
from simulator.esms.delivery import PROVIDER, Delivery, Status
from simulator.esms.form import read_date
from simulator.messages import Message
from simulator.provider import World
from simulator.vietnam import carrier_of, national

# Messages older than this are found no more.
_LIFETIME = timedelta(days=7)
_MOST = 500

type Json = dict[str, Any]


class Questions:
    """Answers for one account; who asks was checked before."""

    def __init__(self, world: World, config: EsmsConfig, delivery: Delivery) -> None:
        self._world = world
        self._config = config
        self._delivery = delivery

    def balance(self) -> Json:
        return {"Balance": self._delivery.purse.left(), "CodeResponse": Code.ACCEPTED, "UserID": self._config.user_id}

    def send_status(self, sms_id: str) -> Json:
        """GetSendStatus: how many of one order's messages arrived."""
        message = self._find(sms_id)
        if message is None:
            return {"CodeResponse": Code.NOT_FOUND, "SMSID": sms_id, "ErrorMessage": words(Code.NOT_FOUND)}
        return {"CodeResponse": Code.ACCEPTED, "SMSID": message.id, **_sums(message)}

    def receivers(self, sms_id: str) -> Json:
        """GetSmsReceiverStatus_get: number by number."""
        message = self._find(sms_id)
        if message is None:
            return {"CodeResult": Code.NOT_FOUND, "ErrorMessage": words(Code.NOT_FOUND)}
        receiver = {
            "IsSent": message.sent_at is not None,
            "NetworkName": carrier_of(message.number),
            "Phone": national(message.number),
            "Retry": 0,
            "SentResult": message.status == Status.DONE and message.reached,
        }
        return {"CodeResult": Code.ACCEPTED, "ReceiverList": [receiver]}

    def sent_data(self, body: Mapping[str, Any]) -> Json:
        """GetSmsSentData_V2: what was ordered from `From` to `To`, a page at a time. EsmsError for a bad date."""
        since, until = read_date(str(body.get("From", ""))), read_date(str(body.get("To", "")))
        size = min(_MOST, _whole(body.get("PageSize"), _MOST))
        page = max(1, _whole(body.get("Page"), 1))
        found = [message for message in self._ours() if _within(message.created_at, since, until)]
        shown = found[(page - 1) * size : page * size]
        return {
            "CodeResult": Code.ACCEPTED,
            "CountTotal": len(found),
            "SentData": [_line(message) for message in shown],
        }

    def _ours(self) -> list[Message]:
        return [message for message in self._world.ledger.messages() if message.provider == PROVIDER]

    def _find(self, sms_id: str) -> Message | None:
        message = self._world.ledger.message(sms_id)
        if message is None or message.provider != PROVIDER:
            return None
        age = self._world.clock() - message.created_at
        return message if timedelta(seconds=self._config.status_after) <= age <= _LIFETIME else None


def _sums(message: Message) -> Json:
    done = message.status == Status.DONE
    return {
        "SendFailed": int(done and not message.reached),
        "SendStatus": int(message.status),
        "SendSuccess": int(done and message.reached),
        "TotalPrice": 0.0 if done and not message.reached else float(message.details["price"]),
        "TotalReceiver": 1,
        "TotalSent": int(message.sent_at is not None),
    }


def _line(message: Message) -> Json:
    done = message.status == Status.DONE
    moment = int((message.sent_at or message.created_at).timestamp() * 1000)
    return {
        "Campaign": message.details["campaign"],
        "Content": message.text,
        "Phone": national(message.number),
        "ReferenceId": message.id,
        "SellPrice": float(message.details["price"]),
        "SendResult": int(message.reached) if done else 2,
        "SendStatus": int(message.status),
        "SentTime": f"/Date({moment}+0700)/",
        "SmsId": moment % 10**8,
        "SmsType": 2,
    }


def _within(moment: datetime, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or moment >= since) and (until is None or moment <= until)


def _whole(value: Any, default: int) -> int:
    return int(value) if str(value).isdecimal() else default
