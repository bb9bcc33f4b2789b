import pytest

from language.syllables import Syllable, is_bare_syllable, parse
from language.tables import DATA

SAC, NANG, HUYEN, HOI = "\u0301", "\u0323", "\u0300", "\u0309"


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("không", ("kh", "ông", "")),
        ("được", ("đ", "ươc", NANG)),
        ("nghiêng", ("ngh", "iêng", "")),
        ("quý", ("qu", "y", SAC)),
        ("quốc", ("qu", "ôc", SAC)),
        ("già", ("gi", "a", HUYEN)),
        ("gìn", ("g", "in", HUYEN)),
        ("giếng", ("gi", "êng", SAC)),
        ("khuỷu", ("kh", "uyu", HOI)),
        ("thuở", ("th", "uơ", HOI)),
        ("xoong", ("x", "oong", "")),
        ("yến", ("", "yên", SAC)),
        ("hoà", ("h", "oa", HUYEN)),
    ],
)
def test_a_syllable_falls_into_onset_rime_and_tone(word: str, parts: tuple[str, str, str]) -> None:
    assert parse(word) == Syllable(*parts)


@pytest.mark.parametrize(
    "word",
    ["khoong", "cê", "ka", "ngê", "ghà", "các\u0300", "duoc", "càc", "phòn g", "str", "", "zalo", "fê", "khyê", "quu"],
)
def test_what_no_vietnamese_syllable_is_written_like(word: str) -> None:
    assert parse(word) is None


@pytest.mark.parametrize("word", ["duoc", "dươc", "khong", "cac", "y", "ngheo", "quyet"])
def test_bare_syllables_ignore_marks(word: str) -> None:
    assert is_bare_syllable(word)


@pytest.mark.parametrize("word", ["ko", "khoong", "cos", "vcb", "", "bank", "momo"])
def test_what_is_no_bare_syllable(word: str) -> None:
    assert not is_bare_syllable(word)


def test_every_everyday_syllable_is_one() -> None:
    lines = (DATA / "common_syllables.txt").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert len(words) > 1000
    assert [word for word in words if parse(word) is None] == []
