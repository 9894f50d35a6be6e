"""Quotes and their citations: the only place where a quote is made, always as a slice of its document."""

from collections.abc import Callable

from index.errors import GO_BACK, MisquotedError
from index.generation import DOCUMENT, PARAGRAPH
from index.generation.corpus import Corpus
from retrieval.records import Lead, Quote


def cite(
    generation: Corpus,
    row: int,
    probability: float = 0.0,
    leans: Callable[[str, str], bool] | None = None,
) -> Quote:
    """Return the sentence of `row` as a quote, compared with its document once more.

    Args:
        generation: Where the row is.
        row: Its number.
        probability: As of a quote.
        leans: Tells from the sentence before in its paragraph, and it, whether that one is cited with it.

    Raises:
        MisquotedError: The sentence, or the one before, differs from the document at its place.
    """
    sentence = generation.sentence(row)
    document = generation.document(sentence.document)
    text = document.text[sentence.start : sentence.end]
    if text != sentence.text or not text.strip():
        raise MisquotedError(
            "Row {row} of {name} is not what {document} says, so it is not quoted; {advice}.",
            row=row,
            name=generation.name,
            document=document.id,
            advice=GO_BACK,
        )
    return Quote(
        text=text,
        document=document.id,
        title=document.title,
        source=document.source,
        url=document.url,
        date=document.date,
        line=sentence.line,
        start=sentence.start,
        end=sentence.end,
        probability=probability,
        row=row,
        page=document.page_at(sentence.start),
        author=document.author,
        dated=document.dated,
        lead=_lead(generation, row, leans) if leans else None,
        headings=document.said_above(sentence.start, sentence.end),
        paragraph=document.paragraph_of(sentence.start, sentence.end),
    )


def _lead(generation: Corpus, row: int, leans: Callable[[str, str], bool]) -> Lead | None:
    places = generation.places[max(row - 1, 0) : row + 1][:, [DOCUMENT, PARAGRAPH]]
    if len(places) < 2 or (places[0] != places[1]).any():
        return None
    sentence, before = generation.sentence(row), generation.sentence(row - 1)
    if not leans(before.text, sentence.text):
        return None
    first = cite(generation, row - 1)
    return Lead(
        generation.document(sentence.document).text[first.start : sentence.start], first.line, first.page
    )
