"""The texts that are offered for each kind of step; a manager may write others.

The first invitation asks nothing dangerous: it says who speaks, that the allowance goes on as before, and where to ask.
"""

from __future__ import annotations

from outreach.step import StepKind

INVITATION = (
    "UBND {phuong_xa} kính gửi {xung_ho} {ten_goi}. Trợ cấp vẫn trả như trước, nay nhận được qua tài khoản nếu muốn."
    " Nhắn CÓ để trả lời, TỪ CHỐI để thôi nhận tin: {cach_tra_loi}. Mã hồ sơ: {ma_ho_so}."
    " Hỏi {dien_thoai} hoặc {to_truong}. {canh_bao}"
)
REMINDER_UNANSWERED = (
    "UBND {phuong_xa} xin nhắc {xung_ho} {ten_goi}: muốn nhận trợ cấp qua tài khoản thì nhắn CÓ,"
    " thôi nhận tin thì nhắn TỪ CHỐI: {cach_tra_loi}. Hạn {han_chot}. Không đăng ký cũng không mất trợ cấp."
    " Mã hồ sơ: {ma_ho_so}. {canh_bao}"
)
REMINDER = (
    "UBND {phuong_xa} xin nhắc {xung_ho} {ten_goi}: phần trả lời còn dở. Nhắn CÓ để làm tiếp, TỪ CHỐI để thôi nhận tin:"
    " {cach_tra_loi}. Hạn {han_chot}. Không đăng ký cũng không mất trợ cấp. Mã hồ sơ: {ma_ho_so}. {canh_bao}"
)
FINAL = (
    "UBND {phuong_xa} nhắc {xung_ho} {ten_goi} lần cuối: {han_chot} hết hạn đăng ký nhận trợ cấp qua tài khoản."
    " Không đăng ký cũng không mất trợ cấp. Nhắn CÓ để trả lời, TỪ CHỐI để thôi nhận tin: {cach_tra_loi}."
    " Mã hồ sơ: {ma_ho_so}. {canh_bao}"
)
MONEY_CAME = (
    "UBND {phuong_xa} kính hỏi {xung_ho} {ten_goi}: tiền trợ cấp kỳ này đã về tài khoản chưa? Nhắn ĐÃ NHẬN, CHƯA NHẬN,"
    " hoặc TỪ CHỐI để thôi nhận tin: {cach_tra_loi}. Mã hồ sơ: {ma_ho_so}. Hỏi: {dien_thoai}. {canh_bao}"
)

USUAL_TEXTS = {
    StepKind.INVITATION: INVITATION,
    StepKind.REMINDER_UNANSWERED: REMINDER_UNANSWERED,
    StepKind.REMINDER_UNFINISHED: REMINDER,
    StepKind.FINAL: FINAL,
    StepKind.MONEY_CAME: MONEY_CAME,
}
