"""The classifier, where Rasa's environment has what it is trained with. Run by test_in_rasa.py."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import numpy as np

from bot.components.label_model import LabelModel, softmax
from bot.components.label_training import train_label_model

EXAMPLES = {
    "affirm": ["có", "đồng ý", "ừ được", "vâng ạ", "đúng rồi cháu", "dạ vâng", "nhất trí", "được cháu ạ"],
    "deny": ["không", "chưa đâu", "không phải", "không đồng ý", "sai rồi", "chưa có đâu cháu", "không ạ", "đâu có"],
    "faq/fees": ["có mất phí không", "làm thẻ tốn bao nhiêu tiền", "phí thường niên ai trả", "có phải đóng tiền không",
                 "mở thẻ hết bao nhiêu", "phí rút tiền thế nào", "mất lệ phí gì không", "có miễn phí không"],
    "want_cash": ["cho bác lĩnh tiền mặt", "tôi thích cầm tiền mặt", "vẫn muốn nhận tiền mặt", "lĩnh tay thôi",
                  "bác quen nhận tiền mặt rồi", "tiền mặt cho chắc", "cứ phát tận tay cho tôi", "để tôi lĩnh như cũ"],
}  # fmt: skip
TEXTS = [text for texts in EXAMPLES.values() for text in texts]
LABELS = [label for label, texts in EXAMPLES.items() for _ in texts]


class LabelModelChecks(unittest.TestCase):
    model: LabelModel

    @classmethod
    def setUpClass(cls) -> None:
        cls.model = train_label_model(TEXTS, LABELS)

    def test_it_knows_what_it_was_taught_in_other_spellings(self) -> None:
        for text, label in (
            ("co mat phi ko", "faq/fees"),
            ("KHONG DONG Y", "deny"),
            ("cho bac linh tien mat", "want_cash"),
            ("vaang ạ", "affirm"),
        ):
            self.assertEqual(self.model.rank(text)[0][0], label, text)

    def test_confidences_are_probabilities_best_first(self) -> None:
        ranking = self.model.rank("có mất phí không")
        confidences = [confidence for _, confidence in ranking]
        self.assertEqual(sorted(label for label, _ in ranking), sorted(EXAMPLES))
        self.assertAlmostEqual(sum(confidences), 1.0, places=5)
        self.assertEqual(confidences, sorted(confidences, reverse=True))

    def test_a_message_of_unknown_words_is_held_for_nothing_surely(self) -> None:
        for text in ("", "qwrtp zzkx", "👍"):
            self.assertLess(self.model.rank(text)[0][1], 0.9)

    def test_the_same_examples_give_the_same_model(self) -> None:
        again = train_label_model(TEXTS, LABELS)
        self.assertTrue(np.array_equal(again.weights, self.model.weights))
        self.assertEqual(again.sharpness, self.model.sharpness)

    def test_it_comes_back_from_disk_and_brings_no_sentence_along(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.model.save(Path(folder))
            loaded = LabelModel.load(Path(folder))
            kept = b"".join(file.read_bytes() for file in Path(folder).iterdir())
        for text in ("có mất phí không", "bidv", ""):
            self.assertEqual(loaded.rank(text), self.model.rank(text))
        self.assertNotIn(b"cho bac linh tien mat", kept)
        self.assertNotIn("cho bác lĩnh tiền mặt".encode(), kept)

    def test_a_missing_model_is_told(self) -> None:
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(OSError):
            LabelModel.load(Path(folder))

    def test_softmax_bears_large_scores(self) -> None:
        self.assertTrue(np.allclose(softmax(np.array([[1000.0, 1000.0], [-1000.0, 1000.0]])), [[0.5, 0.5], [0.0, 1.0]]))


if __name__ == "__main__":
    unittest.main()
