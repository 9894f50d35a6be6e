"""Quotes are slices of their documents; anything else is never shown."""

import datetime as dt
from dataclasses import replace
from typing import cast

import pytest

from index.encoders import StaticModel
from index.errors import MisquotedError
from index.generation import Generation
from index.records import Dated, Document, Sentence
from retrieval.cite import cite
from retrieval.records import Quote

DOCUMENT = Document(
    "tin.txt",
    "Một.\nNga họp với Đức. Hết.\n",
    title="Tin",
    source="Báo",
    url="https://example.org/tin",
    date=dt.date(2024, 7, 12),
    dated=Dated.ADDRESS,
    author="Lan Anh",
    pages=(0, 5),
)
SENTENCE = Sentence(row=1, document="tin.txt", start=5, end=21, line=2, paragraph=1, text="Nga họp với Đức.")


class Store:
    """A generation of one sentence that may say what it likes."""

    name = "000001-fake"

    def __init__(self, sentence: Sentence, document: Document = DOCUMENT) -> None:
        self._sentence = sentence
        self._document = document

    def sentence(self, row: int) -> Sentence:
        """Return the sentence of row 1."""
        if row != 1:
            raise IndexError(row)
        return self._sentence

    def document(self, identifier: str) -> Document:
        """Return the document."""
        assert identifier == self._sentence.document
        return self._document


def cited(sentence: Sentence, document: Document = DOCUMENT, row: int = 1) -> Quote:
    """Cite from a generation that holds one sentence."""
    return cite(cast(Generation, Store(sentence, document)), row, 0.75)


def test_a_quote_has_all_of_its_citation() -> None:
    """Text, place, document and probability are those of the collection."""
    assert cited(SENTENCE) == Quote(
        text="Nga họp với Đức.",
        document="tin.txt",
        title="Tin",
        source="Báo",
        url="https://example.org/tin",
        date=dt.date(2024, 7, 12),
        line=2,
        start=5,
        end=21,
        probability=0.75,
        row=1,
        highlights=(),
        also=(),
        dated=Dated.ADDRESS,
        page=2,
        author="Lan Anh",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        replace(SENTENCE, text="Nga họp với Đức"),
        replace(SENTENCE, text="Nga hop voi Duc."),
        replace(SENTENCE, start=4),
        replace(SENTENCE, end=20),
        replace(SENTENCE, start=6, end=22),
        replace(SENTENCE, start=200, end=216),
        replace(SENTENCE, start=200, end=200, text=""),
        replace(SENTENCE, start=4, end=5, text="\n"),
    ],
)
def test_what_the_document_does_not_say_is_not_quoted(wrong: Sentence) -> None:
    """A sentence that differs from its place in the document raises, and so does an empty one."""
    with pytest.raises(MisquotedError, match=r"Row 1 of 000001-fake"):
        cited(wrong)


def test_a_changed_document_is_not_quoted() -> None:
    """It is the document that is compared, not only the offsets."""
    with pytest.raises(MisquotedError):
        cited(SENTENCE, replace(DOCUMENT, text=DOCUMENT.text.replace("Nga", "Mỹ ")))


def test_no_such_row() -> None:
    """A row that does not exist is an IndexError."""
    with pytest.raises(IndexError):
        cited(SENTENCE, row=2)


def test_every_sentence_of_a_collection_can_be_cited(small: tuple[Generation, StaticModel]) -> None:
    """All rows are slices of what was indexed; rows outside raise."""
    generation, _ = small
    for row in range(generation.sentences):
        quote = cite(generation, row)
        assert quote.text == generation.document(quote.document).text[quote.start : quote.end]
        assert (quote.row, quote.probability) == (row, 0.0)
    for row in (-1, generation.sentences):
        with pytest.raises(IndexError):
            cite(generation, row)
