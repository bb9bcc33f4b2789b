"""Advice for whoever writes a text: one question a message, short sentences, plain words. Pure.

Sources. Issue 5's readability gate. Sentences: readers follow more than nine tenths of a text whose sentences have 14
words (https://insidegovuk.blog.gov.uk/2014/08/04/sentence-length-why-25-words-is-our-limit/); a Vietnamese word has
about one and a half syllables, so a sentence, or a part of it between stops, has at most 20. Hard words:
`language/data/plain_words.csv`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from language.plain_words import hard_words
from language.sms import sentences
from language.text import nfc
from outreach.channels.shortcode import NOBODY_LISTENS
from outreach.template_asking import asks
from outreach.template_findings import Advice, Hint
from outreach.template_lengths import length_advice
from outreach.templates import CampaignWords, PlaceholderError, check_placeholders, without_placeholders

MOST_SYLLABLES = 20
_STOPS = re.compile(r"[;:]")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_SYLLABLE = re.compile(r"\w+")


def advice(template: str, campaign: CampaignWords) -> list[Advice]:
    """What would make `template` easier to read, or cheaper."""
    return list(_advice(nfc(template), campaign))


def _advice(template: str, campaign: CampaignWords) -> Iterator[Advice]:
    questions = template.count("?")
    if questions > 1:
        yield Advice(Hint.QUESTIONS, str(questions))
    for number, sentence in enumerate(sentences(template), 1):
        yield from _of_sentence(sentence, f"câu {number}")
    if campaign.how_to_reply == NOBODY_LISTENS and asks(template):
        yield Advice(Hint.ONE_WAY, NOBODY_LISTENS)
    try:
        check_placeholders(template, campaign)
    except PlaceholderError:
        return  # its length is not known yet; the gate names what is missing
    yield from length_advice(template, campaign)


def _of_sentence(sentence: str, place: str) -> Iterator[Advice]:
    # A placeholder is read as one word, or two: whoever writes cannot shorten it.
    longest = max(len(_SYLLABLE.findall(part)) for part in _STOPS.split(_PLACEHOLDER.sub("x", sentence)))
    if longest > MOST_SYLLABLES:
        yield Advice(Hint.LONG_SENTENCE, str(longest), str(MOST_SYLLABLES), place)
    for word in hard_words(without_placeholders(sentence)):
        yield Advice(Hint.HARD_WORD, word.found, word.plainer, place)
