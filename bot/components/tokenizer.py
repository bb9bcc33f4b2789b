"""Rasa's tokens of a message, with their places in what was typed."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from language.tokens import tokens


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Cuts "có,không" and "500.000đ ạ" where Vietnamese is cut. Nothing of ours needs the tokens; `rasa test` does."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No intent is cut into tokens."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The tokens of one attribute of `message`."""
        return [Token(token.text, token.start, token.end) for token in tokens(message.get(attribute))]
