"""Counts the words of languages in scripts of their own."""

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tokenizers import Regex, pre_tokenizers

from training import corpora
from training.other_tasks import WEIGHTS
from training.written import FOR_ENCODER, files

SCRIPTS = ("CYRILLIC", "GREEK", "ARABIC", "DEVANAGARI", "THAI", "HANGUL")
_SCRIPT_OF = {
    "ru": "CYRILLIC", "uk": "CYRILLIC", "el": "GREEK", "ar": "ARABIC", "hi": "DEVANAGARI", "th": "THAI",
    "ko": "HANGUL",
}  # fmt: skip
_TEXTS, _DICTIONARY, _TEACHER = 1.0, 0.4, 2.4
"""How much the corpora, the dictionary, and the teacher's vocabulary say of how frequent a word is."""
_SEVERAL_LANGUAGES = ("ru", "uk", "ar", "hi")
"""Whose letters others write with too: a word of the teacher's counts less if no text begins one like it."""
_ONLY = {
    "ru": frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "uk": frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
}
_NEVER = {"ar": frozenset("پچگژکیےہھٹڈڑںۀ")}
_UKRAINIAN = frozenset("іїєґ")
_HOME = ("vi.", "en.")
_LONGEST, _STEM = 59, 5
_PART, _LEAST = 1e8, 400
_WORD = pre_tokenizers.Split(Regex(r"[\p{L}\p{M}]+"), "removed", invert=True)
Counts = dict[str, float]


def script(word: str) -> str:
    """Return the one of `SCRIPTS` that the first letter in any of them is of, or ""."""
    for character in word:
        name = unicodedata.name(character, "")
        for known in SCRIPTS:
            if name.startswith(known):
                return known
    return ""


def words_of(text: str) -> list[str]:
    """Return the runs of letters of `text` as the vocabulary sees them."""
    normal = unicodedata.normalize("NFKC", text).lower()
    return [word for word, _ in _WORD.pre_tokenize_str(normal)]


def other_words(folder: Path, teacher: Mapping[str, float]) -> dict[str, int]:
    """Return words with how often each counts.

    Args:
        folder: The corpora.
        teacher: Pieces of the teacher's vocabulary with the logarithm of how likely each is; it has seen
            texts of every kind, where those of the corpora are mostly lectures.
    """
    texts, entries = _counted(folder)
    pieces = _teacher_words(teacher)
    words: defaultdict[str, float] = defaultdict(float)
    for language, weight in WEIGHTS.items():
        wanted = _SCRIPT_OF[language]
        told, listed = _in_script(texts[language], wanted), _in_script(entries[language], wanted)
        likely = _likely(pieces[wanted], language, told.keys() | listed.keys())
        for counts, share in ((told, _TEXTS), (listed, _DICTIONARY), (likely, _TEACHER)):
            total = sum(counts.values()) or 1.0
            for word, count in counts.items():
                words[word] += _PART * weight * share * count / total
    return {word: int(count) for word, count in words.items() if count >= _LEAST}


def _in_script(counts: Mapping[str, float], wanted: str) -> Counts:
    return {w: count for w, count in counts.items() if len(w) <= _LONGEST and script(w) == wanted}


def _counted(folder: Path) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    texts: dict[str, Counter[str]] = defaultdict(Counter)
    entries: dict[str, Counter[str]] = defaultdict(Counter)
    for language, text in _other_texts(folder):
        if language in WEIGHTS:
            texts[language].update(words_of(text))
    for pair in corpora.dictionary(folder):
        if pair.language in WEIGHTS:
            entries[pair.language].update(words_of(pair.right))
    return texts, entries


def _other_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (language, text) of translations, of questions with their contexts, and of written questions."""
    for pair in corpora.english_other(folder):
        yield pair.language, pair.right
    for name in corpora.extractive_files(folder):
        if not name.startswith(_HOME):
            yield from ((name.split(".")[0], text) for text in _once(corpora.extractive(folder, name)))
    for _, _, lines in files(folder, FOR_ENCODER):
        for line in lines:
            language, question, _ = line.split("\t")
            yield language, question


def _once(readings: Iterable[corpora.Extractive]) -> Iterator[str]:
    """Yield every question, and each context once."""
    seen = set()
    for reading in readings:
        yield reading.question
        if reading.context not in seen:
            seen.add(reading.context)
            yield reading.context


def _teacher_words(teacher: Mapping[str, float]) -> dict[str, Counts]:
    found: dict[str, Counts] = defaultdict(lambda: defaultdict(float))
    for piece, likely in teacher.items():
        word = piece.removeprefix("▁")
        # Thai puts no spaces between words, so that its words stand inside of others.
        if len(divided := words_of(word)) == 1 and (len(word) < len(piece) or script(word) == "THAI"):
            found[script(divided[0])][divided[0]] += math.exp(likely)
    return found


def _likely(pieces: Counts, language: str, seen: Iterable[str]) -> Counts:
    """Return the pieces that may be words of the language, those that hardly are with less weight."""
    words = set(seen)
    stems = {word[:_STEM] for word in words}
    found = {}
    for word, count in pieces.items():
        letters = frozenset(word)
        if not letters <= _ONLY.get(language, letters) or letters & _NEVER.get(language, frozenset()):
            continue
        if language == "uk" and not letters & _UKRAINIAN:
            continue
        if language in _SEVERAL_LANGUAGES and word not in words:
            count *= 0.02 if len(word) < _STEM else 1.0 if word[:_STEM] in stems else 0.2
        found[word] = count
    return found
