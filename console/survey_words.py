"""The survey's questions as an officer says them aloud, and what stands on the form beside them. Pure.

They are the bot's questions (`bot/data/responses/ask.yml`) without "nhắn": the values, the order and the checks are one
(`roster.survey`).
"""

from __future__ import annotations

from console.answer_words import in_words
from roster.survey.answers import AnswerRefused, Problem
from roster.survey.questions import Question

SPOKEN: dict[Question, str] = {
    Question.CONSENT: "Thưa {xung_ho}, {toi} là cán bộ {co_quan}. {Toi} xin hỏi vài câu về cách nhận trợ cấp. "
    "Câu trả lời chỉ dùng cho việc này, không trả lời cũng không mất trợ cấp. {Xung_ho} có đồng ý không ạ?",
    Question.REFERENCE: "{Xung_ho} đọc giúp {toi} mã hồ sơ in trong thư mời ạ.",
    Question.RESPONDENT: "Xin hỏi, {xung_ho} là chính người hưởng trợ cấp hay là người nhà ạ?",
    Question.RELATION: "{Xung_ho} là gì của người hưởng trợ cấp ạ?",
    Question.WANTS_ACCOUNT: "{Nguoi_huong} có muốn nhận trợ cấp qua tài khoản ngân hàng, thay cho tiền mặt không ạ? "
    "Nhận cách nào cũng đủ tiền.",
    Question.HAS_ACCOUNT: "{Nguoi_huong} đã có tài khoản ngân hàng hay ví điện tử nào chưa ạ?",
    Question.BANK: "Tài khoản ở ngân hàng hay ví nào ạ?",
    Question.ACCOUNT_NUMBER: "{Xung_ho} đọc giúp {toi} số tài khoản ạ. {Toi} không bao giờ hỏi mật khẩu, mã PIN hay "
    "mã OTP.",
    Question.HOLDER_NAME: "Tên chủ tài khoản là gì ạ?",
    Question.HOLDER_RELATION: "Chủ tài khoản là gì của người hưởng trợ cấp, đã có giấy ủy quyền hay giám hộ chưa ạ?",
    Question.OPENING: "{Xung_ho} muốn mở tài khoản ở đâu ạ? Không nơi nào thu phí.",
    Question.VISIT_TIME: "Hôm nào, buổi nào thì tiện cho {xung_ho} ạ?",
    Question.CASH_REASON: "Dạ, vẫn nhận tiền mặt được ạ. Vì sao tiền mặt tiện hơn cho {nguoi_huong}?",
    Question.CONTACT_PHONE: "{Xung_ho} cho {toi} xin một số điện thoại để gọi khi cần ạ.",
    Question.CONFIRM: "{Toi} xin đọc lại, {xung_ho} nghe giúp {toi} đã đúng chưa ạ:",
}

ORDER: dict[Question, tuple[str, ...]] = {
    Question.CONSENT: ("yes", "no"),
    Question.RESPONDENT: ("self", "relative"),
    Question.RELATION: ("child", "spouse", "grandchild", "sibling", "guardian", "neighbour", "other"),
    Question.WANTS_ACCOUNT: ("yes", "no"),
    Question.HAS_ACCOUNT: ("own", "none", "relatives"),
    Question.OPENING: ("home", "ward", "self"),
    Question.CASH_REASON: ("prefers", "cannot_travel", "no_phone", "no_atm", "distrust", "disability", "other"),
}
"""The choices of a question in the order in which the form shows them."""

HINTS: dict[Question, str] = {
    Question.WANTS_ACCOUNT: "Còn phân vân thì giải thích thêm; vẫn chưa quyết thì để trống, hẹn khi khác",
    Question.BANK: "Gõ tên ngắn, ví dụ: vietcom, agri, bidv, momo",
    Question.ACCOUNT_NUMBER: "Chỉ chữ số; máy kiểm tra số chữ số theo ngân hàng",
    Question.HOLDER_NAME: "Đủ họ, tên đệm và tên, có dấu hay không đều được",
    Question.VISIT_TIME: "Ví dụ: sáng thứ bảy, chiều 25/11, lúc nào cũng được",
    Question.CONTACT_PHONE: "Di động hoặc máy bàn có mã vùng",
}

TITLES: dict[Question, str] = {
    Question.RESPONDENT: "Người trả lời",
    Question.RELATION: "Là gì của người hưởng",
    Question.WANTS_ACCOUNT: "Muốn nhận trợ cấp",
    Question.HAS_ACCOUNT: "Tài khoản",
    Question.BANK: "Ngân hàng",
    Question.ACCOUNT_NUMBER: "Số tài khoản",
    Question.HOLDER_NAME: "Chủ tài khoản",
    Question.HOLDER_RELATION: "Chủ tài khoản là gì của người hưởng",
    Question.OPENING: "Mở tài khoản",
    Question.VISIT_TIME: "Hẹn",
    Question.CASH_REASON: "Vì sao tiền mặt",
    Question.CONTACT_PHONE: "Số để gọi",
}

_PROBLEMS: dict[Problem, str] = {
    Problem.NOT_A_CHOICE: "Xin chọn một ý trong các ý trên.",
    Problem.CODE_WRONG: "Mã hồ sơ này không đúng.",
    Problem.BANK_UNKNOWN: "Chưa rõ ngân hàng nào. Xin gõ tên khác của ngân hàng, hoặc chọn để ghi sau.",
    Problem.NUMBER_LENGTH: "Số tài khoản {bank} thường không có {digits} chữ số. Xin nghe đọc lại.",
    Problem.NUMBER_UNREADABLE: "Số tài khoản chỉ gồm chữ số, từ 6 đến 19 chữ số.",
    Problem.NAME_UNREADABLE: "Xin ghi đủ họ và tên, không có chữ số.",
    Problem.PHONE_UNSEEN: "Xin ghi đủ các chữ số của số điện thoại.",
    Problem.PHONE_WRONG: "Đây không phải số điện thoại Việt Nam.",
    Problem.CORRECTION_UNCLEAR: "Chưa rõ sửa thế nào. Xin ghi lại cả câu trả lời.",
}
TIME_UNCLEAR = "Chưa rõ hôm nào, buổi nào. Ví dụ: sáng thứ bảy, chiều 25/11."


def problem_in_words(refusal: AnswerRefused) -> str:
    """Why a value was not taken, and what to do."""
    return _PROBLEMS[refusal.problem].format(**refusal.detail)


def choices_of(question: Question) -> tuple[tuple[str, str], ...]:
    """(value, words) of a question's choices; () where it has none."""
    if question is Question.CONSENT:
        return (("yes", "Đồng ý"), ("no", "Không đồng ý"))
    return tuple((value, _capital(in_words(question, value))) for value in ORDER.get(question, ()))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
