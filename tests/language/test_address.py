from collections import defaultdict

import pytest

from language.address import RELATIVE, UNKNOWN, Address, Gender, address_for
from language.unaccented import reads_as_obscene, unaccent_for_sms
from loa.dialogue.source import read_dialogue


@pytest.mark.parametrize(
    ("age", "gender", "second", "self_word"),
    [
        (95, Gender.FEMALE, "cụ", "cháu"),
        (80, Gender.MALE, "cụ", "cháu"),
        (79, Gender.MALE, "ông", "cháu"),
        (70, Gender.FEMALE, "bà", "cháu"),
        (72, Gender.UNKNOWN, "ông/bà", "cháu"),
        (69, Gender.FEMALE, "bác", "cháu"),
        (60, Gender.MALE, "bác", "cháu"),
        (59, Gender.MALE, "chú", "cháu"),
        (45, Gender.FEMALE, "cô", "cháu"),
        (44, Gender.FEMALE, "chị", "em"),
        (16, Gender.MALE, "anh", "em"),
        (30, Gender.UNKNOWN, "anh/chị", "em"),
        (15, Gender.FEMALE, "em", "chúng tôi"),
        (0, Gender.UNKNOWN, "em", "chúng tôi"),
        (None, Gender.MALE, "ông", "chúng tôi"),
        (None, Gender.FEMALE, "bà", "chúng tôi"),
        (None, Gender.UNKNOWN, "ông/bà", "chúng tôi"),
    ],
)
def test_the_beneficiary_by_age_and_gender(age: int | None, gender: Gender, second: str, self_word: str) -> None:
    address = address_for(age, gender, is_relative=False)
    assert (address.second, address.self_word) == (second, self_word)


@pytest.mark.parametrize("age", [8, 40, 90, None])
def test_a_relative_is_addressed_for_himself_or_herself(age: int | None) -> None:
    assert address_for(age, Gender.FEMALE, is_relative=True) == RELATIVE == Address("anh/chị", "em")


def test_a_negative_age_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        address_for(-1, Gender.MALE, is_relative=False)


def test_titles_begin_a_sentence() -> None:
    assert (UNKNOWN.second_title, UNKNOWN.self_title) == ("Ông/bà", "Chúng tôi")
    assert address_for(65, Gender.MALE, False).second_title == "Bác"


@pytest.mark.parametrize(
    ("address", "called"),
    [
        (address_for(62, Gender.MALE, False), "bác ơi"),
        (RELATIVE, "anh/chị ơi"),
        (UNKNOWN, "thưa ông/bà"),
        (address_for(None, Gender.FEMALE, False), "thưa bà"),
        (address_for(12, Gender.MALE, False), "em ơi"),
    ],
)
def test_vocative(address: Address, called: str) -> None:
    assert address.vocative() == called


def test_with_a_name() -> None:
    assert address_for(65, Gender.FEMALE, False).with_name("Hoa") == "bác Hoa"
    assert RELATIVE.with_name("") == "anh/chị"


def test_a_template_reads_well_for_an_elder_and_for_a_child() -> None:
    template = "{da}{toi} đã ghi số của {xung_ho} rồi{a}. {Xung_ho} kiểm tra lại giúp {toi}{a}."
    elder = address_for(65, Gender.MALE, False).placeholders()
    child = address_for(12, Gender.MALE, False).placeholders()
    assert template.format(**elder) == "Dạ, cháu đã ghi số của bác rồi ạ. Bác kiểm tra lại giúp cháu ạ."
    assert template.format(**child) == "chúng tôi đã ghi số của em rồi. Em kiểm tra lại giúp chúng tôi."


def test_an_elder_is_not_insulted_by_sms() -> None:
    elder = address_for(85, Gender.FEMALE, False)
    assert unaccent_for_sms(f"Dạ, chào {elder.with_name('Hoa')} ạ") == "Da, chao Ong/Ba Hoa a"


@pytest.mark.parametrize(
    ("age", "gender", "sent"),
    [
        (85, Gender.MALE, "Chau chao Ong/Ba. Ong/Ba nhan giup chau a."),
        (75, Gender.FEMALE, "Chau chao ba. Ba nhan giup chau a."),
        (75, Gender.UNKNOWN, "Chau chao ong/ba. Ong/ba nhan giup chau a."),
        (65, Gender.MALE, "Chau chao bac. Bac nhan giup chau a."),
        (50, Gender.MALE, "Chau chao chu. Chu nhan giup chau a."),
        (50, Gender.FEMALE, "Chau chao co. Co nhan giup chau a."),
        (50, Gender.UNKNOWN, "Chau chao co/chu. Co/chu nhan giup chau a."),
        (30, Gender.FEMALE, "Em chao chi. Chi nhan giup em a."),
        (12, Gender.MALE, "Chung toi chao em. Em nhan giup chung toi."),
        (None, Gender.MALE, "Chung toi chao ong. Ong nhan giup chung toi a."),
    ],
)
def test_every_form_without_its_marks(age: int | None, gender: Gender, sent: str) -> None:
    words = address_for(age, gender, False).placeholders()
    assert unaccent_for_sms("{Toi} chào {xung_ho}. {Xung_ho} nhắn giúp {toi}{a}.".format(**words)) == sent


@pytest.mark.parametrize("gender", list(Gender))
def test_no_form_reads_as_obscene_in_any_text_of_the_dialogue(gender: Gender) -> None:
    texts = read_dialogue().responses.values()
    for age in (None, 10, 30, 50, 65, 75, 90):
        words = defaultdict(lambda: "một", address_for(age, gender, False).placeholders())
        sent = [unaccent_for_sms(text.format_map(words)) for text in texts]
        assert [one for one in sent if reads_as_obscene(one)] == []
