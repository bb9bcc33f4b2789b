import pytest

from language.relations import Relation, find_holder_relation, find_relation, find_stated_relation

C, S, G, B, U, N, OTHER = (
    Relation.CHILD,
    Relation.SPOUSE,
    Relation.GRANDCHILD,
    Relation.SIBLING,
    Relation.GUARDIAN,
    Relation.NEIGHBOUR,
    Relation.OTHER,
)

STATED = [
    ("toi la con gai ba", C),
    ("tôi là con gái bà", C),
    ("TOI LA CON GAI BA HOA", C),
    ("con gái", C),
    ("con gai a", C),
    ("con gái bà Hoa", C),
    ("da con gai ba Hoa day a", C),
    ("con trai", C),
    ("con giai ong Tu", C),
    ("em la con dau", C),
    ("con re", C),
    ("con út trong nhà", C),
    ("con", C),
    ("con ạ", C),
    ("la con", C),
    ("toi la con cua ba", C),
    ("con cu Tu day", C),
    ("con bà Hoa", C),
    ("bố tôi", C),
    ("me em", C),
    ("mẹ em không biết dùng máy", C),
    ("hộ mẹ", C),
    ("tra loi ho me", C),
    ("thay bo toi", C),
    ("nhan cho me", C),
    ("mẹ chồng em", C),
    ("ba tôi", C),
    ("vợ", S),
    ("vo ong Ba", S),
    ("chồng", S),
    ("toi la chong ba Hoa", S),
    ("ông nhà tôi", S),
    ("ong nha toi yeu lam", S),
    ("bà nhà", S),
    ("ông xã", S),
    ("toi tra loi thay chong", S),
    ("vợ tôi ốm", S),
    ("cháu nội", G),
    ("cháu ngoại", G),
    ("chau noi ba Hoa day", G),
    ("em la chau ngoai", G),
    ("cháu", G),
    ("em la chau cua ba", G),
    ("cho bà nội", G),
    ("cho ba noi", G),
    ("ho ong ngoai", G),
    ("bà tôi", G),
    ("em gái", B),
    ("em gai ba Hoa", B),
    ("anh trai", B),
    ("chị", B),
    ("toi la chi", B),
    ("chi gai toi bi liet", B),
    ("em ruot", B),
    ("người giám hộ", U),
    ("toi la nguoi giam ho chau Nam", U),
    ("toi la me chau", U),
    ("tôi là bố cháu Nam", U),
    ("toi la ba noi chau", U),
    ("hàng xóm", N),
    ("hang xom ba Hoa", N),
    ("toi la hang xom", N),
    ("tổ trưởng", OTHER),
    ("toi la to truong dan pho", OTHER),
    ("người nhà", OTHER),
    ("toi la nguoi nha ba Hoa", OTHER),
]

NOT_STATED = [
    "",
    "con chào bác",
    "con chao bac a",
    "chau oi",
    "cháu ơi",
    "cháu chào cô ạ",
    "em chao anh",
    "anh oi",
    "chị ơi cho hỏi",
    "vang chau",
    "dạ em",
    "cam on con",
    "cảm ơn cháu nhé",
    "con biet roi",
    "bac cam on chau",
    "toi day",
    "chinh toi",
    "bac la Hoa day",
    "khong phai",
    "toi khong phai con gai ba",
    "toi khong phai la chau",
    "toi co 2 con gai",
    "1 con gai cua toi",
    "o voi hai con gai",
    "toi o voi con trai",
    "de toi hoi con gai da",
    "con trai toi di lam roi",
    "nho hang xom doc ho",
    "can nguoi giam ho khong",
    "hai me con",
    "vợ chồng tôi già rồi",
    "moi anh toi nha",
    "moi ong toi",
    "con ba tuoi",
    "con nua",
    "ba toi",
    "co con khong",
    "vang",
    "vietcombank",
    "Thưa anh, tôi vừa nhận được tin",
    "Chào chị, em hỏi chút",
    "Cô chào cháu gái nha",
    "chao con, ba day",
    "chọn số ba, tôi tự mở",
    "nhà có mấy anh chị em",
    "ban than",
    "dung toi la ba Mai day",
    "khong phai con, toi la me, nguoi duoc huong",
    "can bo toi nha",
    "can bo cu hoi",
    "con ba duoc 500 nghin dung khong",
    "con gái bác vừa đọc cho bác nghe",
    "con me no",
    "từ ngày lấy chồng em về ở Bắc Ninh",
]

HOLDERS = [
    ("tk cua con gai toi", C),
    ("tai khoan con trai", C),
    ("cua con", C),
    ("tên con dâu", C),
    ("toi co 1 con gai, tk cua no", C),
    ("cua vo", S),
    ("chong toi dung ten", S),
    ("cua chau noi", G),
    ("của cháu", G),
    ("em gái tôi", B),
    ("tk cua me chau", U),
    ("nguoi giam ho", U),
    ("hang xom", N),
    ("nguoi nha", OTHER),
    ("cua me chong", OTHER),
]


@pytest.mark.parametrize(("text", "relation"), STATED)
def test_a_stated_relation(text: str, relation: Relation) -> None:
    found = find_relation(text)
    assert found is not None
    assert found.value is relation


@pytest.mark.parametrize("text", NOT_STATED)
def test_forms_of_address_and_mentions_are_no_relation(text: str) -> None:
    assert find_relation(text) is None


@pytest.mark.parametrize("text", ["mẹ em không biết dùng máy", "chồng tôi đi vắng", "hộ bà nội", "con chào bác"])
def test_what_is_told_by_the_way_is_not_stated(text: str) -> None:
    assert find_stated_relation(text) is None


@pytest.mark.parametrize("text", ["toi la con gai ba", "con dâu ạ", "em là vợ ông Ba", "toi la me chau"])
def test_what_is_said_outright_is_stated(text: str) -> None:
    assert find_stated_relation(text) is not None


@pytest.mark.parametrize(("text", "relation"), HOLDERS)
def test_whose_account_it_is(text: str, relation: Relation) -> None:
    found = find_holder_relation(text)
    assert found is not None
    assert found.value is relation


@pytest.mark.parametrize("text", ["", "cua toi", "con chao bac", "khong phai con toi", "vietcombank", "chau oi"])
def test_no_other_holder(text: str) -> None:
    assert find_holder_relation(text) is None


def test_the_span_and_the_words_of_the_values() -> None:
    text = "Dạ em là con dâu bà Hoa"
    found = find_relation(text)
    assert found is not None
    assert text[found.start : found.end] == "con dâu"
    assert sorted(r.value for r in Relation) == [
        "child", "grandchild", "guardian", "neighbour", "other", "sibling", "spouse",
    ]  # fmt: skip
