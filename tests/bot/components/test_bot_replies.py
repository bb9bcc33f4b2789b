"""What a turn said, and whether it came to its end."""

import pytest

from bot.components.replies import TurnReplies, replies_in


def test_the_mark_ends_the_turn_and_is_no_reply() -> None:
    said = TurnReplies()
    said.add({"text": "Chào bác"}, "7")
    said.add({"custom": {"turn_done": 7}}, "7")
    assert said.as_answer() == {"replies": [{"text": "Chào bác"}], "done": True}


@pytest.mark.parametrize("mark", [{"turn_done": 6}, {}, {"turn_done": None}])
def test_another_turns_mark_does_not_count(mark: dict[str, object]) -> None:
    said = TurnReplies()
    said.add({"custom": mark}, "7")
    assert not said.done


def test_a_text_stays_whole_with_its_buttons() -> None:
    said = TurnReplies()
    said.add({"text": "Một\n\nHai", "buttons": [{"title": "Có", "payload": "consent=yes"}], "image": None}, "1")
    assert said.replies == [{"text": "Một\n\nHai", "buttons": [{"title": "Có", "payload": "consent=yes"}]}]


def test_other_custom_data_stays_beside_the_mark() -> None:
    said = TurnReplies()
    said.add({"custom": {"turn_done": 3, "silent": True}}, "3")
    assert said.as_answer() == {"replies": [{"custom": {"silent": True}}], "done": True}


def test_replies_are_read_back_from_kept_events() -> None:
    events = [
        {"event": "user", "text": "alo"},
        {"event": "bot", "text": "Chào bác", "data": {"buttons": [{"title": "Có", "payload": "p"}], "custom": None}},
        {"event": "bot", "text": None, "data": {"custom": {"turn_done": 9}}},
        {"event": "slot", "name": "bank", "value": "BIDV"},
    ]
    kept = replies_in(events, "9")
    assert kept.done
    assert kept.replies == [{"text": "Chào bác", "buttons": [{"title": "Có", "payload": "p"}]}]
