import pytest

from language.secrets_guard import SecretKind, find_secrets, mask_secrets, passes_luhn

OTP, PIN, PASSWORD, CARD, CVV = (
    SecretKind.OTP,
    SecretKind.PIN,
    SecretKind.PASSWORD,
    SecretKind.CARD,
    SecretKind.CVV,
)

SECRETS = [
    ("otp 482913", OTP, "482913"),
    ("OTP: 482913", OTP, "482913"),
    ("OTP482913", OTP, "482913"),
    ("ma otp cua toi la 482 913", OTP, "482 913"),
    ("ma xac thuc la 123456", OTP, "123456"),
    ("mã xác nhận 4829", OTP, "4829"),
    ("Ma kich hoat la 12345678 nhe", OTP, "12345678"),
    ("482913 la ma otp", OTP, "482913"),
    ("482913 là mã xác thực", OTP, "482913"),
    ("otp la bon tam hai chin mot ba", OTP, "bon tam hai chin mot ba"),
    ("Vietcombank: OTP cua quy khach la 482913 het han trong 3 phut", OTP, "482913"),
    ("OTP cua giao dich 500.000d la 482913", OTP, "482913"),
    ("pin 1234", PIN, "1234"),
    ("ma pin cua bac la 123456", PIN, "123456"),
    ("mã PIN thẻ: 12 34", PIN, "12 34"),
    ("ma pin la mot hai ba bon", PIN, "mot hai ba bon"),
    ("mat khau la hoa1948", PASSWORD, "hoa1948"),
    ("mật khẩu: Hoa@1948", PASSWORD, "Hoa@1948"),
    ("mat khau cua toi la Hoa1948 nhe", PASSWORD, "Hoa1948"),
    ("mat khau ngan hang la hoa 1948", PASSWORD, "hoa 1948"),
    ("pass 123456", PASSWORD, "123456"),
    ("password: abc123!", PASSWORD, "abc123!"),
    ("mk la abc123", PASSWORD, "abc123"),
    ("mat khau la hoahong", PASSWORD, "hoahong"),
    ("the 9704 3660 1234 5678", CARD, "9704 3660 1234 5678"),
    ("9704366012345678", CARD, "9704366012345678"),
    ("the 9704 3660 1234 5678 907", CARD, "9704 3660 1234 5678 907"),
    ("4111 1111 1111 1111", CARD, "4111 1111 1111 1111"),
    ("4111-1111-1111-1111", CARD, "4111-1111-1111-1111"),
    ("so the 4111 1111 1111 1112", CARD, "4111 1111 1111 1112"),
    ("5200 8282 8282 8210", CARD, "5200 8282 8282 8210"),
    ("378282246310005", CARD, "378282246310005"),
    ("cvv 123", CVV, "123"),
    ("CVV: 1234", CVV, "1234"),
    ("3 so sau the la 123", CVV, "123"),
    ("ba số mặt sau thẻ là 456", CVV, "456"),
]

NO_SECRETS = [
    "",
    "ai hỏi otp thì đừng cho",
    "có người xin mã OTP",
    "otp la gi",
    "ho bao doc otp 6 so",
    "họ đòi mã xác thực",
    "no goi tu so 0912345678 xin otp",
    "no goi tu 18001234 xin otp",
    "gui otp ve so 0912345678",
    "otp gui ve may toi roi",
    "co phai cho ma pin khong",
    "khong cho ai ma pin",
    "mat khau la gi",
    "mat khau la khong biet",
    "toi quen mat khau roi",
    "quen mat khau vneid 2 lan",
    "pin dien thoai con 20%",
    "pin 5000mah",
    "mk 1948",
    "stk 0011004123456",
    "0011004123456",
    "19035678901234",
    "stk 4111111111111111",
    "0912345678",
    "H3KR7M2P",
    "ma ho so H3KR 7M2P",
    "cccd 001148012345",
    "tien 5.200.000",
    "sinh nam 1948 pin yeu",
    "1234567890123456",
    "ma so thue 0101243150",
    "toi 78 tuoi",
    "8h30 sang mai",
]


@pytest.mark.parametrize(("text", "kind", "value"), SECRETS)
def test_a_secret_is_found_and_masked(text: str, kind: SecretKind, value: str) -> None:
    (found,) = find_secrets(text)
    assert (found.value, text[found.start : found.end]) == (kind, value)
    stars = "".join(c if c == " " else "*" for c in value)
    assert mask_secrets(text) == text.replace(value, stars)


@pytest.mark.parametrize("text", NO_SECRETS)
def test_mentions_and_other_numbers_are_no_secrets(text: str) -> None:
    assert find_secrets(text) == []
    assert mask_secrets(text) == text


def test_a_card_with_its_cvv() -> None:
    text = "4111111111111111 han 12/27 cvv 123"
    assert [f.value for f in find_secrets(text)] == [CARD, CVV]
    assert mask_secrets(text) == "**************** han 12/27 cvv ***"


def test_a_cvv_typed_right_behind_the_card_is_masked_with_it() -> None:
    assert mask_secrets("4111 1111 1111 1111 123") == "**** **** **** **** ***"


def test_what_is_not_secret_stays_readable() -> None:
    text = "stk 0011004123456 vietcombank, otp 482913, sdt 0912345678"
    assert mask_secrets(text) == "stk 0011004123456 vietcombank, otp ******, sdt 0912345678"


@pytest.mark.parametrize(
    ("digits", "right"),
    [("4111111111111111", True), ("4111111111111112", False), ("378282246310005", True), ("0", True)],
)
def test_luhn(digits: str, right: bool) -> None:
    assert passes_luhn(digits) is right
