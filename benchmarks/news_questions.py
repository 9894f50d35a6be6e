"""The development set of `benchmarks/data`: questions about news articles that no training has seen.

`news_articles.txt` names the articles, one per line, by the first 12 digits of the SHA-256 of their text
(`Article.text`: title, lede and body with an empty line between), which is also what is indexed. A line of
`news_questions.jsonl` is one question with every place that answers it; offsets are code points of that text.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.records import Document
from training import corpora
from training.situations import Asked, Situation
from training.written import digest

_DATA = Path(__file__).parent / "data"
ARTICLES, QUESTIONS = _DATA / "news_articles.txt", _DATA / "news_questions.jsonl"
ANSWERABLE, NEAR, FAR = "answerable", "near", "far"
"""Kinds: some sentence answers; the articles tell of the same things but not this; they do not."""
STYLES = ("plain", "no accents", "chat", "paraphrase", "English", "other language", "subject before")


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence that answers.

    Attributes:
        document: The article, by its digest.
        start: First code point of the sentence.
        end: One past its last.
        leans: Whether it answers only together with the sentence before.
        span: Range of the words that answer; None if no run of words does.
    """

    document: str
    start: int
    end: int
    leans: bool
    span: tuple[int, int] | None

    @property
    def inside(self) -> int:
        """A code point inside the answer: inside its words if they are marked."""
        start, end = self.span or (self.start, self.end)
        return (start + end) // 2


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """One question.

    Attributes:
        style: One of `STYLES`.
        language: ISO 639 code of the language it is asked in.
        kind: `ANSWERABLE`, `NEAR` or `FAR`.
        places: Every sentence that answers.
    """

    id: str
    question: str
    style: str
    language: str
    kind: str
    places: tuple[Place, ...]


def news_questions(path: Path = QUESTIONS) -> list[NewsQuestion]:
    """Read the questions.

    Raises:
        ValueError: A line has an unknown style or kind, or places although nothing answers, or none although
            something does.

    """
    return [_question(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def news_situation(folder: Path, questions: Sequence[NewsQuestion], articles: Path = ARTICLES) -> Situation:
    """Return the articles of the corpora in `folder` with the questions, in order.

    Raises:
        ValueError: An article is not in the corpora, or a place is not in the articles.

    """
    names = articles.read_text("utf-8").split()
    wanted = set(names)
    found = {name: each for each in corpora.news(folder) if (name := digest(each.text)) in wanted}
    if missing := wanted - found.keys():
        raise ValueError(
            f"{len(missing)} articles of {articles} are not in the corpora: {sorted(missing)[:3]}"
        )
    for question in questions:
        for place in question.places:
            if place.document not in found or place.end > len(found[place.document].text):
                raise ValueError(f"question {question.id}: {place} is outside the articles")
    documents = tuple(Document(name, found[name].text, title=found[name].title) for name in names)
    asked = tuple(
        Asked(q.question, tuple((p.document, p.inside) for p in q.places), q.style) for q in questions
    )
    return Situation("news", documents, asked)


def _question(row: dict[str, Any]) -> NewsQuestion:
    style, kind = row["style"], row["kind"]
    places = tuple(
        Place(a["document"], a["start"], a["end"], a["leans"], tuple(a["span"]) if a["span"] else None)
        for a in row["answers"]
    )
    if style not in STYLES or kind not in (ANSWERABLE, NEAR, FAR) or bool(places) is not (kind == ANSWERABLE):
        raise ValueError(f"question {row['id']}: {style}, {kind}, {len(places)} places")
    return NewsQuestion(row["id"], row["question"], style, row["language"], kind, places)
