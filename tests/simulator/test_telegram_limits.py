"""30 messages a second altogether, one to each person: more is refused, and nothing of it is sent."""

from dataclasses import replace

from tests.simulator.desk import Open
from tests.simulator.telegram_bot import CONFIG, PERSON, Bot


def test_one_a_second_to_a_person(open_desk: Open) -> None:
    bot = Bot(open_desk(telegram=replace(CONFIG, per_chat=1)))
    bot.meet()
    bot.send(text="một")
    answer = bot.post("sendMessage", chat_id=int(PERSON), text="hai")
    assert (answer.status_code, answer.json()["parameters"]) == (429, {"retry_after": 1})
    assert answer.json()["description"] == "Too Many Requests: retry after 1"
    bot.desk.clock.forward(seconds=1)
    bot.send(text="hai")
    shown = [message["text"] for message in bot.desk.messages("telegram", PERSON) if message["direction"] == "to_phone"]
    assert shown == ["một", "hai"]


def test_a_burst_that_the_bot_s_owner_allows_for(open_desk: Open) -> None:
    bot = Bot(open_desk(telegram=replace(CONFIG, per_chat=0.5, chat_burst=3)))
    bot.meet()
    for _ in range(3):
        bot.send()
    assert bot.post("sendMessage", chat_id=int(PERSON), text="a").json()["parameters"] == {"retry_after": 2}


def test_thirty_a_second_altogether(open_desk: Open) -> None:
    bot = Bot(open_desk(telegram=replace(CONFIG, per_chat=1)))
    people = [str(5500000000 + number) for number in range(32)]
    for person in people:
        bot.meet(person)
    statuses = [bot.post("sendMessage", chat_id=int(person), text="a").status_code for person in people]
    assert statuses == [200] * 30 + [429] * 2
    bot.desk.clock.forward(seconds=0.1)
    assert bot.post("sendMessage", chat_id=int(people[-1]), text="a").status_code == 200


def test_what_is_refused_otherwise_does_not_count(open_desk: Open) -> None:
    bot = Bot(open_desk(telegram=replace(CONFIG, per_chat=1)))
    bot.meet()
    bot.refusal("sendMessage", chat_id=int(PERSON), text="")
    assert bot.send()["text"] == "Kính mời"
