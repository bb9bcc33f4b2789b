"""What is read out over the commune's loudspeaker beside a wave: from the campaign's terms, nobody named. Pure.

Read aloud within a minute (issue 5). Pace: television announcers were measured at 3.7 to 5.5 syllables a second
(https://emcovu.com/trong-vong-1-phut-nen-doc-bao-nhieu-tu/amp); over a street, for old ears, three.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil

from outreach.step import StepKind
from outreach.template_checks import faults
from outreach.template_findings import Advice, Fault, Finding, Hint
from outreach.template_readability import advice
from outreach.templates import WARNING, CampaignWords, fact, head_of_neighbourhood
from roster.commune import Commune, office_of
from roster.exports.amount_in_words import number_in_words

LONGEST_SECONDS = 60
_SYLLABLES_A_SECOND = 3
_ABOUT_A_PHONE = (Hint.LONG, Hint.ONE_WAY)
_BRACES = re.compile(r"[{}]")
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_READ_OUT = ((re.compile(r"\bUBND\b"), "Ủy ban nhân dân"), (re.compile(r"\bTDP\b"), "tổ dân phố"))
"""What stands abbreviated on paper is said in full."""

_ASK = "Ai không nhận được tin, hoặc chưa rõ điều gì, xin {hoi}."
_NOTHING_LOST = "Ai quen nhận tiền mặt thì cứ nhận như cũ. Không đăng ký cũng không mất trợ cấp."
_PARAGRAPHS: Mapping[StepKind, tuple[str, ...]] = {
    StepKind.INVITATION: (
        "Trợ cấp hằng tháng vẫn trả như trước. Nay ai muốn thì được nhận qua tài khoản ngân hàng.",
        "{khi_nao}, Ủy ban nhắn tin hỏi những người đang hưởng trợ cấp. Bà con cứ trả lời theo lời trong tin."
        " Nhờ con cháu giúp cũng được. Hạn trả lời là hết ngày {han}.",
        _NOTHING_LOST,
        _ASK,
    ),
    StepKind.REMINDER_UNANSWERED: (
        "Ủy ban đã nhắn tin hỏi bà con có muốn nhận trợ cấp qua tài khoản hay không. Ai đã trả lời, xin cảm ơn.",
        "Ai chưa trả lời, xin mở tin ra và trả lời theo lời trong tin. Nhờ con cháu giúp cũng được."
        " Hạn trả lời là hết ngày {han}.",
        _NOTHING_LOST,
        _ASK,
    ),
    StepKind.REMINDER_UNFINISHED: (
        "Ủy ban đã nhắn tin hỏi bà con có muốn nhận trợ cấp qua tài khoản hay không. Có người trả lời còn dở.",
        "Ai trả lời còn dở, xin mở tin ra và trả lời tiếp. Nhờ con cháu giúp cũng được. Hạn trả lời là hết ngày {han}.",
        _NOTHING_LOST,
        _ASK,
    ),
    StepKind.FINAL: (
        "Hết ngày {han} là hết hạn đăng ký nhận trợ cấp qua tài khoản.",
        "Ai muốn nhận qua tài khoản mà chưa trả lời, xin mở tin của Ủy ban ra. Bà con cứ trả lời theo lời trong tin."
        " Nhờ con cháu giúp cũng được.",
        _NOTHING_LOST,
        _ASK,
    ),
    StepKind.MONEY_CAME: (
        "Tiền trợ cấp kỳ này đã chuyển cho những người đăng ký nhận qua tài khoản.",
        "Ủy ban nhắn tin hỏi tiền đã về hay chưa. Bà con trả lời giúp theo lời trong tin.",
        "Ai chưa thấy tiền về, xin cứ yên tâm và {hoi}. Ủy ban sẽ tra lại giúp.",
        "Ai nhận tiền mặt thì vẫn nhận như trước.",
    ),
}
_OPENING = "Kính thưa bà con! {uy_ban} xin thông báo."
_CLOSING = f"{WARNING} Ai hỏi những điều ấy là kẻ gian, xin báo ngay {{to_truong}}. Xin cảm ơn bà con."


@dataclass(frozen=True)
class Announcement:
    """The paragraphs to be read out, how long that takes, and what the campaign's facts brought in that may not be."""

    paragraphs: tuple[str, ...]
    seconds: int
    findings: tuple[Finding, ...]

    @property
    def too_long(self) -> bool:
        """Whether it takes longer than anybody listens."""
        return self.seconds > LONGEST_SECONDS


def announcement(kind: StepKind, commune: Commune, words: CampaignWords, begins: date | None) -> Announcement:
    """What `commune` reads out beside a wave of `kind`; `words`: the commune's (`outreach.wording.in_commune`).

    begins: the day on which the messages go out, None where that differs from person to person.
    """
    values = {
        "uy_ban": office_of(commune),
        "to_truong": head_of_neighbourhood(commune.name),
        "khi_nao": f"Từ ngày {_day(begins)}" if begins else "Mấy ngày này",
        "han": _day(words.deadline),
        "hoi": _where_to_ask(commune, words),
    }
    said = tuple(_in_full(one.format(**values)) for one in (_OPENING, *_PARAGRAPHS[kind], _CLOSING))
    whole = " ".join(said)
    return Announcement(said, reading_seconds(whole), tuple(faults(whole, words)))


def read_as_written(text: str, words: CampaignWords) -> Announcement:
    """What is read out where somebody has written `text` for a commune: word for word, a paragraph a line.

    findings: all for which it may not be; a placeholder is one, for nothing is filled in.
    """
    paragraphs = tuple(line.strip() for line in text.splitlines() if line.strip())
    found = faults(_BRACES.sub(" ", text), words)
    if _BRACES.search(text):
        found.append(Finding(Fault.PLACEHOLDER, "{…}", "lời phát loa được đọc nguyên văn, xin ghi hẳn chữ ra"))
    return Announcement(paragraphs, reading_seconds(" ".join(paragraphs)), tuple(found))


def advice_for_reading(text: str, words: CampaignWords) -> list[Advice]:
    """What would make `text` easier to follow by ear: what is said of messages on a phone does not count."""
    return [one for one in advice(_BRACES.sub(" ", text), words) if one.hint not in _ABOUT_A_PHONE]


def reading_seconds(text: str) -> int:
    """How long reading `text` aloud takes, slowly and clearly."""
    return ceil(sum(_syllables(token) for token in _TOKEN.findall(text)) / _SYLLABLES_A_SECOND)


def _syllables(token: str) -> int:
    """Of a number: as many as it has in whichever way takes longer, digit by digit or as one number."""
    return max(len(token), len(number_in_words(int(token)).split())) if token.isdigit() else 1


def _where_to_ask(commune: Commune, words: CampaignWords) -> str:
    """ "hỏi tổ trưởng, gọi số 024 3834 0000, hoặc đến bộ phận một cửa": as far as the campaign states it."""
    ways = [f"hỏi {head_of_neighbourhood(commune.name)}"]
    if phone := fact("dien_thoai", words):
        ways.append(f"gọi số {phone}")
    if office := fact("noi_lam_viec", words):
        ways.append(f"đến {office}")
    return ways[0] if len(ways) == 1 else f"{', '.join(ways[:-1])}, hoặc {ways[-1]}"


def _in_full(text: str) -> str:
    for short, full in _READ_OUT:
        text = short.sub(full, text)
    return text


def _day(day: date) -> str:
    return f"{day.day} tháng {day.month}"
