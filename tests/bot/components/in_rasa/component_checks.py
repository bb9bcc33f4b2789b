"""Our components as Rasa's graph uses them. Run by test_in_rasa.py."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path
from typing import Any

from rasa.core.processor import MessageProcessor
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.answer_reader import AnswerReader
from bot.components.entity_rules import EntityRules
from bot.components.intent_classifier import FlatIntentClassifier
from bot.components.tokenizer import VietnameseTokenizer
from tests.bot.components.in_rasa.label_model_checks import LABELS, TEXTS

CONTEXT = ExecutionContext(GraphSchema({}))
RESOURCE = Resource("classifier")


def trained(folder: str) -> FlatIntentClassifier:
    """The classifier as it is after training, keeping and loading again."""
    storage = LocalModelStorage.create(Path(folder))
    data = TrainingData([Message.build(text, label) for text, label in zip(TEXTS, LABELS, strict=True)])
    FlatIntentClassifier.create({}, storage, RESOURCE, CONTEXT).train(data)
    return FlatIntentClassifier.load({}, storage, RESOURCE, CONTEXT)


class ComponentChecks(unittest.TestCase):
    classifier: FlatIntentClassifier
    folder: tempfile.TemporaryDirectory[str]

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = tempfile.TemporaryDirectory()
        cls.classifier = trained(cls.folder.name)

    @classmethod
    def tearDownClass(cls) -> None:
        cls.folder.cleanup()

    def read(self, text: str, **metadata: Any) -> dict[str, Any]:
        message = Message({"text": text, "metadata": metadata})
        reader = AnswerReader(AnswerReader.get_default_config())
        for component in (self.classifier, EntityRules(), reader):
            component.process([message])
        return message.as_dict(only_output_properties=True)

    def answers(self, parsed: dict[str, Any]) -> list[tuple[str, str]]:
        return [(one["role"], one["value"]) for one in parsed["entities"] if one["entity"] == "answer"]

    def test_rasa_finds_the_full_name_of_a_question(self) -> None:
        parsed = self.read("Mở thẻ có mất phí không ạ?")
        del parsed["intent"]["full_retrieval_intent_name"]
        MessageProcessor._update_full_retrieval_intent(None, parsed)  # type: ignore[arg-type]
        self.assertEqual(parsed["intent"]["name"], "faq")
        self.assertEqual(parsed["intent"]["full_retrieval_intent_name"], "faq/fees")

    def test_a_short_answer_is_read_by_the_question_first(self) -> None:
        for text, value in (("co", "own"), ("chua", "none"), ("không", "none")):
            parsed = self.read(text, open_question="has_account")
            self.assertEqual(self.answers(parsed), [("has_account", value)], text)
            self.assertEqual(parsed["intent"]["name"], "inform")

    def test_the_ranking_stays_the_classifiers(self) -> None:
        parsed = self.read("không", open_question="consent")
        self.assertEqual(parsed["intent"]["name"], "inform")
        self.assertEqual(parsed["intent_ranking"][0]["name"], "deny")

    def test_a_button_answers_or_picks_an_intent(self) -> None:
        answered = self.read("Có", payload="consent=yes")
        self.assertEqual((self.answers(answered), answered["intent"]["name"]), ([("consent", "yes")], "inform"))
        picked = self.read("Hỏi về phí", payload="intent=faq/fees")
        self.assertEqual(picked["intent"], {"name": "faq", "confidence": 1.0, "full_retrieval_intent_name": "faq/fees"})

    def test_a_message_without_words_is_out_of_scope(self) -> None:
        self.assertEqual(self.read("…")["intent"]["name"], "out_of_scope")

    def test_who_opens_the_talk_without_a_word_is_greeted(self) -> None:
        self.assertEqual(self.read("…", media="follow")["intent"]["name"], "greet")

    def test_an_age_is_counted_from_the_day_on_which_the_message_came(self) -> None:
        for day, minor in (("2026-11-10", [("minor_or_ward", "yes")]), ("2033-01-02", [])):
            parsed = self.read("cháu sinh 2014", open_question="opening", day=day)
            self.assertEqual(self.answers(parsed), minor)

    def test_the_actions_get_the_metadata(self) -> None:
        self.assertEqual(
            self.read("chào", message_id=7, media="image")["metadata"], {"message_id": 7, "media": "image"}
        )

    def test_tokens_point_into_the_text(self) -> None:
        tokenizer = VietnameseTokenizer(VietnameseTokenizer.get_default_config())
        text = "có,không 500.000đ ạ👍"
        cut = tokenizer.tokenize(Message({"text": text}), "text")
        self.assertEqual([token.text for token in cut], ["có", ",", "không", "500.000đ", "ạ", "👍"])
        self.assertEqual([text[token.start : token.end] for token in cut], [token.text for token in cut])


if __name__ == "__main__":
    unittest.main()
