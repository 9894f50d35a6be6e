"""Swaps Vietnamese words for those of another language, so that what is asked about stays in its sentence.

After code-switched training (Qin et al., "CoSDA-ML", 2020): human questions across languages are few, while
a dictionary turns any made Vietnamese question into one half or wholly in another language.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence

from training.corpora import Pair

LONGEST = 4
"""Syllables of the longest Vietnamese entry."""


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
        words = self._words[random_.choice(self._languages)]
        syllables, kept, swapped, place = text.split(), [], 0, 0
        while place < len(syllables):
            for length in range(LONGEST, 1, -1):
                found = words.get(" ".join(syllables[place : place + length]).lower())
                if found and place + length <= len(syllables):
                    kept.append(random_.choice(found))
                    swapped, place = swapped + 1, place + length
                    break
            else:
                kept.append(syllables[place])
                place += 1
        return " ".join(kept) if swapped >= 2 else None
