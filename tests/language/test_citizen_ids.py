import pytest

from language.address import Gender
from language.citizen_ids import CitizenIdFinding as F
from language.citizen_ids import check_citizen_id, mask_citizen_id, read_citizen_id
from language.tables import read_table


@pytest.mark.parametrize(
    ("number", "birth_year", "gender", "findings"),
    [
        ("001148012345", 1948, Gender.FEMALE, []),
        ("001048012345", 1948, Gender.MALE, []),
        ("038205012345", 2005, Gender.MALE, []),
        ("079310012345", 2010, Gender.FEMALE, []),
        ("001148012345", None, Gender.UNKNOWN, []),
        ("001148012345", 1949, Gender.FEMALE, [F.OTHER_YEAR]),
        ("001148012345", 1948, Gender.MALE, [F.OTHER_GENDER]),
        ("001248012345", 1948, Gender.MALE, [F.OTHER_YEAR]),
        ("001048012345", 1950, Gender.FEMALE, [F.OTHER_YEAR, F.OTHER_GENDER]),
        ("003148012345", 1948, Gender.FEMALE, [F.UNKNOWN_PROVINCE]),
        ("099148012345", 1948, Gender.FEMALE, [F.UNKNOWN_PROVINCE]),
        ("148148012345", 1948, Gender.FEMALE, []),
        ("011234567", 1948, Gender.FEMALE, [F.OLD_CARD]),
        ("00114801234", 1948, Gender.FEMALE, [F.WRONG_LENGTH]),
        ("0011480123456", 1948, Gender.FEMALE, [F.WRONG_LENGTH]),
        ("", 1948, Gender.FEMALE, [F.NOT_DIGITS]),
        ("00114801234x", 1948, Gender.FEMALE, [F.NOT_DIGITS]),
        ("００１148012345", 1948, Gender.FEMALE, [F.NOT_DIGITS]),
    ],
)
def test_what_does_not_fit(number: str, birth_year: int | None, gender: Gender, findings: list[F]) -> None:
    assert check_citizen_id(number, birth_year, gender) == findings


def test_the_parts_of_a_number() -> None:
    parts = read_citizen_id("038205012345")
    assert parts is not None
    assert (parts.province, parts.gender, parts.birth_year) == ("Thanh Hóa", Gender.MALE, 2005)
    assert read_citizen_id("011234567") is None


def test_all_63_provinces_have_a_code_of_their_own() -> None:
    rows = read_table("citizen_id_provinces.csv")
    assert len({row["code"] for row in rows}) == len({row["province"] for row in rows}) == 63
    assert {row["code"]: row["province"] for row in rows}["001"] == "Hà Nội"


@pytest.mark.parametrize(
    ("number", "masked"),
    [("001148012345", "*********345"), ("011234567", "******567"), ("12345678", "********"), ("", "")],
)
def test_masking(number: str, masked: str) -> None:
    assert mask_citizen_id(number) == masked
