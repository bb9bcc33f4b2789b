"""Does somebody ask us to stop writing, or to write again? Recognised before any model, in any spelling.

"dung" without its mark is đúng (yes, right) or dừng, đừng (stop, don't). Alone, or with "rồi", it is a yes;
it asks to stop only together with what is to be stopped: "dung nhan tin", "dung gui nua". What is said in
other ways ("để bà ngủ", "phiền quá rồi đấy") is for the classifier's intent `stop`.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from language.abbreviations import expand_abbreviations
from language.marks import could_be
from language.spans import Word, words_of
from language.tables import comma_set, word_set

_COURTESIES = word_set(
    "da vang a u nhe nha di em chau toi bac con chu co anh chi xin thoi lam on giup ho please pls cho minh "
    "muon nao ngay luon het nay voi vui long hay ban can bo yeu cau de nghi oi"
)
# The whole message, courtesies aside. TC and HUY are the keywords Vietnamese senders teach people.
_KEYWORDS = comma_set(
    "stop, stopp, stoppp, sotp, stpo, stoop, sttop, st0p, xtop, s t o p, so top, si top, stop all, stop sms, "
    "unsubscribe, unsub, cancel, quit, opt out, optout, block, off, tc, t c, tu choi, huy, huy bo, huy tin, "
    "huy sms, huy dk, huy dang ky, ngung, ngung lai, ngung het, dung lai, cham dut, chan so, block so"
)
_STOP_LIKE = word_set("stop stopp sotp stpo stoop sttop st0p xtop unsubscribe unsub")

_MESSAGE = r"(?:tin nhan|tin|tn|sms|nt|mess|thong bao|tb)"
_WE = r"(?:toi|minh|bac|em|chau|con|ba|ong|co|chu|cu|nha toi|gia dinh)"
_NO = r"\b(?:khong|ko|k|hong|chang)"
# "đúng nhận được …", "đúng gửi tiền …": what is right, not what should stop.
_ANY_BUT_GOT = r"(?: (?!duoc|roi|tien|dung)\w+)"
_WRITE = r"(?:nhan|gui|goi|goi dien|lien lac|lien he|viet|hoi|tiep tuc)"
_ASKS = tuple(
    re.compile(pattern)
    for pattern in (
        # đừng nhắn tin, dừng gửi thêm, đừng gọi nữa: after "dung" a message or "nua" must be named
        rf"\b(?P<verb>dung|khoi)(?: co)? {_WRITE}{_ANY_BUT_GOT}{{0,3}} (?:{_MESSAGE}|nua|them)\b",
        rf"\b(?P<verb>dung|khoi)(?: co)? (?:nhan|gui|goi|hoi)(?: them)?"
        rf" (?:{_MESSAGE}|nua|them|gi het|gi nua)\b",
        r"\b(?P<verb>dung|khoi)(?: co)? (?:nhan|gui)(?: \w+)? vao (?:may|so)\b",
        rf"\b(?P<verb>thoi) (?:nhan|gui) {_MESSAGE}\b",
        r"\b(?P<verb>dung)(?: co)? (?:nt|ib|inbox|spam|sms|lam phien|quay ray|phien)\b",
        # ngừng nhắn, chấm dứt việc gửi tin, tắt thông báo: verbs that mean nothing else
        r"\b(?P<verb>ngung|cham dut|ket thuc)(?: ngay)?(?: viec)?"
        r" (?:nhan|gui|lien lac|lien he|lam phien|hoi)\b",
        rf"\b(?P<verb>tat|cat|off|ngat)(?: het| di| giup| ho| ngay| cai)? {_MESSAGE}\b",
        r"\b(?P<verb>huy|(?<!can )bo|ngung|thoi) (?:dang ky |dang ki |theo doi |dich vu )?"
        rf"(?:nhan |gui )?{_MESSAGE}\b",
        r"\b(?P<verb>huy|bo) (?:dang ky|dang ki|theo doi)(?= *\Z| (?:nhe|nha|a|di|giup|ho|cho)\b)",
        rf"\b(?P<verb>tu choi) (?:nhan |nhan duoc )?{_MESSAGE}\b",
        rf"\b(?P<verb>chan) (?:so nay|{_MESSAGE})\b",
        # không muốn nhận tin, không nhận tin nữa, không muốn bị làm phiền
        rf"{_NO} (?:muon|can|thich|dong y) (?:phai )?(?:nhan|gui|doc)(?: \w+)? {_MESSAGE}\b",
        rf"{_NO} (?:nhan|gui|nhan them|them)(?: (?!duoc)\w+)? {_MESSAGE}(?: \w+){{0,3}} nua\b",
        rf"{_NO} (?:them )?{_MESSAGE} nao nua\b",
        rf"{_NO} (?:muon |thich )?(?:bi )?(?:lam phien|quay ray)\b",
        rf"{_NO}(?: \w+)? (?:lien lac|lien he|goi)(?: \w+){{0,2}} nua\b",
        rf"{_NO} tham gia nua\b",
        # xóa số tôi, bỏ tôi ra khỏi nhóm nhận tin, để bà yên
        rf"\b(?P<verb>xoa|bo|go) (?:cai )?(?:so|so dien thoai|sdt|so dt)(?: cua)? (?:{_WE}|nay)\b",
        rf"\b(?:danh sach|ds|nhom) (?:nhan |gui )(?:{_MESSAGE})\b(?<=tin|sms|bao)",
        rf"\b(?P<verb>de)(?: cho)? {_WE} yen\b",
        rf"\b(?P<verb>buong tha|tha)(?: cho)? {_WE}\b",
    )
)
_NEGATED = re.compile(
    r"\b(?:khong|ko|k|chua|chang|dau co|khong bao gio)(?: (?:phai|muon|co|can|la|noi|bao|duoc|he))* \Z"
)
_DO_NOT = re.compile(r"\b(?:dung|khoan)(?: co)? \Z")
_WAIT = re.compile(r"\bkhoan(?: da| hay)? \Z")
_PAST = re.compile(r"\b(?:truoc|hom (?:truoc|no|qua)|luc truoc|tuan truoc|bua truoc)\b")
_WHY = re.compile(r"\b(?:sao (?:lai )?(?:khong|ko|k|dung|ngung)|tai sao|vi sao|bao gio thi)\b")
_IF = re.compile(r"\b(?:neu|gia su|lo)\b")
_IS_IT_RIGHT = re.compile(
    r"\b(?:co dung|co phai)\b|\b(?:khong|ko|k|hong|phai khong)(?: (?:a|nhi|vay|em|chau|ban|con|the))*\Z"
)
_ASKS_ABOUT_STOP = re.compile(r"\b(?:gi|sao|nao|thi|la|soan|de lam|khong|ko|k|chua|dung|neu)\b")
_OTHER_THINGS = re.compile(r"\b(?:tien|luong|tro cap|chi tra|che do|tai khoan|tk|atm|lich|hen|giay to|ho so)\b")
_ANOTHER_WAY = re.compile(r"\b(?:zalo|face|facebook|messenger|telegram|buoi|gio|luc|sang|trua|chieu|dem)\b")
_MOST_WORDS_WITH_STOP = 6
_MOST_WORDS_AFTER_STOP = 5
_NOT_FOR_GOOD = word_set("mai lat chut tam xe nghi hoi tiep")
_AFTER_DUNG_LAI = _COURTESIES | word_set("moi thu tat ca day thoi")
# "đừng nhắn" with its marks needs nothing more; "đừng gửi", "đừng hỏi" need to be about going on.
_VERBS_TO_STOP = {"nhan": "nhắn", "gui": "gửi", "hoi": "hỏi", "goi": "gọi", "tiep": "tiếp"}
_GOING_ON = word_set("nua them gi het tin vao cho hoai mai lung")

_RESUME_KEYWORDS = comma_set(
    "start, unstop, resume, tiep tuc, tiep, tiep tuc nhan, tiep tuc gui, nhan lai, nhan tiep, nhan tin tiep, "
    "gui lai, gui tiep, bat dau lai nhan tin, bat dau nhan tin lai, mo lai, bat lai, dang ky lai, "
    "dang ki lai, "
    "dang ky nhan tin, bo stop, huy stop, bo chan, mo chan, unblock, noi tiep, hoi tiep, lam tiep"
)
_RESUMES = re.compile(
    rf"\b(?:tiep tuc (?:nhan|gui) {_MESSAGE}"
    rf"|(?:nhan|gui) {_MESSAGE}(?: cho {_WE})? (?:lai|tiep|tro lai|nhu cu)\b"
    rf"|nhan lai {_MESSAGE}|lai (?:nhan|gui|lien lac)(?: {_MESSAGE})? (?:cho|voi|vao)\b"
    rf"|(?:mo|bat|khoi phuc|dang ky|noi)(?: lai)?(?: viec)? (?:nhan |gui )?(?:{_MESSAGE}|lien lac) lai\b"
    rf"|(?:mo|bat|noi|dang ky|khoi phuc) lai (?:viec )?(?:nhan |gui )?(?:{_MESSAGE}|lien lac|duong day)\b"
    rf"|khoi phuc (?:viec )?(?:nhan|gui) {_MESSAGE}"
    r"|(?:bo|go) chan\b"
    rf"|dong y nhan {_MESSAGE} tro lai)"
)
_UNDOES_STOP = re.compile(r"(?:bo|huy) lenh (?:dung|stop)\b")


def is_stop(text: str) -> bool:
    """Whether `text` asks that we write no more."""
    return any(_is_stop(spelling) for spelling in _spellings(text))


def is_resume(text: str) -> bool:
    """Whether `text` asks that we write again after a stop."""
    return any(_is_resume(words_of(spelling)) for spelling in _spellings(text))


@lru_cache(maxsize=16)
def _spellings(text: str) -> tuple[str, ...]:
    """The text; with abbreviations written out; and without letters typed more than once."""
    written_out = expand_abbreviations(text)
    squeezed = re.sub(r"(\w)\1{2,}|([^\W\d_])\2(?!\w)", lambda m: m[1] or m[2], written_out)
    return tuple(dict.fromkeys((text, written_out, squeezed)))


def _is_stop(text: str) -> bool:
    words = words_of(text)
    if not words:
        return False
    clauses = _clauses(words)
    return _is_keyword(words) or any(
        _says_stop(clause) or _says_do_not_write(clause) or _asks_to_stop(clause) for clause in clauses
    )


def _clauses(words: Sequence[Word]) -> list[list[Word]]:
    """The words between one punctuation mark and the next."""
    clauses: list[list[Word]] = [[]]
    for word in words:
        if word.after_break and clauses[-1]:
            clauses.append([])
        clauses[-1].append(word)
    return clauses


def _is_resume(words: Sequence[Word]) -> bool:
    if _UNDOES_STOP.match(_said(words)):
        return True
    if any(word.folded in ("khong", "ko", "k", "dung", "chua", "ngung") for word in words):
        return False
    return _said(_core(words)) in _RESUME_KEYWORDS or bool(_RESUMES.search(_said(words)))


def _said(words: Sequence[Word]) -> str:
    return " ".join(word.folded for word in words)


def _core(words: Sequence[Word]) -> Sequence[Word]:
    """The words without the courtesies around them."""
    core = list(words)
    while len(core) > 1 and core[0].folded in _COURTESIES:
        core = core[1:]
    while len(core) > 1 and core[-1].folded in _COURTESIES:
        core = core[:-1]
    return core


def _is_keyword(words: Sequence[Word]) -> bool:
    core = _core(words)
    return _said(core) in _KEYWORDS or (len(core) == 1 and _is_marked_stop(core[0]))


def _is_marked_stop(word: Word) -> bool:
    """ "dừng" or "ngừng" with a mark of its own; bare "dung" is a yes as often."""
    has_marks = word.typed != word.folded
    return has_marks and (could_be(word.typed, "dừng") or could_be(word.typed, "ngừng"))


def _says_stop(clause: Sequence[Word]) -> bool:
    """A clause that begins with "dừng", or a short one with "stop" in it that is no question about it."""
    core = _core(clause)
    rest = [word.folded for word in core[1:]]
    for_good = len(rest) <= _MOST_WORDS_AFTER_STOP and not _NOT_FOR_GOOD.intersection(rest)
    if _is_marked_stop(core[0]) and for_good and not _OTHER_THINGS.search(_said(core)):
        return True
    if core[0].folded in ("dung", "ngung") and rest[:1] == ["lai"] and set(rest[1:]) <= _AFTER_DUNG_LAI:
        return True
    has_stop = any(word.folded in _STOP_LIKE for word in clause)
    return has_stop and len(clause) <= _MOST_WORDS_WITH_STOP and not _ASKS_ABOUT_STOP.search(_said(clause))


def _says_do_not_write(clause: Sequence[Word]) -> bool:
    """ "đừng nhắn", "dừng gửi nữa", "chớ hỏi": with their marks, which leave no doubt."""
    said = _said(clause)
    if _OTHER_THINGS.search(said) or _ANOTHER_WAY.search(said):
        return False
    if len(clause) > 1 and clause[-2].folded == "thoi" and clause[-1].typed in ("nhắn", "gửi"):
        return True
    for i, word in enumerate(clause):
        following = clause[i + 1 : i + 2]
        if following and following[0].folded == "co":
            following = clause[i + 2 : i + 3]
        if following and _is_marked_do_not(word) and _is_to_stop(following[0], clause):
            return not _WAIT.search(_said(clause[:i]) + " ") and not _NEGATED.search(_said(clause[:i]) + " ")
    return False


def _is_marked_do_not(word: Word) -> bool:
    return word.typed != word.folded and any(could_be(word.typed, no) for no in ("đừng", "dừng", "ngừng", "chớ"))


def _is_to_stop(verb: Word, clause: Sequence[Word]) -> bool:
    meant = _VERBS_TO_STOP.get(verb.folded)
    if meant is None or not could_be(verb.typed, meant):
        return False
    after = [word.folded for word in clause if word.start >= verb.end]
    return verb.folded in ("nhan", "tiep") or not after or bool(_GOING_ON.intersection(after))


def _asks_to_stop(clause: Sequence[Word]) -> bool:
    said = _said(clause)
    if _WHY.search(said) or _IF.search(said) or any(_is_yes(word) for word in clause):
        return False
    return any(_is_meant(match, said) for pattern in _ASKS for match in pattern.finditer(said))


def _is_yes(word: Word) -> bool:
    return word.folded == "dung" and word.typed.startswith("đ") and not could_be(word.typed, "đừng")


def _is_meant(match: re.Match[str], said: str) -> bool:
    """Not denied ("không phải dừng nhắn tin"), no question, not past, and about messages, not money."""
    wants_no_more = said.endswith(" nua") or " nua " in said
    if _OTHER_THINGS.search(said) and not re.search(rf"\b{_MESSAGE}\b", said):
        return False
    if not wants_no_more and _IS_IT_RIGHT.search(said):
        return False
    verb = match.groupdict().get("verb")
    if verb is None:
        return True
    before = said[: match.start()]
    if _WAIT.search(before) or _PAST.search(before) or (verb != "dung" and _DO_NOT.search(before)):
        return False
    return not _NEGATED.search(before) or (verb == "dung" and wants_no_more)
