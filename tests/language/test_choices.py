import pytest

from language.choices import pick_choice

OPENING = ["Tại nhà, cán bộ đến", "Ra phường làm", "Tự làm"]
ACCOUNT = ["Có tài khoản rồi", "Chưa có tài khoản", "Dùng tài khoản người nhà"]
MONEY = ["Nhận qua tài khoản", "Nhận tiền mặt", "Chưa rõ"]
WHO = ["Chính tôi", "Người nhà trả lời giúp"]
YES_NO = ["Có", "Không", "Chưa rõ"]

PICKED = [
    *((text, OPENING, 0) for text in (
        "1", "1.", "1)", "(1)", "1 a", "01", "1️⃣", "so 1", "số 1 ạ", "số một", "so1", "câu 1", "cau1",
        "y 1", "một", "mot", "mot a", "dạ một ạ", "em chọn 1 ạ", "chọn số 1 nhé cháu", "thu nhat",
        "cái thứ nhất", "cái đầu", "cai dau tien", "đầu tiên", "a)", "A", "chon a", "câu a", "o nha",
        "tai nha", "tại nhà", "nha", "can bo den nha", "moi can bo den nha nhe", "tai nhaf", "1 tai nha",
        "CAN BO DEN",
    )),
    *((text, OPENING, 1) for text in (
        "2", "hai", "so hai", "thứ hai", "thu 2", "chọn 2", "b", "B.", "cau2", "ừ 2", "vang so 2 a",
        "ra phuong", "ra phuog", "lam o phuong", "phường", "so 2 cung duoc",
    )),
    *((text, OPENING, 2) for text in (
        "3", "ba", "thứ ba", "so 3 nhe chau", "c", "cái cuối", "cai cuoi cung", "cuoi cung", "tu lam",
        "tự làm thôi",
    )),
    ("co roi", ACCOUNT, 0), ("co", ACCOUNT, 0), ("chua", ACCOUNT, 1), ("chua co", ACCOUNT, 1),
    ("khong co", ACCOUNT, 1),
    ("nguoi nha", ACCOUNT, 2), ("taikhoan nguoi nha", ACCOUNT, 2),
    ("tien mat", MONEY, 1), ("tienmat", MONEY, 1), ("tiền", MONEY, 1), ("qua tai khoan", MONEY, 0),
    ("chua ro", MONEY, 2),
    ("toi", WHO, 0), ("chinh toi", WHO, 0), ("nguoi nha", WHO, 1), ("cái trên", WHO, 0),
    ("cai duoi", WHO, 1), ("cái sau", WHO, 1),
    ("co a", YES_NO, 0), ("khong", YES_NO, 1), ("ko", YES_NO, 1), ("khong co", YES_NO, 1),
    ("chua ro", YES_NO, 2),
    ("tien mat", ["Có, qua tài khoản", "Không, nhận tiền mặt"], 1),
]  # fmt: skip

NOT_PICKED = [
    ("", OPENING),
    ("0", OPENING),
    ("4", OPENING),
    ("11", OPENING),
    ("100", OPENING),
    ("1 2", OPENING),
    ("1 hoac 2", OPENING),
    ("a", OPENING),
    ("à", OPENING),
    ("bà", OPENING),
    ("nam", OPENING),
    ("ca hai", OPENING),
    ("hai cai", OPENING),
    ("1 con gai cua toi", OPENING),
    ("toi co 2 con", OPENING),
    ("2 so cuoi la 34", OPENING),
    ("0912345678", OPENING),
    ("2 tai nha", OPENING),
    ("khong o nha", OPENING),
    ("minh lam", OPENING),
    ("toi khong biet", OPENING),
    ("co mat phi khong", OPENING),
    ("cái trên", OPENING),
    ("8h sang mai", OPENING),
    ("khong", MONEY),
    ("khong nhan tai khoan", MONEY),
    ("nhan", MONEY),
    ("dung cua con toi", ACCOUNT),
    ("tai khoan", ACCOUNT),
    ("1", []),
    ("nha toi o cuoi ngo co cay da to lam chau a den hoi ai cung biet", OPENING),
]


@pytest.mark.parametrize(("text", "titles", "index"), PICKED)
def test_a_choice_is_picked(text: str, titles: list[str], index: int) -> None:
    assert pick_choice(text, titles) == index


@pytest.mark.parametrize(("text", "titles"), NOT_PICKED)
def test_nothing_is_picked(text: str, titles: list[str]) -> None:
    assert pick_choice(text, titles) is None
