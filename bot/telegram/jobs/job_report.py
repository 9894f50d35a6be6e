"""What a job is to do, and what it did, as passed between two processes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from index.errors import Message
from retrieval.evaluation import Figures


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file to add.

    Attributes:
        path: Where it is.
        name: As its sender calls it.
        title: The title of its document; None for its own.
    """

    path: str
    name: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A change of the collection.

    Attributes:
        files: What to add, all of it in one generation.
        remove: Ids of documents to take out; then no files are added.
    """

    files: tuple[SentFile, ...] = ()
    remove: tuple[str, ...] = ()

    @classmethod
    def of(cls, data: dict[str, Any]) -> Self:
        """Read what `asdict` made and JSON carried; missing fields are empty."""
        files = tuple(SentFile(**file) for file in data.get("files", ()))
        return cls(files, tuple(data.get("remove", ())))


@dataclass(frozen=True, slots=True)
class JobReport:
    """What a job did to the collection.

    Attributes:
        added: Ids of new documents.
        replaced: Ids of documents that took the place of an earlier one.
        same: Ids of documents that were there already, with the id under which they were.
        removed: Ids of documents that are gone.
        sentences: Number of sentences of what was added or replaced.
        all_documents: Number of documents that the collection holds now.
        all_sentences: Number of its sentences.
        problems: What was left out and why, one sentence each; the first ones.
        problem_count: How many there were.
        sample_left: Whether the sample collection gave way to what was added.
    """

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    sentences: int = 0
    all_documents: int = 0
    all_sentences: int = 0
    problems: tuple[Message, ...] = ()
    problem_count: int = 0
    sample_left: bool = False

    def plain(self) -> dict[str, Any]:
        """Return it as JSON; `of` reads it back."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return fields | {"problems": [problem.plain() for problem in self.problems]}

    @classmethod
    def of(cls, data: object) -> Self:
        """Read what the process of a job wrote, which a hostile file may have taken over.

        Raises:
            ValueError: It is not a report.
        """
        given = _fields(data, cls.__slots__)
        same = [_texts(pair) for pair in _list(given["same"])]
        if any(len(pair) != 2 for pair in same):
            raise ValueError("a document is not named twice")
        return cls(
            _texts(given["added"]),
            _texts(given["replaced"]),
            tuple((name, known) for name, known in same),
            _texts(given["removed"]),
            _count(given["sentences"]),
            _count(given["all_documents"]),
            _count(given["all_sentences"]),
            tuple(map(Message.parse, _list(given["problems"]))),
            _count(given["problem_count"]),
            given["sample_left"] is True,
        )


def figures_of(data: object) -> Figures:
    """Read the figures of questions that would be lost.

    Raises:
        ValueError: They are none.
    """
    given = _fields(data, Figures.__slots__)
    shares = [given["recall"], given["least"]]
    if not all(isinstance(share, float | int) and 0 <= share <= 1 for share in shares):
        raise ValueError("a share is none")
    return Figures(_texts(given["lost"]), _count(given["count"]), *map(float, shares))


def _fields(data: object, names: Sequence[str]) -> dict[str, Any]:
    if not isinstance(data, dict) or set(data) != set(names):
        raise ValueError("other fields than these")
    return data


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _texts(value: object) -> tuple[str, ...]:
    texts = _list(value)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("not a list of texts")
    return tuple(texts)


def _count(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("not a count")
    return value
