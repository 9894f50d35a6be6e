"""The tasks of the training: pairs of texts that belong together, with the share each has of the batches."""

import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel import Locale

from index.text.segment import segment
from index.text.terms import fold
from training import corpora
from training.questions import key_words, pseudo_question, with_typo
from training.switching import Switcher
from training.written import FOR_ENCODER, HOME, written

LANGUAGES = [
    "vi",
    "en",
    "fr",
    "de",
    "es",
    "pt",
    "it",
    "ru",
    "uk",
    "pl",
    "zh",
    "ja",
    "ko",
    "id",
    "th",
    "tr",
    "ar",
    "hi",
    "nl",
    "cs",
    "el",
    "sv",
    "ro",
]
"""Of the dictionary and of CLDR, those that are learned."""
WRITTEN = "written"
"""Name of the task that only the last phase learns."""
LARGEST = 300_000
"""Pairs of one task; more than the batches of a training can use."""


@dataclass(slots=True)
class Task:
    """Pairs of texts; rows of one group are told apart from each other, not only from other texts.

    Attributes:
        name: Shown while training.
        share: Relative number of batches in the first phase (mean vectors).
        late_share: Relative number of batches in the second phase (late interaction).
    """

    name: str
    share: float
    late_share: float
    left: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)
    group: list[int] = field(default_factory=list)

    def add(self, left: str, right: str, group: int = -1) -> None:
        """Add one pair; pairs with the same non-negative group come in the same batches."""
        if left.strip() and right.strip():
            self.left.append(left[:600])
            self.right.append(right[:600])
            self.group.append(group)

    def sample(self, size: int, random_: random.Random) -> "Task":
        """Return the task with at most `size` pairs, drawn at random."""
        if len(self.left) > size:
            rows = sorted(random_.sample(range(len(self.left)), size))
            self.left, self.right = [self.left[row] for row in rows], [self.right[row] for row in rows]
            self.group = [self.group[row] for row in rows]
        return self


def sentences(text: str) -> list[str]:
    """Return the sentences of `text` that are long enough to say something."""
    return [text[start:end] for start, end, _ in segment(text) if end - start > 25]


def sentence_at(text: str, offset: int) -> str:
    """Return the sentence of `text` that holds the code point at `offset`."""
    return next((text[start:end] for start, end, _ in segment(text) if start <= offset < end), "")


def all_tasks(folder: Path, seed: int) -> list[Task]:
    """Return every task over the corpora in `folder`; the same seed gives the same pairs."""
    builders: list[Callable[[Path, random.Random], Iterable[Task]]] = [
        _translations,
        _pivots,
        _dictionaries,
        _news,
        _wikipedia,
        _questions,
        _written,
    ]
    random_ = random.Random(seed)  # noqa: S311 - reproducible, not secret
    return [task.sample(LARGEST, random_) for builder in builders for task in builder(folder, random_)]


def _typed(text: str, random_: random.Random, share: float = 0.25) -> str:
    """Return `text` as people type it: now and then without accents, now and then with a slip."""
    if random_.random() < share:
        text = fold(text)
    if random_.random() < 0.08:
        text = with_typo(text, random_)
    return text


def _translations(folder: Path, random_: random.Random) -> Iterator[Task]:
    human = Task("en-vi news", 0.17, 0.10)
    other = Task("en-vi other", 0.08, 0.02)
    asked = Task("en question-vi", 0.07, 0.16)
    for number, pair in enumerate(corpora.english_vietnamese(folder)):
        task = human if pair.source in {"evbnews", "bbc_mt", "manythings"} else other
        task.add(pair.left, _typed(pair.right, random_, 0.15))
        if task is human and len(pair.left) > 50:
            for _ in range(2):
                asked.add(pseudo_question(pair.left, "en", random_), pair.right, number // 8)
    yield from (human, other, asked)
    task = Task("ja-vi", 0.03, 0.03)
    for pair in corpora.japanese_vietnamese(folder):
        task.add(pair.left, pair.right)
    yield task


def _pivots(folder: Path, random_: random.Random) -> Iterator[Task]:
    """Pair English with every language, and Vietnamese with every language where both translate one text."""
    vietnamese = {pair.left: pair.right for pair in corpora.english_vietnamese(folder)}
    english, pivot = Task("en-xx", 0.13, 0.06), Task("vi-xx", 0.08, 0.08)
    asked = Task("xx key words-vi", 0.05, 0.10)
    for pair in corpora.english_other(folder):
        english.add(pair.left, pair.right)
        if pair.left in vietnamese and len(pair.left) > 15:
            pivot.add(pair.right, _typed(vietnamese[pair.left], random_, 0.1))
            if len(pair.left) > 50:
                asked.add(
                    key_words(pair.right, random_),
                    vietnamese[pair.left],
                    zlib.crc32(pair.left.encode()) % 5000,
                )
    yield from (english, pivot, asked)


def _dictionaries(folder: Path, random_: random.Random) -> Iterator[Task]:
    words, names = Task("dictionary", 0.18, 0.06), Task("names", 0.04, 0.03)
    vietnamese = defaultdict(list)
    entries = [pair for pair in corpora.dictionary(folder) if pair.language in LANGUAGES]
    for pair in entries:
        if pair.language == "vi":
            vietnamese[pair.left].append(pair.right)
    for pair in entries:
        words.add(pair.left, pair.right)
        if pair.language != "vi" and pair.left in vietnamese:
            words.add(pair.right, random_.choice(vietnamese[pair.left]))
    home = cldr_names("vi")
    for language in LANGUAGES:
        for kind, name in cldr_names(language).items():
            if language != "vi" and kind in home:
                names.add(name, _typed(home[kind], random_, 0.3))
    yield from (words, names)


def cldr_names(language: str) -> dict[tuple[str, str], str]:
    """Return countries, currencies, languages, months and days as the language calls them (Unicode CLDR)."""
    locale = Locale.parse(language)
    names = {("territory", code): name for code, name in locale.territories.items()}
    names |= {("currency", code): name for code, name in locale.currencies.items()}
    names |= {("language", code): name for code, name in locale.languages.items()}
    names |= {("month", str(key)): name for key, name in locale.months["format"]["wide"].items()}
    names |= {("day", str(key)): name for key, name in locale.days["format"]["wide"].items()}
    return names


def _news(folder: Path, random_: random.Random) -> Iterator[Task]:
    titles, asked = Task("news", 0.14, 0.06), Task("news questions", 0.10, 0.18)
    switched = Task("news questions, other words", 0.08, 0.16)
    switcher = Switcher(corpora.dictionary(folder), LANGUAGES)
    for number, article in enumerate(corpora.news(folder)):
        if corpora.is_for_ranker(article.title):
            continue
        lede, body = article.paragraphs
        inside = sentences(body)
        titles.add(_typed(article.title, random_), lede)
        for sentence in random_.sample(inside, min(2, len(inside))):
            titles.add(_typed(random_.choice((lede, article.title)), random_), sentence)
        for sentence in random_.sample(inside, min(6, len(inside))):
            asked.add(_typed(pseudo_question(sentence, "vi", random_), random_, 0.3), sentence, number)
            if mixed := switcher.switch(pseudo_question(sentence, "vi", random_), random_):
                switched.add(mixed, sentence, number)
    yield from (titles, asked, switched)


def _wikipedia(folder: Path, random_: random.Random) -> Iterator[Task]:
    titles, asked = Task("wikipedia", 0.05, 0.04), Task("wikipedia questions", 0.05, 0.12)
    groups: dict[str, int] = {}
    for title, heading, paragraph in corpora.wikipedia(folder):
        inside = sentences(paragraph)
        if not inside or random_.random() < 0.3:
            continue
        titles.add(_typed(f"{title} {heading}", random_), random_.choice(inside))
        sentence = random_.choice(inside)
        question = _typed(f"{pseudo_question(sentence, 'vi', random_)}", random_, 0.3)
        asked.add(question, sentence, groups.setdefault(title, len(groups)))
    yield from (titles, asked)


def _questions(folder: Path, random_: random.Random) -> Iterator[Task]:
    vietnamese, japanese = Task("viquad", 0.02, 0.05), Task("jaquad", 0.03, 0.06)
    english = Task("wikiqa", 0.01, 0.01)
    groups: dict[str, int] = {}
    for reading in corpora.viquad(folder):
        if reading.title in corpora.VIQUAD_ENCODER:
            group = groups.setdefault(reading.title, len(groups))
            vietnamese.add(
                _typed(reading.question, random_), sentence_at(reading.context, reading.start), group
            )
    for reading in corpora.web_questions(folder):
        if reading.start >= 0 and not corpora.is_for_ranker(reading.question):
            vietnamese.add(_typed(reading.question, random_), reading.context)
    for reading in corpora.jaquad(folder):
        if corpora.is_for_ranker(reading.context):
            continue
        group = groups.setdefault(reading.context, len(groups)) // 4
        japanese.add(reading.question, sentence_at(reading.context, reading.start), group)
    for question, sentence, answers in corpora.wikiqa(folder):
        if answers and not corpora.is_for_ranker(question):
            english.add(question, sentence)
    yield from (vietnamese, japanese, english)


def _written(folder: Path, random_: random.Random) -> Iterator[Task]:
    task = Task(WRITTEN, 0.0, 0.0)
    groups: dict[str, int] = {}
    for collection in written(folder, FOR_ENCODER):
        texts = {document.id: document.text for document in collection.documents}
        for asked in collection.asked:
            question = _typed(asked.question, random_) if asked.kind == HOME else asked.question
            for document, offset in asked.places:
                group = groups.setdefault(document, len(groups))
                task.add(question, sentence_at(texts[document], offset), group)
    yield task
