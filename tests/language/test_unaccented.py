import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.sms import is_gsm7
from language.syllables import parse
from language.tables import DATA, read_table
from language.text import strip_marks
from language.unaccented import reads_as_obscene, unaccent_for_sms

OFFENDING = [row["word"] for row in read_table("obscene_unaccented.csv")]


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Chào cụ Hoa ạ.", "Chao Ong/Ba Hoa a."),
        ("Mời các cụ đến buổi sáng", "Moi Ong/Ba den sang"),
        ("Mời các bác đến", "Moi quy bac den"),
        ("Các giấy tờ cần mang", "Nhung giay to can mang"),
        ("CÁC BÁC LỚN TUỔI", "QUY BAC CAO TUOI"),
        ("Bác muốn cán bộ đến buổi nào?", "Bac muon can bo den luc nao?"),
        ("Buổi chiều mai", "Chieu mai"),
        ("số tiền lớn, người lớn", "so tien to, nguoi truong thanh"),
        ("địa chỉ cũ", "dia chi truoc day"),
        ("Cụ cứ yên tâm", "Ong/Ba hay yen tam"),
        ("bất cứ lúc nào", "bat ky luc nao"),
        ("bác đủ giấy tờ rồi", "bac du giay to roi"),
        ("đã đủ chưa", "da day du chua"),
        ("từ đủ 15 tuổi", "tu du 15 tuoi"),
        ("công cụ, căn cứ cụ thể", "cong cu, can cu cu the"),
        ("cụ già, bà cụ", "nguoi gia, ba"),
        ("dân tộc Nùng", "dan toc Nung"),
        ("dữ liệu dân cư, số dư, ưu đãi, đại diện", "du lieu dan cu, so du, uu dai, dai dien"),
        ("chờ lâu quá dài", "cho lau qua lau"),
        ("đeo kính", "mang kinh"),
        ("mỗi tháng cho bác 500.000₫", "moi thang, cho bac 500.000d"),
        ("còn cho phép", "van cho phep"),
        ("cac bac den buoi sang", "nhung bac den dot sang"),
    ],
)
def test_what_reads_badly_is_said_differently(text: str, sent: str) -> None:
    assert unaccent_for_sms(text) == sent


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("bác Cừ và bà Lớn", "bac C. va ba L."),
        ("ông Đèo Văn Dư", "ong Deo Van Du"),
        ("Đèo Văn Dư đã đăng ký", "Deo Van Du da dang ky"),
        ("tên TK: NGUYEN VAN DU, HOANG VAN LON", "ten TK: NGUYEN VAN DU, HOANG VAN L."),
        ("huyện Củ Chi", "huyen Cu Chi"),
        ("Nguyễn Thị Buổi", "Nguyen Thi B."),
    ],
)
def test_names_are_never_reworded(text: str, sent: str) -> None:
    assert unaccent_for_sms(text) == sent


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("“Dạ…” – vâng • ‘ok’", "\"Da...\" - vang - 'ok'"),
        ("a\u00a0b\u200bc", "a bc"),
        ("Xong ✅ nhé 😀", "Xong nhe"),
        ("dòng 1 \n dòng 2", "dong 1\ndong 2"),
        ("bước 1 → 2 × 3 `x`", "buoc 1 -> 2 x 3 'x'"),
        ("20.000 € {x}", "20.000 € {x}"),
        ("", ""),
    ],
)
def test_typographic_signs_become_gsm7(text: str, sent: str) -> None:
    assert unaccent_for_sms(text) == sent
    assert is_gsm7(sent)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ho so cu cua cac bac", ["cu", "cac"]),
        ("Moi BUOI", ["BUOI"]),
        ("thang cho", ["thang cho"]),
        ("day du, dan cu, dai dien", []),
        ("bac Du, bac Dai", []),
        ("du", ["du"]),
        ("các cụ", []),
        ("cuoc, cach, lonn, acu", []),
        ("cu-cu", ["cu", "cu"]),
    ],
)
def test_reads_as_obscene(text: str, found: list[str]) -> None:
    assert reads_as_obscene(text) == found


def _spellings(word: str) -> list[str]:
    """Every way to put Vietnamese marks on an unaccented word."""
    marked: dict[str, list[str]] = {}
    qualities = {"a": "aăâ", "e": "eê", "i": "i", "o": "oôơ", "u": "uư", "y": "y"}
    for plain, letters in qualities.items():
        tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
        marked[plain] = [unicodedata.normalize("NFC", letter + tone) for letter in letters for tone in tones]
    choices = [marked.get(letter, ["d", "đ"] if letter == "d" else [letter]) for letter in word]
    return ["".join(letters) for letters in product(*choices)]


@pytest.mark.parametrize("word", [word for word in OFFENDING if " " not in word])
def test_no_spelling_of_an_offending_word_comes_through(word: str) -> None:
    for spelling in _spellings(word):
        for shown in (spelling, spelling.capitalize(), spelling.upper(), f"bác {spelling.capitalize()} ơi"):
            assert reads_as_obscene(unaccent_for_sms(shown)) == [], shown


def test_the_everyday_syllables_in_pairs_never_offend() -> None:
    lines = (DATA / "common_syllables.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    text = " ".join(word for pair in zip(words, reversed(words), strict=True) for word in pair)
    assert reads_as_obscene(unaccent_for_sms(text)) == []


_PIECES = st.one_of(
    st.sampled_from(sorted({part for word in OFFENDING for part in word.split()})).flatmap(
        lambda word: st.sampled_from(_spellings(word))
    ),
    st.sampled_from([row["phrase"] for row in read_table("unaccented_replacements.csv")]),
    st.text(max_size=6),
)


@given(st.lists(_PIECES, max_size=6), st.sampled_from([" ", "", "-", "\u200b", ". ", "\n"]), st.booleans())
def test_nothing_that_goes_out_offends_or_leaves_gsm7(pieces: list[str], joint: str, shout: bool) -> None:
    text = joint.join(pieces)
    sent = unaccent_for_sms(text.upper() if shout else text)
    assert reads_as_obscene(sent) == []
    assert is_gsm7(sent)


def test_the_tables_are_in_canonical_form() -> None:
    rows = read_table("unaccented_replacements.csv")
    phrases = [row["phrase"] for row in rows]
    assert len(phrases) == len(set(phrases))
    for row in rows:
        assert reads_as_obscene(strip_marks(row["instead"])) == []
        assert all(parse(word) for word in row["phrase"].split())
        assert row["phrase"] != row["instead"]
    for row in read_table("obscene_unaccented.csv"):
        assert row["word"] == strip_marks(row["word"]).lower()
        assert reads_as_obscene(row["word"]) == [row["word"]]
        assert reads_as_obscene(row["instead"]) == []
        assert row["reads_as"]
        neighbours = [pair for pair in row["harmless_in"].split("|") if pair]
        assert all(row["word"] in pair.split() and not reads_as_obscene(pair.replace("#", "5")) for pair in neighbours)
