"""Account or cash, and whose account there is: the answers to `wants_account`, `has_account` and `bank`."""

from __future__ import annotations

import re

from language.answering.clauses import clauses_of
from language.answering.phrases import first_said, found_in, is_all, line_of, says
from language.answering.reading import Open
from language.answering.yes_no import Short, brief_answer, refuses
from language.banks import find_banks
from language.tables import word_set

_FILLERS = word_set(
    "da vang u uh a toi ba ong bac co chu cu minh em chau con cho thoi thi cu van nhe di lay nhan muon xin"
    " chon cai qua"
    " bang cung duoc roi thich ok dong y can tien tro cap luon het giup ho hen"
)
_LEAVES = re.compile(
    r" (?:(?:de|nho|cho|phien|gap|doi|nhung|thoi de|luc nao|khi nao|bao gio|mai) )(?:toi |em |ba |ong |bac )?"
    r"(?:can bo|cac chau|cac anh|cac chi|cac co|co chu|nguoi ta|phuong|xa|to cong tac|anh can bo"
    r"|chi can bo)\b.{0,30}"
    r"\b(?:ghi|viet|lay|den|xuong|ve|xem|lam)\b| den noi (?:toi )?(?:dua|noi|doc)| (?:dua|noi|doc"
    r"|bao) (?:tan tay|truc tiep|tan noi)"
    r"| (?:gap|den) roi (?:toi )?(?:dua|noi|doc)| can bo ghi | (?:khong|chang) (?:muon |dam |tien "
    r"|the )?(?:gui|nhan|dua|cho|cung cap|doc|noi|khai) "
    r"(?:\S+ ){0,2}?(?:so|stk|tai khoan|thong tin)(?! roi)"
)
# The nouns of kin that may hold an account; how people are called besides counts only after "của".
_SURE_KIN = (
    r"(?:con (?:gai|trai|giai|dau|re|ca|ut|lon|nho|toi|minh|ba|ong|bac|nuoi)|chau (?:noi|ngoai|gai|trai"
    r"|giai|toi|ruot|dich ton)|vo|chong|em (?:gai|trai|ruot|toi)"
    r"|anh (?:trai|ca|ruot|toi)|chi (?:gai|ca|dau|ruot|toi)|ong nha|ba nha|ong xa|ba xa|nguoi nha"
    r"|nguoi than|hang xom|co hang xom|bac hang xom"
    r"|me toi|bo toi|me em|bo em|bo chau|me chau|nguoi khac|nguoi giam ho|thang (?:con|chau|ca|ut|hai)"
    r"|cai (?:con|chau)|dua con|con cai|con chau)"
)
_KIN = r"(?:con|chau|em|anh|chi|me|bo|cha|ong|ba|co|chu|bac|di|cau|mo|thim|no|chung no|nguoi ta)"
_NOUN = r"(?:so tai khoan|tai khoan|tk|the atm|the|so|vi|stk)(?: ngan hang| vietcombank| agribank| bidv)?"
_USE = r"(?:dung|nho|qua|vao|bang|sang|muon|lay|gui|nhan|chuyen|ve|cho|xai|su dung)"
_MADE = r"(?! (?:no |ay |toi |ba |ong )?(?:mo|lam|tao|lap|dang ky|lo|giup|dua|cho)\b)"
_USES_RELATIVES = re.compile(
    rf" {_USE} (?:\S+ )??{_NOUN} (?:cua |ten |dung ten )?{_SURE_KIN}{_MADE}(?= )"
    rf"| {_NOUN} (?:la )?(?:cua|dung ten|ten) {_SURE_KIN}{_MADE}(?= )| {_USE} (?:cua"
    rf"|chung voi) {_SURE_KIN}(?= )| (?:qua|vao|sang) {_SURE_KIN}(?: (?:toi|ba|ong|minh))? $"
    rf"| {_NOUN} {_SURE_KIN}(?: (?:toi|ba|ong|minh))? (?:a |nhe |day |thoi )?$"
    rf"|^ (?:\S+ )?{_SURE_KIN} (?:toi |ba |ong |minh )?(?:thi |da |van )?co (?:roi |san |mot |1 |{_NOUN} "
    rf"|a |$)"
    rf"|^ (?:\S+ ){{0,2}}?(?:la )?cua {_SURE_KIN} "
)
_OF_SOMEONE = re.compile(rf" (?:{_USE} )?(?:{_NOUN} )?(?:cua|dung ten) ({_KIN})(?= )")
_HAS_USE = re.compile(rf" {_USE} ")
_OF_ME = re.compile(rf" (?:{_NOUN} (?:cua )?|cua )(?:chinh )?(?:toi|em|chau|minh|con) ")
_SUBJECT_USES = re.compile(
    r"^ (?:\S+ ){0,2}?(?:ba|ong|me|bo|cu|anh|chi|bac)(?: (?:em|chau|toi|ay))? (?:dung(?! ten)|nho|muon|van dung) "
)
_HAS_NOT = re.compile(
    r" co (?:tai khoan |the |cai nao |cai gi |gi |tk )?dau(?: (?:chau|em|con|a|ma|anh|chi|ban|nhe|oi))* $"
)
_JOINT = re.compile(
    r" (?:chung|ca hai|hai vo chong|hai ong ba|dong so huu) .*\b(?:vo chong|ten|ong ba|nguoi|vo|chong)\b"
    r"| (?:tai khoan|the|so) (?:\S+ ){0,3}?chung "
)
_THROUGH_BANK = re.compile(r" (?:qua|vao|bang|dung|sang|ve) ")
_PRONOUN = re.compile(r" (?:toi|minh|ba|ong|bac|cu) ")
_MOST_WORDS_ASKED = 6


def wants_account(text: str, open_: Open) -> str | None:
    """`yes`, `no` or `unsure`; what is denied of the one means the other."""
    stated = [clause.text for clause in clauses_of(text) if clause.states]
    for clause in stated:
        if says(clause, "wants_account", "unsure") and not _prefers(clause):
            return "unsure"
    preferred = {value for clause in stated if (value := _prefers(clause))}
    if preferred:
        return preferred.pop() if len(preferred) == 1 else None
    for clause in stated:
        value = _alone(clause)
        if value:
            return value
    return _by_yes_or_no(text)


def _by_yes_or_no(text: str) -> str | None:
    said = brief_answer(text)
    if said is Short.NO:
        return "no" if any(refuses(clause.text) for clause in clauses_of(text) if clause.states) else None
    return {Short.YES: "yes", Short.UNSURE: "unsure"}.get(said) if said else None


def prefers_account(text: str) -> str | None:
    """`yes` or `no` where `text` plainly says account or cash, whatever is open."""
    values = (_prefers(clause.text) for clause in clauses_of(text) if clause.states)
    return next((value for value in values if value), None)


def _prefers(clause: str) -> str | None:
    for value, denied in found_in(clause, "wants_account"):
        if value in ("yes", "no"):
            return {"yes": "no", "no": "yes"}[value] if denied else value
    return None


def _alone(clause: str) -> str | None:
    if _THROUGH_BANK.search(line_of(clause)) and find_banks(clause):
        return "yes"
    for value in ("yes", "no"):
        if is_all(clause, "wants_account", f"{value}_alone", _FILLERS):
            return value
    return None


def has_account(text: str, open_: Open) -> str | None:
    """`own`, `none` or `relatives`; a joint or a closed account is none."""
    stated = " , ".join(clause.text for clause in clauses_of(text) if clause.states)
    value = has_account_plainly(stated, open_) if stated else None
    if value or not stated:
        return value
    if first_said(stated, "has_account", "relatives_weak"):
        return "relatives"
    if find_banks(stated):
        return "own"
    lead = brief_answer(text)
    return {Short.YES: "own", Short.NO: "none"}.get(lead) if lead else None


def has_account_plainly(text: str, open_: Open) -> str | None:
    """The same where `text` says it in so many words, whatever is open."""
    line = line_of(text)
    if says(text, "has_account", "closed") or _JOINT.search(line):
        return "none"
    if uses_relatives(text, open_):
        return "relatives"
    if _HAS_NOT.search(line):
        return "none"
    if open_.for_another and _OF_SOMEONE.search(line):
        return "own"
    said = [value for value, denied in found_in(text, "has_account") if not denied]
    return next((value for value in ("none", "own") if value in said), None)


def uses_relatives(text: str, open_: Open) -> bool:
    """Whether somebody else's account is to be used: not who made the card, nor how the officer is called."""
    line = line_of(text)
    if open_.for_another:
        if _OF_ME.search(line):
            return bool(_HAS_USE.search(line)) or " cua " in line
        return bool(_SUBJECT_USES.search(line)) and bool(_OF_SOMEONE.search(line) or _USES_RELATIVES.search(line))
    if _USES_RELATIVES.search(line):
        return True
    owner = _OF_SOMEONE.search(line)
    if owner is None or owner[1] in ("ba", "ong", "bac", "co", "chu"):
        return False
    return owner[1] != "em" or bool(_PRONOUN.search(line))


def bank(text: str, open_: Open) -> str | None:
    """The bank's short name, or "officer" where the details are left to the team's visit."""
    if leaves_to_officer(text):
        return "officer"
    for clause in clauses_of(text):
        banks = find_banks(clause.text)
        if banks and (not clause.asks or (len(clause.text.split()) <= _MOST_WORDS_ASKED and len(banks) == 1)):
            return banks[0].value.short_name
    whole = find_banks(text)
    return whole[0].value.short_name if whole and not any(clause.asks for clause in clauses_of(text)) else None


def leaves_to_officer(text: str) -> bool:
    """Whether the details are left to the team's visit ("để cán bộ ghi")."""
    return any(not clause.asks and bool(_LEAVES.search(line_of(clause.text))) for clause in clauses_of(text))
