"""Telling a question from a statement, one clause at a time."""

from __future__ import annotations

import re

from language.answering.phrases import line_of, said_words

_END = r"(?: (?:a|vay|nhi|the|ha|day|z|v|chau|em|anh|chi|con|ban|ad|bac|co|chu|can bo|ta|nao|em oi|chau oi))*"
# After a negation these mean "any": "không có giấy tờ gì", "chưa có cái nào", "không đi đâu được".
_NEGATED = re.compile(
    r"(?<! duoc)(?<! phai)(?<! dung) (?:khong|chua|chang|cha|dau co|lam gi co|deo"
    r"|dung co) (?:\S+ ){0,4}?(?:gi|nao|dau|bao nhieu|sao|ai"
    r"|may) "
)
_FREE = re.compile(r" (?:the nao|nao|gi|sao|dau|bao nhieu|ai|may gio|bao gio) (?:\S+ ){0,3}?cung ")
_ALWAYS = re.compile(
    r" (?:tai sao|vi sao|sao (?:lai|phai|tu dung|bat|co|cu|khong|chua)|lam sao(?! (?:ma )?(?:\S+ ){0,4}duoc )"
    r"|the nao(?= (?:nhi|ha|a|day|vay|the|$)|$)"
    r"|thi sao|thi lam the nao|thi lam sao|thi phai lam|phai lam the nao|lam the nao|lam nhu the nao"
    r"|nhu the nao"
    r"|khi nao|hom nao|(?<!\d )o dau|cho nao|may gio|may ngay|bao lau|bao nhieu|kieu gi|giay to gi|giay gi"
    r"|can gi"
    r"|mat gi"
    r"|(?:la|cai|viec|chuyen|lam|de lam|hoi|noi|gui|mang|dem|nhung|co) gi(?= |$)(?! (?:co|dau))|de lam gi"
    r"|lam gi ma"
    r"|ngan hang nao|nhung ai|ai (?:day|the|vay|do|goi|gui|duoc|la)|cua ai|gi (?:day|the|vay|nhi|ha)"
    r"|(?<!dong )dau roi"
    r"|ra sao|nghia la sao|co phai|hay phai|hay la sao|hay sao|phai khong|dung khong|duoc khong"
    r"|co sao khong|that a"
    r"|den dau|bao gio|luc nao(?= $)|hom nao(?= $)|may (?:thang|nam|tien)|the a|han chot|cho (?:toi |em "
    r"|bac )?hoi)" + _END + r" "
)
_WHENEVER = re.compile(r" (?:(?:khi|luc|hom|ngay|buoi) nao|bao gio) (?!thi )(?:\S+ ){1,6}?thi (.*)$")
_NEVER = re.compile(
    r" (?:chua|chang|khong|cha) (?:\S+ )?bao gio "
    r"| (?:chua|chang|cha) (?:\S+ ){0,4}bao gio (?:(?:ca|dau|a|het|nhe|day|chau|con|em) )*$"
)
_YES_NO = re.compile(
    r" (?:(?:co|mat|can|phai|duoc|dung|nhan|lay|mo|ra|den|bi|con|lo|an toan|hoi) (?:\S+ ){0,12}?khong"
    r"|(?:co|xong|duoc|ve|den|tra|phat|tien|han|gui) (?:\S+ ){1,10}?chua|xong chua|(?:an|ngu|khoe) \S+ chua)"
    + _END
    + r" $"
)
_TAG = re.compile(r" ha(?: (?:chau|em|anh|chi|con|ban|can bo|co|chu|bac|oi))+ $")
_RHETORICAL = re.compile(r" (?:roi|gia|tuoi|ti tien|may dong|cu) (?:\S+ ){0,6}?lam (?:gi|chi)(?: nua| co| dau)? $")
_TOLD = re.compile(r" (?:khong|chua) (?:biet|ro|nho|chac|hieu) ")


def asks(clause: str) -> bool:
    """Whether this one clause asks something."""
    if "?" in clause:
        return True
    line = _line(clause)
    if _RHETORICAL.search(line):
        return False
    if _TAG.search(line) or _YES_NO.search(line):
        return not _ends_in_denial(line)
    found = _ALWAYS.search(line)
    return bool(found) and not _is_indefinite(line)


def _line(clause: str) -> str:
    """The line in which "đầu" and "dấu", where they are marked, are no "đâu"."""
    line = line_of(clause)
    other = any(word.folded == "dau" and word.typed not in ("dau", "đâu") for word in said_words(clause))
    return line.replace(" dau ", " dầu ") if other else line


def _is_indefinite(line: str) -> bool:
    """ "chưa bao giờ", "lúc nào cũng được", "không có giấy tờ gì", "chưa biết thế nào": no questions."""
    if _NEVER.search(line) or _FREE.search(line) or _TOLD.search(line):
        return True
    whenever = _WHENEVER.search(line)
    if whenever:
        return not _ALWAYS.search(" " + whenever[1])
    if " thi " in line or " tai sao " in line or " vi sao " in line or " sao lai " in line or " sao phai " in line:
        return False
    return bool(_NEGATED.search(line))


def _ends_in_denial(line: str) -> bool:
    """ "thì không", "là không", "toàn không": told, not asked."""
    return bool(re.search(r" (?:thi|la|toan|van|da|bao|noi) (?:khong|chua) $", line))
