"""The opened collection, as the terminal asks it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.answer import Answerer


@dataclass(frozen=True, slots=True)
class OpenCollection:
    """Everything a front end needs to answer from one generation.

    Attributes:
        answerer: Answers questions.
        first_words: The first words of a document, by its id.
        documents: How many documents the collection holds.
        sentences: How many sentences.
        newest: Day of the newest document, where any has a date.
        names: Finds words that the collection writes as names; reads some of its documents.
        is_sample: Whether it is the sample that comes with the program.
    """

    answerer: "Answerer"
    first_words: Callable[[str], str | None]
    documents: int
    sentences: int
    newest: dt.date | None
    names: Callable[[], frozenset[str]]
    is_sample: bool = False
