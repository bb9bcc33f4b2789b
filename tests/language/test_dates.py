import pytest

from language.dates import find_birth_year

YEARS = [
    ("sinh năm 48", 1948),
    ("sinh nam 1948", 1948),
    ("bac sinh nam 1948 nhe", 1948),
    ("sinh nam la 1948", 1948),
    ("nam sinh: 1948", 1948),
    ("sn 48", 1948),
    ("sn 1948", 1948),
    ("sinh 1948", 1948),
    ("12/5/1948", 1948),
    ("12-05-1948", 1948),
    ("12.5.1948", 1948),
    ("sinh ngày 12 tháng 5 năm 1948", 1948),
    ("sinh ngay 12/5/48", 1948),
    ("ngay 12 thang 5 nam 1948", 1948),
    ("chau sinh nam 2015", 2015),
    ("sinh nam 10", 2010),
    ("sinh tháng 5 năm 2014", 2014),
    ("sinh vao nam 48", 1948),
    ("năm nay 78 tuổi", 1948),
    ("toi 78 tuoi roi", 1948),
    ("bà 78t", 1948),
    ("bay muoi tam tuoi", 1948),
    ("bảy mươi tám tuổi", 1948),
    ("1948", 1948),
    ("nam 1948 a", 1948),
    ("bac 1948", 1948),
]
NO_YEARS = [
    "",
    "vang",
    "nam 2025 toi moi nhan tien",
    "tu nam 2020 den nay",
    "0011 0041 1948",
    "12/5",
    "sinh nam 3000",
    "sinh nam 1800",
    "12/13/1948",
    "200 tuoi",
    "0 tuoi",
    "tuoi cao suc yeu",
    "1948000",
    "500k",
    "sinh hoat to dan pho",
    "tie62n ma85t",
    "mã HA3K9M7T",
    "ngay 25/12/2026",
]


@pytest.mark.parametrize(("text", "year"), YEARS)
def test_the_year_of_birth(text: str, year: int) -> None:
    found = find_birth_year(text, 2026)
    assert found is not None
    assert found.value == year


@pytest.mark.parametrize("text", NO_YEARS)
def test_no_year_of_birth(text: str) -> None:
    assert find_birth_year(text, 2026) is None


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Bà tôi sinh năm 48, yếu lắm", "sinh năm 48"),
        ("năm nay 78 tuổi rồi", "78 tuổi"),
        ("Cụ bảy mươi tám tuổi", "bảy mươi tám tuổi"),
    ],
)
def test_the_span(text: str, span: str) -> None:
    found = find_birth_year(text, 2026)
    assert found is not None
    assert text[found.start : found.end] == span


def test_two_digits_mean_the_past() -> None:
    assert [find_birth_year("sinh nam 26", year).value for year in (2025, 2026)] == [1926, 2026]  # type: ignore[union-attr]
