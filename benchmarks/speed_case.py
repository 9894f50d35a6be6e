"""What systems are compared on: sentences of a collection, and questions with the sentences that answer."""

import itertools
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NamedTuple, Self

from benchmarks.corpus import articles, texts, viquad
from benchmarks.news_questions import ANSWERABLE, news_questions
from index.records import Document
from index.text.segment import quotable
from training.written import digest


class Sentence(NamedTuple):
    """A sentence: the number of its document, its first code point, and what it says."""

    document: int
    start: int
    text: str


class Question(NamedTuple):
    """A question and the positions of the sentences that answer it."""

    question: str
    right: list[int]


@dataclass(frozen=True, slots=True)
class Case:
    """Documents as identifier, title and text; their sentences; and questions."""

    documents: list[tuple[str, str, str]]
    sentences: list[Sentence]
    questions: list[Question]

    def write(self, path: Path) -> None:
        """Write it to a file."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), "utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read it from a file."""
        told = json.loads(path.read_text("utf-8"))
        return cls(
            [(name, title, text) for name, title, text in told["documents"]],
            [Sentence(*each) for each in told["sentences"]],
            [Question(*each) for each in told["questions"]],
        )


class Sentences:
    """The sentences of documents, found by a code point."""

    def __init__(self) -> None:
        self.documents: list[tuple[str, str, str]] = []
        self.sentences: list[Sentence] = []
        self._places: dict[str, list[tuple[int, int, int]]] = {}

    def add(self, document: Document) -> None:
        """Add those of a document, once."""
        if document.id in self._places:
            return
        number, spans = len(self.documents), quotable(document.text)
        self.documents.append((document.id, document.title or "", document.text))
        first = len(self.sentences)
        self._places[document.id] = [(s, e, first + row) for row, (s, e, _) in enumerate(spans)]
        self.sentences += [Sentence(number, start, document.text[start:end]) for start, end, _ in spans]

    def at(self, document: str, place: int) -> list[int]:
        """Return the sentence at a code point; empty if there is none."""
        return [row for start, end, row in self._places.get(document, []) if start <= place < end]


def make_case(corpora: Path, count: int, questions: int) -> Case:
    """Return at least this many sentences, with this many questions of each kind about some of them.

    The texts with questions come first, then news and Wikipedia in turn.
    """
    held, asked = Sentences(), []
    for place, row in enumerate(viquad(corpora, questions)):
        name = f"viquad-{row['context'][:40]}-{len(row['context'])}"
        held.add(Document(name, row["context"], row["title"]))
        if right := held.at(name, row["ans_start"]):
            asked.append((place, Question(row["question"], right)))
    written = [each for each in news_questions() if each.kind == ANSWERABLE][:questions]
    wanted = {place.document for each in written for place in each.places}
    whole = (replace(d, text=f"{d.title}\n\n{d.text}") for d in articles(corpora, 1 << 30))
    news = {digest(document.text): document for document in whole}
    for name in sorted(wanted & news.keys()):
        held.add(Document(name, news[name].text, news[name].title))
    for place, each in enumerate(written):
        found = (held.at(there.document, there.inside) for there in each.places)
        if right := list(itertools.chain.from_iterable(found)):
            asked.append((place, Question(each.question, right)))
    others = (d for name, d in news.items() if name not in wanted)
    both = itertools.zip_longest(others, texts(corpora, 1 << 30))
    for document in itertools.chain.from_iterable(both):
        if len(held.sentences) >= count:
            break
        if document is not None:
            held.add(document)
    return Case(held.documents, held.sentences, [question for _, question in sorted(asked)])
