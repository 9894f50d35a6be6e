"""Puts words of other languages into questions that the reader learns from."""

import random
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from training import corpora
from training.aligned_words import aligned_words
from training.switching import EnglishSwitcher, Switcher

SPACED = ("ar", "de", "el", "es", "fr", "hi", "id", "it", "ko", "nl", "pl", "pt", "ru", "tr", "uk")
"""Languages with spaces between words, so that sentence pairs tell which words translate each other."""
LANGUAGES = (*SPACED, "ja", "zh")


def reader_switch(folder: Path) -> Callable[[str, random.Random], str | None]:
    """Return what swaps words of an English or a Vietnamese question.

    Args:
        folder: The corpora.
    """
    pairs = defaultdict(list)
    for pair in corpora.english_other(folder):
        pairs[pair.language].append(pair)
    words = [*corpora.dictionary(folder)]
    words += [word for language in SPACED for word in aligned_words(pairs[language], language)]
    english, vietnamese = EnglishSwitcher(words, (*LANGUAGES, "vi")), Switcher(words, LANGUAGES)

    def switch(question: str, random_: random.Random) -> str | None:
        return (english if question.isascii() else vietnamese).switch(question, random_)

    return switch
