import pytest

from language.corrections import Correction, CorrectionKind, Field, apply_to_digits, find_correction

K = CorrectionKind

CORRECTIONS = [
    # digits
    ("à nhầm, số cuối là 7", Correction(K.LAST_DIGITS, "7")),
    ("nham so cuoi la 7", Correction(K.LAST_DIGITS, "7")),
    ("số cuối là bảy", Correction(K.LAST_DIGITS, "7")),
    ("so cuoi phai la 7 co", Correction(K.LAST_DIGITS, "7")),
    ("so cuoi cung la 7", Correction(K.LAST_DIGITS, "7")),
    ("so cuoi la 7 chu khong phai 5", Correction(K.LAST_DIGITS, "7")),
    ("số cuối không phải 5 mà là 7", Correction(K.LAST_DIGITS, "7")),
    ("2 so cuoi la 34", Correction(K.LAST_DIGITS, "34")),
    ("hai số cuối là ba bốn", Correction(K.LAST_DIGITS, "34")),
    ("hai so cuoi 34", Correction(K.LAST_DIGITS, "34")),
    ("3 chữ số cuối là 4 5 6", Correction(K.LAST_DIGITS, "456")),
    ("duoi la 34", Correction(K.LAST_DIGITS, "34")),
    ("cuoi la 7 nhe", Correction(K.LAST_DIGITS, "7")),
    ("so dau la 9", Correction(K.FIRST_DIGITS, "9")),
    ("số đầu tiên là 9", Correction(K.FIRST_DIGITS, "9")),
    ("2 so dau la 09", Correction(K.FIRST_DIGITS, "09")),
    ("đầu số là 098", Correction(K.FIRST_DIGITS, "098")),
    ("sai so thu 5 phai la 8", Correction(K.NTH_DIGIT, "8", position=5)),
    ("số thứ năm là tám", Correction(K.NTH_DIGIT, "8", position=5)),
    ("chu so thu hai la 0", Correction(K.NTH_DIGIT, "0", position=2)),
    ("so thu 3 tu cuoi len la 4", Correction(K.NTH_DIGIT, "4", position=-3)),
    ("thieu so 0 o dau", Correction(K.PREPEND, "0")),
    ("thiếu một số 0 ở đầu", Correction(K.PREPEND, "0")),
    ("thiếu số 7 ở cuối", Correction(K.APPEND, "7")),
    ("thua so cuoi", Correction(K.DROP_LAST, position=1)),
    ("thừa 2 số cuối", Correction(K.DROP_LAST, position=2)),
    ("thừa số đầu", Correction(K.DROP_FIRST, position=1)),
    # one thing for another
    ("không phải Hoa mà là Hòa", Correction(K.REPLACE, "Hòa", "Hoa")),
    ("khong phai Hoa, la Hòa", Correction(K.REPLACE, "Hòa", "Hoa")),
    ("tên là Hoà chứ không phải Hoa", Correction(K.REPLACE, "Hoà", "Hoa", field=Field.HOLDER_NAME)),
    ("ten khong phai Hoa ma la Hòa nhé", Correction(K.REPLACE, "Hòa", "Hoa", field=Field.HOLDER_NAME)),
    ("khong phai 5 ma la 7", Correction(K.REPLACE, "7", "5")),
    ("doi 5 thanh 7", Correction(K.REPLACE, "7", "5")),
    ("không phải vietcombank mà là vietinbank", Correction(K.REPLACE, "vietinbank", "vietcombank")),
    ("ngan hang khong phai vcb ma la bidv", Correction(K.REPLACE, "bidv", "vcb", field=Field.BANK)),
    # a field
    ("đổi lại ngân hàng agribank", Correction(K.FIELD, "agribank", field=Field.BANK)),
    ("doi lai ngan hang la agribank", Correction(K.FIELD, "agribank", field=Field.BANK)),
    ("sửa ngân hàng thành BIDV", Correction(K.FIELD, "BIDV", field=Field.BANK)),
    ("sua lai ten la Hoà", Correction(K.FIELD, "Hoà", field=Field.HOLDER_NAME)),
    ("sai ten roi", Correction(K.FIELD, field=Field.HOLDER_NAME)),
    ("nham so tai khoan roi", Correction(K.FIELD, field=Field.ACCOUNT_NUMBER)),
    ("nhầm số tk", Correction(K.FIELD, field=Field.ACCOUNT_NUMBER)),
    ("sua lai so dien thoai 0912345678", Correction(K.FIELD, "0912345678", field=Field.CONTACT_PHONE)),
    ("sửa lại giờ hẹn 9h", Correction(K.FIELD, "9h", field=Field.VISIT_TIME)),
    # a whole new value
    ("à nhầm, 0011004123457", Correction(K.NEW_VALUE, "0011004123457")),
    ("nham, agribank co", Correction(K.NEW_VALUE, "agribank")),
    ("à nhầm vietin", Correction(K.NEW_VALUE, "vietin")),
    ("xin loi nham, vietcombank moi dung", Correction(K.NEW_VALUE, "vietcombank")),
    ("agribank moi dung", Correction(K.NEW_VALUE, "agribank")),
    # back, or just wrong
    ("Không phải Vietcom, Agribank cơ", Correction(K.REPLACE, "Agribank", "Vietcom")),
    ("toi la em dau chu khong phai em gai", Correction(K.REPLACE, "em dau", "em gai")),
    ("ten dung la Tran Thi Mui", Correction(K.FIELD, "Tran Thi Mui", field=Field.HOLDER_NAME)),
    (
        "Tên chủ tài khoản phải là Phạm Thị Nhàn",
        Correction(K.FIELD, "Phạm Thị Nhàn", field=Field.HOLDER_NAME),
    ),
    ("dư 1 số 0 cuối", Correction(K.DROP_LAST, position=1)),
    ("Tôi bấm nhầm", Correction(K.UNSPECIFIED)),
    ("lộn rồi", Correction(K.UNSPECIFIED)),
    ("de nhu cu", Correction(K.REVERT)),
    ("thôi giữ nguyên", Correction(K.REVERT)),
    ("lúc đầu đúng rồi", Correction(K.REVERT)),
    ("nhầm rồi", Correction(K.UNSPECIFIED)),
    ("sai roi", Correction(K.UNSPECIFIED)),
    ("khong dung", Correction(K.UNSPECIFIED)),
    ("cho toi sua lai", Correction(K.UNSPECIFIED)),
]

NO_CORRECTIONS = [
    "",
    "vang",
    "vang dung roi",
    "khong",
    "khong phai",
    "khong phai toi",
    "2",
    "34",
    "0011004123456",
    "số tài khoản là 0011004123456",
    "nguyen thi hoa",
    "nham so roi",
    "sai số rồi nhé",
    "ban nham may roi",
    "nhầm người rồi cháu ơi",
    "cuoi tuan",
    "cuoi thang 7",
    "dau thang 12",
    "so cuoi",
    "3 so cuoi la 45",
    "cuoi cung la 5 nguoi",
    "so thu 7 la ngay nghi",
    "con thu 3 la 8 tuoi",
    "toi bi sai khop",
    "doi ngan hang goi lai",
    "toi doi mai khong thay tien",
    "khong phai toi khong muon ma la khong di duoc",
    "thu 7 la 25/12",
    "tôi không phải người hưởng, tôi là con",
    "tai khoan cua con khong phai cua toi",
    "giữ nguyên kiểu lĩnh cũ",
    "khong dung the",
    "có nhưng lâu không dùng, thẻ vẫn còn hạn",
    "so chon nham",
    "đổi từ tiền mặt sang tài khoản cho tôi",
    "đổi sang ngân hàng khác thì làm thế nào",
    "muốn sửa tài khoản trên VNeID thì bấm đâu",
    "Con chào cô ạ",
    "nham thue bao",
    "bạn gọi nhầm rồi, đây là quán sửa xe",
    "ông cụ lẫn rồi",
]


@pytest.mark.parametrize(("text", "correction"), CORRECTIONS)
def test_what_is_corrected(text: str, correction: Correction) -> None:
    assert find_correction(text) == correction


@pytest.mark.parametrize("text", NO_CORRECTIONS)
def test_no_correction(text: str) -> None:
    assert find_correction(text) is None


@pytest.mark.parametrize(
    ("number", "text", "corrected"),
    [
        ("0011004123456", "so cuoi la 7", "0011004123457"),
        ("0011004123456", "2 so cuoi la 34", "0011004123434"),
        ("0011004123456", "so dau la 9", "9011004123456"),
        ("0011004123456", "so thu 5 la 8", "0011804123456"),
        ("0011004123456", "so thu 3 tu cuoi len la 9", "0011004123956"),
        ("0011004123456", "thieu so 0 o dau", "00011004123456"),
        ("0011004123456", "thieu so 7 o cuoi", "00110041234567"),
        ("0011004123456", "thua so cuoi", "001100412345"),
        ("0011004123456", "thua 2 so dau", "11004123456"),
        ("0011004123456", "khong phai 5 ma la 7", "0011004123476"),
        ("0011004123456", "khong phai 45 ma la 54", "0011004123546"),
        ("0011004123456", "à nhầm, 0011 0041 23457", "0011004123457"),
        ("0011004123456", "sua lai stk 0011004123457", "0011004123457"),
        # in more than one place, in none, or beyond the end
        ("0011004123456", "khong phai 0 ma la 7", None),
        ("0011004123456", "khong phai 9 ma la 7", None),
        ("0011004123456", "khong phai Hoa ma la Hòa", None),
        ("12345", "so thu 9 la 7", None),
        ("123", "4 so cuoi la 1234", None),
        ("0011004123456", "nham, agribank", None),
        ("0011004123456", "nhầm rồi", None),
        ("0011004123456", "de nhu cu", None),
    ],
)
def test_a_number_is_changed_only_in_one_way(number: str, text: str, corrected: str | None) -> None:
    correction = find_correction(text)
    assert correction is not None
    assert apply_to_digits(number, correction) == corrected
