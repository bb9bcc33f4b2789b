"""A wave in an office's words: what each kind is for, when it goes, over which channels, what its preview shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from console.formats import lasted, moment, number
from language.sms import Encoding
from outreach.forecast import Forecast
from outreach.rungs import Rung
from outreach.sample_texts import SampleKind
from outreach.step import StepKind
from outreach.timing import At, FromOwnStep, FromPayday, FromTet, Timing

KIND_MEANT_FOR: Mapping[StepKind, str] = {
    StepKind.INVITATION: "Người chưa trả lời đợt này.",
    StepKind.REMINDER_UNANSWERED: "Người đã nhận tin mời mà chưa trả lời.",
    StepKind.REMINDER_UNFINISHED: "Người đang trả lời dở, mỗi người một lần.",
    StepKind.FINAL: "Người đã nhận tin mời mà chưa khai xong. Nói rõ: không đăng ký cũng không mất trợ cấp.",
    StepKind.MONEY_CAME: "Người có tài khoản đã chuyển sang phần mềm an sinh, sau ngày chi trả.",
}

CHANNEL_NAMES: Mapping[str, str] = {"sms": "SMS", "zalo": "Zalo", "call": "Gọi điện", "visit": "Đến nhà"}

SAMPLE_KINDS: Mapping[SampleKind, str] = {
    SampleKind.SHORTEST: "ngắn nhất",
    SampleKind.LONGEST: "dài nhất",
    SampleKind.HOUSEHOLD: "cho cả nhà chung máy",
    SampleKind.MISSING: "người thiếu thông tin",
}

ENCODINGS: Mapping[Encoding, str] = {Encoding.GSM7: "không dấu (GSM-7)", Encoding.UCS2: "có dấu (UCS-2)"}

_CANNOT_WORD = {
    "too_long": "tin dài quá mức của kênh",
    "no_template": "chưa có mẫu được duyệt",
}


def why_without_text(code: str) -> str:
    """Why a text could not be made, from `outreach.wording.CannotWord.why`."""
    return _CANNOT_WORD.get(code, code)


def when(timing: Timing) -> str:
    """The moment as it was planned: "30 ngày trước mùng 1 Tết, lúc 09:00"."""
    match timing:
        case At(at):
            return moment(at)
        case FromTet(days, at):
            return f"{_days(days, 'mùng 1 Tết')}, lúc {at:%H:%M}"
        case FromPayday(days, at):
            return f"{_days(days, 'ngày chi trả của từng xã, phường')}, lúc {at:%H:%M}"
        case FromOwnStep(after):
            return f"{lasted(after)} sau tin gần nhất gửi cho từng người"


def how(ladder: Sequence[Rung]) -> str:
    """The ladder in one line: "Zalo; 6 giờ chưa tới thì SMS; rồi đến nhà"."""
    first, *others = ladder
    return "; ".join([CHANNEL_NAMES[first.channel], *(_climbed(rung) for rung in others)])


def lasts(expected: Forecast) -> str:
    """How long the sending takes: within a day in hours and minutes, else over how many days."""
    if not expected.days:
        return "không có tin nào"
    if len(expected.days) > 1:
        return f"{number(len(expected.days))} ngày"
    [only] = expected.days
    return lasted(max(only.ends - only.begins, timedelta(minutes=1)))


def _climbed(rung: Rung) -> str:
    name = CHANNEL_NAMES[rung.channel]
    called = name if name.isupper() or name == "Zalo" else name.lower()
    return f"{lasted(rung.after)} chưa tới thì {called}" if rung.after else f"không tới thì {called}"


def _days(days: int, what: str) -> str:
    if days == 0:
        return f"Đúng {what}"
    return f"{abs(days)} ngày {'trước' if days < 0 else 'sau'} {what}"
