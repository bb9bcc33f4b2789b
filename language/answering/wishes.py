"""Wishes about the talk itself: to hear the question again, to begin again, to go on with another person.

They answer no question: "nhắc lại câu hỏi đi" is no "hỏi đi", "cho tôi làm lại" tells nothing of who writes.
"""

from __future__ import annotations

import re

from language.answering.phrases import line_of

_ME = r"toi|minh|tui|bac|ba|ong|cu|chau|em|con|anh|chi|co|chu"
_LEAD = (
    r"(?:(?:da|vang|a|u|oi|thoi|hay|xin|lam on|nho|phien|can bo|muon|cho|de|lai|the|vay|thi|dc|duoc|nay|gio|bay gio"
    rf"|ranh roi|{_ME}|ban) )*"
)
_TAIL = (
    rf"(?:(?:cho|giup|ho|gium|dum|voi|di|nhe|nha|a|xem|nao|nghe|coi|nua|lan|mot|1|ro|cham|hon|oi|cai|duoc khong|"
    rf"{_ME}|ban|da|luon|ngay) )*"
)
_OF_BEFORE = r"(?:(?:vua|roi|nay|luc|hoi|tren|do|truoc|o|ban|dau) )*"
_REPEATS = re.compile(
    rf"^ {_LEAD}(?:(?:nhac|doc|lap)(?: giup| ho)? lai|(?:noi|hoi|gui|viet|nhan)(?: giup| ho)? lai(?= (?:cau|tin)\b)"
    rf"|(?:hoi|noi) lai(?= (?:di|giup|lan|xem|nghe|cho)\b))"
    rf" (?:(?:cai )?(?:cau hoi|cau|tin nhan|tin|loi) {_OF_BEFORE})?{_TAIL}$"
)
_PUZZLED = re.compile(r"[\s?!.]*\?[\s?!.]*")
_WHO_SPEAKS = re.compile(
    r"^(?=.* ai )(?!.* (?:chu|goi|gap|voi|nhan|noi|(?<!cho )hoi) ai ) (?:(?:alo|ai|goi|nhan|gui|viet|noi|hoi|tin|day|do"
    rf"|the|vay|nhi|ha|la|so|nay|ben|kia|cho|oi|da|a|u|may|ban|{_ME}) )+$"
)
_MACHINE = re.compile(r"\bAI\b")

_DECLARES = r"(?:ke khai|khai bao|khai|lam|bat dau|dien|nhap|ghi|viet|tra loi|dang ky|dang ki|hoi)"
_FROM_THE_START = re.compile(
    rf" {_DECLARES}(?: \S+){{0,2}}? lai(?: \S+){{0,2}}? (?:tu dau|tu cau dau|tu cau (?:1|mot)|het|toan bo|tat ca) "
    rf"| (?:tu dau|tu cau dau) {_DECLARES} lai "
)
_ONLY_AGAIN = re.compile(
    rf"^ {_LEAD}(?:ke khai|khai bao|khai|lam|bat dau|dien|nhap|tra loi|dang ky|dang ki) lai {_TAIL}$"
)
_ERASES = re.compile(r" (?:xoa|huy|bo)(?: (?:het|sach|di|tat ca|toan bo|ca|ban|cai|cu)){1,3} ")

_OTHER = r"(?:nguoi|ho so|phieu) (?:kia|con lai|nua|thu hai|thu 2|tiep theo)"
_SURELY_ANOTHER = rf"(?:{_OTHER}|nguoi khac|me|bo|cha|ma|vo|chong)"
_KIN = rf"(?:{_SURELY_ANOTHER}|ba|ong|bac|co|chu|anh|chi|em|con|chau|cu)"
"""Some of these are also what the one who writes is called: "khai tiếp cho bác" may be for bác, who writes."""
_WHOSE = r"(?: (?:toi|minh|em|chau|tui|nha|noi|ngoai|trai|gai|ruot))"
_FOR = r"(?: (?:cho|ho|giup|thay|gium|dum|ca|not|mot|1))"
_WORK = r"(?:ke khai|khai bao|khai|lam|dang ky|dang ki|dien|nhap|tra loi)"
_NEXT_PERSON = re.compile(
    rf" {_WORK}(?: \S+)? (?:tiep|them|not|nua){_FOR}+ {_SURELY_ANOTHER} "
    rf"| {_WORK}(?: \S+)? (?:them|not){_FOR}+ {_KIN} "
    rf"| {_WORK}(?: \S+)? tiep{_FOR}+ {_KIN}{_WHOSE} "
    rf"| {_WORK}{_FOR}+ {_KIN}{_WHOSE}*(?: \S+)? nua "
    rf"| {_WORK}(?: \S+)? (?:tiep |sang )?{_FOR.strip()}* ?{_OTHER} "
    rf"| (?:con|sang|den) (?:mot |1 )?{_OTHER} "
    rf"|^ {_LEAD}(?:con|ca|cho|cho ca|ca cho|ho|ho ca) {_SURELY_ANOTHER}{_WHOSE}* nua {_TAIL}(?:thi sao )?$"
)
_GOES_ON = re.compile(
    rf"^ {_LEAD}(?:{_WORK} tiep|tiep tuc {_WORK}|{_WORK} tiep tuc)(?:{_FOR}+ {_KIN}{_WHOSE}*)? {_TAIL}$"
)


def asks_to_repeat(clause: str) -> bool:
    """Whether this one clause asks to hear the last message again, and says nothing else: also by a bare "?"."""
    return bool(_REPEATS.match(line_of(clause)) or _PUZZLED.fullmatch(clause))


def asks_who_speaks(text: str) -> bool:
    """Whether `text` asks who is there, and nothing else: "alo ai gọi đó", "ai đấy", "cho hỏi ai nhắn vậy"."""
    speaks_of_a_machine = _MACHINE.search(text) and not text.isupper()
    return bool(_WHO_SPEAKS.match(line_of(text))) and not speaks_of_a_machine


def asks_to_begin_again(clause: str) -> bool:
    """Whether this one clause asks to begin the survey again: "làm lại từ đầu", or nothing but "cho tôi khai lại"."""
    line = line_of(clause)
    return bool(_FROM_THE_START.search(line) or _ONLY_AGAIN.match(line))


def erases_what_was_said(text: str) -> bool:
    """Whether `text` leaves no doubt that all is to be dropped: "xoá hết làm lại từ đầu"."""
    line = line_of(text)
    return bool(_ERASES.search(line)) and bool(_FROM_THE_START.search(line) or re.search(rf" {_DECLARES} lai ", line))


def goes_on(text: str) -> bool:
    """Whether `text` only says to go on declaring ("khai tiếp đi"), or names another person to declare for."""
    line = line_of(text)
    return takes_up_another(text) or bool(_GOES_ON.match(line))


def takes_up_another(text: str) -> bool:
    """Whether `text` asks to declare for one more person: "khai tiếp cho người kia", "làm hộ mẹ nữa"."""
    return bool(_NEXT_PERSON.search(line_of(text)))


def is_about_the_talk(clause: str) -> bool:
    """Whether this one clause is such a wish, and so no answer to any question."""
    return asks_to_repeat(clause) or asks_to_begin_again(clause) or goes_on(clause)
