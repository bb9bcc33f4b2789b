import pytest

from language.phrases import Phrases, phrase_set

KIN = Phrases(
    [("con gái", "daughter"), ("con", "child"), ("cháu nội", "grandchild"), ("ba nội", "grandmother")],
    marked=[("tối", "evening")],
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tôi là con gái", [("daughter", "con gái")]),
        ("toi la CON GAI", [("daughter", "CON GAI")]),
        ("con  gai,cháu nội", [("daughter", "con  gai"), ("grandchild", "cháu nội")]),
        ("con gà", [("child", "con")]),
        ("con, gái", [("child", "con")]),
        ("con.\ngái", [("child", "con")]),
        ("con-gái", [("daughter", "con-gái")]),
        ("cón", []),
        ("toi", []),
        ("tối", [("evening", "tối")]),
        ("", []),
    ],
)
def test_the_longest_phrase_at_each_place_is_found(text: str, found: list[tuple[str, str]]) -> None:
    assert [(f.value, text[f.start : f.end]) for f in KIN.find(text)] == found


def test_first_and_contains() -> None:
    stop = phrase_set("đừng nhắn")
    assert "thoi dung nhan nua" in stop
    assert "đúng nhân" not in stop
    assert KIN.first("chau noi va con gai") == "grandchild"
    assert KIN.first("vâng") is None
