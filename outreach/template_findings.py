"""What can be found in a text: faults, for which it does not go out, and advice, which its writer may follow. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why a text is refused."""

    EMPTY = "empty"
    PLACEHOLDER = "placeholder"
    CATEGORY = "category"
    PRODUCT = "product"
    LINK = "link"
    SECRET = "secret"
    FEE = "fee"
    OBSCENE = "obscene"
    NO_ANSWER = "no_answer"
    NO_STOP = "no_stop"
    NO_SPEAKER = "no_speaker"
    NO_REASSURANCE = "no_reassurance"
    NO_PLACE_TO_ASK = "no_place_to_ask"
    TOO_LONG = "too_long"


_FAULTS = {
    Fault.EMPTY: "Tin nhắn chưa có nội dung.",
    Fault.PLACEHOLDER: "Chỗ điền “{found}” không dùng được: {reason}.",
    Fault.CATEGORY: "Tin nhắn không được nêu loại trợ cấp: “{found}”.",
    Fault.PRODUCT: "Tin nhắn là lời của xã, phường, không nêu tên phần mềm: “{found}”.",
    Fault.LINK: "Tin nhắn không được có đường dẫn: “{found}”.",
    Fault.SECRET: "Tin nhắn không được nhắc tới mã, mật khẩu, số tài khoản hay số căn cước: “{found}”. "
    "Lời cảnh báo thì dùng chỗ điền {{canh_bao}}.",
    Fault.FEE: "Tin nhắn không được bảo người dân nộp tiền: “{found}”.",
    Fault.OBSCENE: "Chữ “{found}” viết không dấu dễ bị đọc thành lời tục. Xin viết có dấu, máy sẽ tự tìm chữ khác cho "
    "tin không dấu.",
    Fault.NO_ANSWER: "Tin này hỏi người dân mà chưa nói trả lời bằng cách nào, mất bao nhiêu tiền. "
    "Xin thêm chỗ điền {{cach_tra_loi}}.",
    Fault.NO_STOP: "Tin này hỏi người dân mà chưa nói cách thôi nhận tin. Xin thêm: “TỪ CHỐI để thôi nhận tin”.",
    Fault.NO_SPEAKER: "Tin mời phải nói ai gửi. Xin mở đầu bằng “UBND {{phuong_xa}}”.",
    Fault.NO_REASSURANCE: "Tin này phải nói rõ trợ cấp vẫn trả như trước, không đăng ký cũng không mất.",
    Fault.NO_PLACE_TO_ASK: "Tin mời phải nói hỏi ở đâu: thêm chỗ điền {{dien_thoai}} hoặc {{noi_lam_viec}}, "
    "hoặc nhắc tới tổ trưởng, trưởng thôn.",
    Fault.TOO_LONG: "Tin quá dài: {reason}.",
}


class Hint(StrEnum):
    """What makes a text hard to read, or dear."""

    QUESTIONS = "questions"
    LONG_SENTENCE = "long_sentence"
    HARD_WORD = "hard_word"
    LONG = "long"
    ONE_WAY = "one_way"


_HINTS = {
    Hint.QUESTIONS: "Tin có {found} câu hỏi. Mỗi tin chỉ nên hỏi một điều.",
    Hint.LONG_SENTENCE: "Câu dài {found} chữ, nên tách ra: nhiều nhất {reason} chữ một câu.",
    Hint.HARD_WORD: "“{found}” hơi khó hiểu với người già, có thể nói “{reason}”.",
    Hint.LONG: "Tin không dấu dài {reason} ký tự, thường tính tiền {found} đoạn. Nên gọn trong hai đoạn (306 ký tự).",
    Hint.ONE_WAY: "Tin gửi bằng tên thương hiệu, người dân không nhắn trả lời được: "
    "chỗ {{cach_tra_loi}} sẽ là “{found}”.",
}


@dataclass(frozen=True)
class Finding:
    """One fault: where it stands ("câu 2", "{noi_lam_viec}", "" for the whole text) and the words found there."""

    fault: Fault
    found: str = ""
    reason: str = ""
    place: str = ""

    def __str__(self) -> str:
        return _at(self.place, _FAULTS[self.fault].format(found=self.found, reason=self.reason))


@dataclass(frozen=True)
class Advice:
    """One piece of advice: where, what was found, and what would be better."""

    hint: Hint
    found: str = ""
    reason: str = ""
    place: str = ""

    def __str__(self) -> str:
        return _at(self.place, _HINTS[self.hint].format(found=self.found, reason=self.reason))


def _at(place: str, words: str) -> str:
    return f"{place[:1].upper()}{place[1:]}: {words}" if place else words
