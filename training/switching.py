"""Swaps the words of a text for those of another language, so that what is asked about stays in its sentence.

After code-switched training (Qin et al., "CoSDA-ML", 2020): human questions across languages are few, while
a dictionary turns any Vietnamese or English question into one half or wholly in another language.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from training.corpora import Pair

LONGEST = 4
"""Syllables of the longest Vietnamese entry, words of the longest English one."""
_SHORT = frozenset(["who", "why", "how", "when", "what"])
_WORDY = 4  # shorter English words hold a sentence together, and mean something else in each language
Words = Mapping[str, Sequence[str]]


class EnglishSwitcher:
    """English words and what other languages call them."""

    def __init__(self, dictionary: Iterable[Pair], languages: Sequence[str]) -> None:
        """Read the dictionary: English entries with translations into other languages."""
        words: dict[str, dict[str, list[str]]] = {language: defaultdict(list) for language in languages}
        for pair in dictionary:
            entry = pair.left.lower()
            if pair.language in words and (len(entry) >= _WORDY or entry in _SHORT):
                words[pair.language][entry].append(pair.right)
        self._words = [dict(entries) for entries in words.values() if entries]

    def switch(self, text: str, random_: random.Random) -> str | None:
        """Return `text` with words of one other language in it, None if fewer than two could be swapped."""
        return _switched(text, random_.choice(self._words), 1, random_)


class Switcher:
    """Vietnamese words and what other languages call them, by way of English."""

    def __init__(
        self, dictionary: Iterable[Pair], languages: Sequence[str], *, with_english: bool = True
    ) -> None:
        """Read the dictionary: English entries with translations into Vietnamese and other languages.

        With English, half of the languages drawn are English.
        """
        english: dict[str, list[str]] = defaultdict(list)
        others: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for pair in dictionary:
            if pair.language == "vi":
                # A single syllable means too many things.
                if 2 <= len(pair.right.split()) <= LONGEST:
                    english[pair.right.lower()].append(pair.left)
            elif pair.language in languages:
                others[pair.language][pair.left].append(pair.right)
        self._words: dict[str, dict[str, list[str]]] = {"en": dict(english)}
        for language, entries in others.items():
            through = {
                word: [text for name in names for text in entries.get(name, ())]
                for word, names in english.items()
            }
            self._words[language] = {word: texts for word, texts in through.items() if texts}
        others_drawn = [language for language in self._words if language != "en"]
        self._languages = ["en"] * (len(self._words) + 1) + others_drawn if with_english else others_drawn

    def switch(self, text: str, random_: random.Random) -> str | None:
        """Return `text` with words of one other language in it, None if fewer than two could be swapped."""
        return _switched(text, self._words[random_.choice(self._languages)], 2, random_)


def _switched(text: str, words: Words, shortest: int, random_: random.Random) -> str | None:
    parts, kept, swapped, place = text.split(), [], 0, 0
    while place < len(parts):
        for length in range(LONGEST, shortest - 1, -1):
            entry = " ".join(parts[place : place + length]).lower()
            found = words.get(entry) or words.get(entry.rstrip("?.,"))
            if found and place + length <= len(parts):
                kept.append(random_.choice(found))
                swapped, place = swapped + 1, place + length
                break
        else:
            kept.append(parts[place])
            place += 1
    return " ".join(kept) if swapped >= 2 else None
