"""Questions and phrases with the sentences that answer or say the same: what the question's vector learns.

Most stand in other languages than the sentence, which is mostly Vietnamese.
"""

import random
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from training import corpora
from training.kept_rows import read_rows, write_rows
from training.questions import key_words
from training.reader_groups import is_held_out
from training.tasks import sentence_at
from training.written import FOR_ENCODER, written

TRANSLATIONS = 6_000
"""Of a language."""
TO_ENGLISH = 10_000
"""Vietnamese sentences with their English ones."""
KEY_WORDS = 0.4
"""Share of the translations that ask with a few words."""
HUMAN = {True: 8_000, False: 2_500}
"""Questions of a file: in Vietnamese or English, in other languages."""
SHORTEST, LONGEST = 20, 6_000


class QuestionPair(NamedTuple):
    """One question and its sentence.

    Attributes:
        group: Pairs of one group may answer each other.
    """

    question: str
    sentence: str
    group: int


def question_pairs(folder: Path, work: Path, seed: int) -> list[QuestionPair]:
    """Return the pairs over the corpora in `folder`; what was made before is read from `work`."""
    path = work / "question_pairs.jsonl"
    if not path.exists():
        random_ = random.Random(seed)  # noqa: S311 - reproducible, not secret
        builders: tuple[Callable[[Path, random.Random], Iterable[QuestionPair]], ...] = (
            _written,
            _translated,
            _asked,
        )
        write_rows(path, (pair for builder in builders for pair in builder(folder, random_)))
    return [QuestionPair(*row) for row in read_rows(path)]


def _written(folder: Path, _: random.Random) -> Iterator[QuestionPair]:
    for collection in written(folder, FOR_ENCODER):
        texts = {document.id: document.text for document in collection.documents}
        for asked in collection.asked:
            for document, offset in asked.places[:1]:
                group = zlib.crc32(f"{collection.name} {document}".encode())
                yield QuestionPair(asked.question, sentence_at(texts[document], offset), group)


def _translated(folder: Path, random_: random.Random) -> Iterator[QuestionPair]:
    pairs = [pair for pair in corpora.english_vietnamese(folder) if len(pair.left) > SHORTEST]
    vietnamese = {pair.left: pair.right for pair in pairs}
    others = defaultdict(list)
    for pair in corpora.english_other(folder):
        if pair.left in vietnamese:
            others[pair.language].append((pair.right, vietnamese[pair.left]))
    others["en"] = [(pair.left, pair.right) for pair in pairs]
    for _, mine in sorted(others.items()):
        for phrase, sentence in random_.sample(mine, min(len(mine), TRANSLATIONS)):
            asked = key_words(phrase, random_) if random_.random() < KEY_WORDS else phrase
            yield _pair(asked or phrase, sentence)
    for pair in random_.sample(pairs, min(len(pairs), TO_ENGLISH)):
        asked = key_words(pair.right, random_) if random_.random() < KEY_WORDS else pair.right
        yield _pair(asked or pair.right, pair.left)


def _asked(folder: Path, random_: random.Random) -> Iterator[QuestionPair]:
    for name in corpora.extractive_files(folder):
        found = [
            row
            for row in corpora.extractive(folder, name)
            if row.start >= 0 and len(row.context) < LONGEST and not is_held_out(row.title)
        ]
        most = HUMAN[name.startswith(("vi.", "en."))]
        for row in random_.sample(found, min(len(found), most)):
            group = zlib.crc32((row.title or row.context).encode())
            yield QuestionPair(row.question, sentence_at(row.context, row.start), group)


def _pair(asked: str, sentence: str) -> QuestionPair:
    return QuestionPair(asked, sentence, zlib.crc32(sentence.encode()))
