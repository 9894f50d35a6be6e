"""The tasks of the phase for other languages: their texts beside English and Vietnamese ones that stay."""

import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from training import corpora
from training.questions import key_words, pseudo_question
from training.switching import Switcher
from training.tasks import Task, cldr_names, sentence_at, sentences
from training.written import FOR_ENCODER, OTHER, written

WEIGHTS = {"ru": 1.4, "ar": 1.2, "el": 1.2, "hi": 1.2, "th": 1.2, "ko": 0.8, "uk": 0.6}
"""The languages of the phase, all in scripts of their own, and how much of it each has."""
PAIRS, WORDS, ASKED = 8_000, 8_000, 600
"""Sentence pairs, dictionary entries, and questions with their contexts, of a language with weight 1."""
SWITCHED = 1_500
"""Vietnamese news articles that words are swapped in."""
Lexicon = Mapping[str, list[corpora.Pair]]


def is_held_out(english: str) -> bool:
    """Tell whether a pair of English and another language is only measured."""
    return zlib.crc32(english.encode()) % 50 == 0


def other_tasks(folder: Path, lexicon: Iterable[corpora.Pair], seed: int) -> list[Task]:
    """Return the tasks over the corpora in `folder`; the same seed gives the same pairs.

    Args:
        folder: The corpora.
        lexicon: English and Vietnamese words with those of other languages that the teacher finds like them.
        seed: Of all chance.
    """
    learned = list(lexicon)
    random_ = random.Random(seed)  # noqa: S311 - reproducible, not secret
    builders: list[Callable[[Path, random.Random], Iterable[Task]]] = [
        _translations,
        _names,
        _asked_alike,
        _written,
    ]
    tasks = [task for builder in builders for task in builder(folder, random_)]
    words = _entries(folder, random_)
    return [*tasks, *_words(words, learned), *_switched(folder, [*words, *learned], random_)]


def _share(weight: float, size: int) -> int:
    return round(weight * size)


def _translations(folder: Path, random_: random.Random) -> Iterator[Task]:
    vietnamese = {pair.left: pair.right for pair in corpora.english_vietnamese(folder)}
    by_language = defaultdict(list)
    for pair in corpora.english_other(folder):
        if pair.language in WEIGHTS and len(pair.left) > 15 and not is_held_out(pair.left):
            by_language[pair.language].append(pair)
    told, asked = Task("translations", 0.5, 0.22), Task("key words", 0.0, 0.10)
    home = Task("translations, home", 0.15, 0.10)
    for language, pairs in sorted(by_language.items()):
        size = min(len(pairs), _share(WEIGHTS[language], PAIRS))
        for pair in random_.sample(pairs, size):
            told.add(pair.right, pair.left)
            if len(pair.right) > 50:
                asked.add(key_words(pair.right, random_), pair.left)
        for pair in pairs:
            if pair.left in vietnamese and random_.random() < WEIGHTS[language]:
                home.add(pair.right, vietnamese[pair.left])
    yield from (told, asked, home)


def _entries(folder: Path, random_: random.Random) -> list[corpora.Pair]:
    """Return entries of the dictionary: all of Vietnamese, of the others as many as they weigh."""
    entries = defaultdict(list)
    for pair in corpora.dictionary(folder):
        if pair.language in WEIGHTS or pair.language == "vi":
            entries[pair.language].append(pair)
    return [
        pair
        for language, pairs in sorted(entries.items())
        for pair in (
            pairs
            if language == "vi"
            else random_.sample(pairs, min(len(pairs), _share(WEIGHTS[language], WORDS)))
        )
    ]


def _words(entries: list[corpora.Pair], learned: list[corpora.Pair]) -> Iterator[Task]:
    vietnamese = defaultdict(list)
    for pair in entries:
        if pair.language == "vi":
            vietnamese[pair.left].append(pair.right)
    words, guessed = Task("dictionary", 0.2, 0.05), Task("teacher's dictionary", 0.1, 0.04)
    for pair in entries:
        if pair.language != "vi":
            words.add(pair.right, pair.left)
            for word in vietnamese.get(pair.left, ())[:1]:
                words.add(pair.right, word)
    for pair in learned:
        if pair.language != "vi":
            guessed.add(pair.right, pair.left)
    yield from (words, guessed)


def _names(folder: Path, random_: random.Random) -> Iterator[Task]:
    names, home, english = Task("names", 0.05, 0.03), cldr_names("vi"), cldr_names("en")
    for language, weight in WEIGHTS.items():
        for kind, name in cldr_names(language).items():
            if kind in home and random_.random() < weight:
                names.add(name, random_.choice((home[kind], english.get(kind, home[kind]))))
    yield names


def _asked_alike(folder: Path, random_: random.Random) -> Iterator[Task]:
    """Pair questions with the sentences that answer, both in one language: which of its words matter."""
    task = Task("questions", 0.0, 0.12)
    for name in corpora.extractive_files(folder):
        language = name.split(".")[0]
        if language not in WEIGHTS:
            continue
        readings = [r for r in corpora.extractive(folder, name) if r.start >= 0 and len(r.context) < 4000]
        readings = random_.sample(readings, min(len(readings), _share(WEIGHTS[language], ASKED)))
        for reading in readings:
            group = zlib.crc32(f"{name} {reading.title or reading.context}".encode())
            task.add(reading.question, sentence_at(reading.context, reading.start), group)
    yield task


def _written(folder: Path, random_: random.Random) -> Iterator[Task]:
    task = Task("written", 0.0, 0.20)
    groups: dict[str, int] = {}
    for collection in written(folder, FOR_ENCODER):
        texts = {document.id: document.text for document in collection.documents}
        for asked in collection.asked:
            for document, offset in asked.places if asked.kind == OTHER else ():
                group = groups.setdefault(document, len(groups))
                task.add(asked.question, sentence_at(texts[document], offset), group)
    yield task


def _switched(folder: Path, words: list[corpora.Pair], random_: random.Random) -> Iterator[Task]:
    """Ask what news tell, with words in another language."""
    task = Task("news questions, other words", 0.0, 0.14)
    switcher = Switcher(words, list(WEIGHTS), with_english=False)
    for number, article in enumerate(corpora.news(folder)):
        if number >= SWITCHED:
            break
        if corpora.is_for_ranker(article.title):
            continue
        inside = sentences(article.paragraphs[-1])
        for sentence in random_.sample(inside, min(6, len(inside))):
            if mixed := switcher.switch(pseudo_question(sentence, "vi", random_), random_):
                task.add(mixed, sentence, number)
    yield task
