"""Documents and questions of the corpora, for benchmarks of size."""

import itertools
import json
import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from index.records import Document

T = TypeVar("T")
NEWS = "news.vi.jsonl.xz"
WIKIPEDIA = "wikipedia.vi.jsonl.xz"
QUESTIONS = "qa.viquad.jsonl.xz"


def articles(corpora: Path, count: int) -> Iterator[Document]:
    """Yield this many articles of the news."""
    for row in itertools.islice(_rows(corpora / NEWS), count):
        yield Document(str(row["id"]), f"{row['lede']}\n\n{row['body']}", row["title"])


def texts(corpora: Path, count: int) -> Iterator[Document]:
    """Yield this many texts of Wikipedia."""
    for number, row in enumerate(itertools.islice(_rows(corpora / WIKIPEDIA), count)):
        yield Document(f"wikipedia-{number:05}", row["text"], row["title"])


def questions(corpora: Path, count: int) -> list[str]:
    """Return this many questions written by people, evenly spread."""
    return [row["question"] for row in viquad(corpora, count)]


def viquad(corpora: Path, count: int) -> list[dict[str, Any]]:
    """Return this many rows of ViQuAD, evenly spread."""
    return evenly(list(_rows(corpora / QUESTIONS)), count)


def evenly(rows: Sequence[T], count: int) -> list[T]:
    """Return this many of some rows, evenly spread."""
    return [rows[number * len(rows) // count] for number in range(count)]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
