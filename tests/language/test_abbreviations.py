import unicodedata

import pytest

from language.abbreviations import expand, expand_abbreviations, is_abbreviation
from language.banks import bank_by_name
from language.tables import read_table
from language.typing_slips import repair_word


@pytest.mark.parametrize(
    ("typed", "written_out"),
    [
        ("ko", "không"),
        ("e ko có stk", "em không có số tài khoản"),
        ("đc dc", "được được"),
        ("mk ko bt ntn", "mình không biết như thế nào"),
        ("nhg ng ta có tk r", "nhưng người ta có tài khoản rồi"),
        ("làm cccd ở ubnd", "làm căn cước công dân ở ủy ban nhân dân"),
        ("diện btxh, ncc", "diện bảo trợ xã hội, người có công"),
        ("ra nh rút", "ra ngân hàng rút"),
        ("a/c cho e hỏi", "anh/chị cho em hỏi"),
        ("b ơi cho hỏi", "bác ơi cho hỏi"),
        ("cảm ơn b", "cảm ơn bạn"),
        ("vs vk", "với vợ"),
        ("Ko!", "không!"),
        ("chợ cấp tháng lày", "trợ cấp tháng này"),
        ("nàm thế lào", "làm thế nào"),
        ("dút tiền ở đâu", "rút tiền ở đâu"),
        ("giả lời thế lày à", "trả lời thế này à"),
        ("răng mà phải mần cái ni", "sao mà phải làm cái này"),
        ("nỏ có mô", "không có đâu"),
        ("cái chi rứa", "cái gì vậy"),
        ("chi rứa", "gì vậy"),
    ],
)
def test_plain_abbreviations(typed: str, written_out: str) -> None:
    assert expand_abbreviations(typed) == written_out


@pytest.mark.parametrize(
    ("typed", "written_out"),
    [
        ("500k", "500k"),
        ("khiếu nại việc chi trả", "khiếu nại việc chi trả"),
        ("ai nấy đều có", "ai nấy đều có"),
        ("đau răng", "đau răng"),
        ("sang Lào", "sang Lào"),
        ("chợ Đồng Xuân", "chợ Đồng Xuân"),
        ("500 k", "500 k"),
        ("tôi k có", "tôi không có"),
        ("5 kg", "5 kg"),
        ("ck 500k", "chuyển khoản 500k"),
        ("nhận qua ck", "nhận qua chuyển khoản"),
        ("ck vào tk", "chuyển khoản vào tài khoản"),
        ("ck tôi nhận tiền", "chồng tôi nhận tiền"),
        ("hỏi ck đã", "hỏi chồng đã"),
        ("vk ck nhà bác", "vợ chồng nhà bác"),
        ("đc bn tiền", "được bao nhiêu tiền"),
        ("bn ơi", "bạn ơi"),
        ("quên mk", "quên mật khẩu"),
        ("gd bị lỗi 500k", "giao dịch bị lỗi 500k"),
        ("gd khó khăn", "gia đình khó khăn"),
        ("dk tk", "đăng ký tài khoản"),
        ("dk rồi", "được rồi"),
        ("hem 12 Láng", "hẻm 12 Láng"),
        ("hem biết", "không biết"),
        ("hẻm 12", "hẻm 12"),
        ("8 h", "8 giờ"),
        ("mấy h", "mấy giờ"),
        ("0 biết", "không biết"),
        ("số 0", "số 0"),
        ("sổ hk", "sổ hộ khẩu"),
        ("hk biết", "không biết"),
        ("lừa đảo a?", "lừa đảo ạ?"),
        ("a ơi", "anh ơi"),
        ("ở viện K", "ở viện K"),
        ("ở hn", "ở Hà Nội"),
    ],
)
def test_the_neighbours_decide(typed: str, written_out: str) -> None:
    assert expand_abbreviations(typed) == written_out


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "chọn a",
        "a hay b",
        "câu b",
        "chị A",
        "Trần Văn A",
        "tran van a",
        "hộ b",
        "a 1",
        "phương án c",
        "tk nam a",
        "a gri bank",
    ],
)
def test_a_letter_that_is_a_choice_or_an_initial_stays(text: str) -> None:
    assert expand_abbreviations(text).endswith(text.removeprefix("tk"))


@pytest.mark.parametrize("bank", ["vcb", "mb", "acb", "bidv", "tcb", "vib", "shb", "scb", "msb", "tpb", "vpb", "momo"])
def test_banks_stay(bank: str) -> None:
    assert expand_abbreviations(f"tk {bank}") == f"tài khoản {bank}"


def test_no_short_form_is_a_bank() -> None:
    shorts = {row["short"] for row in read_table("abbreviations.csv") if not row["context"]}
    assert [short for short in shorts if bank_by_name(short)] == []
    assert expand_abbreviations("stk hd, tp") == "số tài khoản hd, tp"


def test_one_string_comes_out_for_each_that_goes_in() -> None:
    assert expand(["e", "có", "stk", "?"]) == ["em", "có", "số tài khoản", "?"]
    assert expand([]) == []


def test_the_table_is_in_canonical_form() -> None:
    rows = read_table("abbreviations.csv")
    assert len(rows) > 250
    for row in rows:
        assert row["short"] == row["short"].lower() == unicodedata.normalize("NFC", row["short"])
        assert row["full"] == unicodedata.normalize("NFC", row["full"])
        assert row["full"] != row["short"] or row["context"], (
            "a word stays as it is only where the next row would catch it"
        )
        assert row["source"] in {"sms", "teen", "office", "north", "central", "south"}
    pairs = [(row["short"], row["context"]) for row in rows]
    assert len(pairs) == len(set(pairs))


def test_no_short_form_is_taken_for_a_typing_slip() -> None:
    shorts = [row["short"] for row in read_table("abbreviations.csv")]
    assert [short for short in shorts if repair_word(short) != short] == []
    assert is_abbreviation("ko")
    assert not is_abbreviation("không")
