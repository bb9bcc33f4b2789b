"""What is said to somebody else than the survey: a wrong number, a death, a wish for an officer, a wish about the talk.

A clause of these kinds is no answer to any question; the classifier hears it. Scams feared are an answer ("sợ bị
lừa"), scams met are not.
"""

from __future__ import annotations

import re

from language.answering.phrases import line_of
from language.answering.wishes import is_about_the_talk
from language.stop_words import is_stop

_KIN = r"(?:ba|ong|cu|me|bo|cha|bac|chong|vo|anh|chi|nguoi huong|ba cu|ong cu|ba nha|ong nha|thay|bu|me gia|bo gia)"
_WHO = (
    r"(?: (?:ba|ong|cu|toi|em|chau|con|minh|nha|noi|ngoai|ay|gia|nay|do|trai|gai|la|thi|cung|da|vua|moi|bi"
    r"|thuc ra"
    r"|chong|vo|cua))*"
)
_AFTER_DEATH = (
    r"(?= (?:roi|hom|thang|nam|ngay|tu|lau|dem|sang|duoc|truoc|cach|vi|do|hoi|dau|cuoi|a|chau|em|ban|can bo"
    r"|het roi|nha)|\s*$)"
)
_PATTERNS = (
    # a death
    rf" {_KIN}{_WHO} mat{_AFTER_DEATH}",
    r" (?:qua doi|tu tran|khuat nui|chet roi|da chet|moi chet|vua chet|bao tu|tu tran|dam tang|co tang"
    r"|dua tang|mai tang"
    r"|khong con nua|da khuat|hy sinh|trut hoi|ve voi to tien|vua mat|moi mat(?! so| the| tien)) ",
    # a wrong number, a wrong person
    r" (?:nham|sai|lon) (?:so|so may|nguoi|may|thue bao|dia chi|nha|tin)(?: (?:roi|a|nhe|chau|em|ban|anh"
    r"|chi|oi|nay|do))* $",
    r" (?:goi|gui|nhan|nhan tin) (?:tin )?(?:nham|lon|sai) ",
    r" (?:nham|sai) (?:nguoi|thue bao) ",
    r" khong phai (?:la )?(?:nguoi (?:do|nay|ay|kia|trong|ten|ma|can|quen)|so (?:cua|nay|do|ba|ong)|may cua"
    r"|sim cua)",
    r" (?:khong|ko|chang) (?:quen|biet) ai | khong co ai (?:ten|la) | so nay (?:khong|moi|cua nguoi) "
    r"| (?:moi mua|vua mua|mua lai) (?:cai )?(?:so|sim) | khong (?:biet|quen) (?:ba|ong|nguoi|ai) (?:do|nay"
    r"|ay|nao) ",
    # an officer, a real person
    r" (?:gap|noi chuyen voi|noi voi|gap mat|xin gap|lien he voi|cho gap"
    r"|noi may voi) (?:\S+ ){0,2}?(?:can bo|nguoi that|nguoi phu trach"
    r"|lanh dao|chu tich|nhan vien|nguoi o phuong|ai do) ",
    r" khong (?:noi chuyen|nhan tin|nhan) voi (?:may|ro bot|robot|bot) ",
    r" (?:goi|goi dien|lien lac) (?:lai )?cho (?:toi|em|chau|minh|ba|ong|bac|co|cu|me|bo)(?! truoc| bao) ",
    # a complaint, a move, money missing, a scam met
    r" (?:khieu nai|to cao|buc xuc|hach dich|phan anh|kien nghi|duoi ve) ",
    r" (?:chuyen|cat|doi) (?:ho )?khau | chuyen nha | chuyen (?:di noi khac|cho o|ve que o) "
    r"| khong (?:con )?o (?:ha noi|day|phuong nay|xa nay) nua ",
    r" (?:chua|khong|van chua) (?:nhan|linh|thay|co) (?:duoc )?(?:dong|tien|tro cap|luong|xu"
    r"|mot dong)(?! mat) ",
    r" (?:nguoi|dua|ke|so la|thang nao|ai do|doi tuong|co anh|co chi|nguoi ta) (?:\S+ ){0,4}?(?:goi|gui|bao"
    r"|bat|doi|xung|yeu cau|hoi)"
    r" (?:\S+ ){0,9}?(?:otp|duong link|duong dan|link|nop|le phi|mat khau|ma pin|cong an|can bo|chuyen tien"
    r"|so the) ",
    # money that has come
    r" (?:nhan|linh|lanh) (?:duoc |du |da )*(?:tien|tro cap|luong)(?! mat)(?: thang \S+| ca| du| day du| het)* roi"
    r"(?! moi| thi| se)",
    r" (?:tien|tro cap) (?:thang \S+ )?(?:da |vua |moi )?(?:ve|vao)(?: den| toi| trong| tai khoan| the| tk| may"
    r"| du)* roi(?! moi| thi| se)",
    # done with, later
    r" (?:da |vua )?(?:khai|lam|nop|dang ky|ke khai) (?:\S+ ){0,3}?(?:o|tai|ngoai|tren) (?:phuong|xa|uy ban"
    r"|ubnd|to dan pho) (?:\S+ ){0,3}?roi ",
)
_ELSEWHERE = tuple(re.compile(pattern) for pattern in _PATTERNS)


def is_elsewhere(clause: str) -> bool:
    """Whether this one clause is none of the survey's business."""
    line = line_of(clause)
    return any(pattern.search(line) for pattern in _ELSEWHERE) or is_about_the_talk(clause) or is_stop(clause)
