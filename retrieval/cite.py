"""Quotes and their citations: the only place where a quote is made, always as a slice of its document."""

from index.errors import MisquotedError
from index.generation import Generation
from index.generation.manifest import GO_BACK
from retrieval.records import Quote


def cite(generation: Generation, row: int, probability: float = 0.0) -> Quote:
    """Return the sentence of `row` as a quote, compared with its document once more.

    Raises:
        MisquotedError: The sentence is not what the document has at its place.
    """
    sentence = generation.sentence(row)
    document = generation.document(sentence.document)
    text = document.text[sentence.start : sentence.end]
    if text != sentence.text or not text.strip():
        raise MisquotedError(
            f"Row {row} of {generation.name} is not what {document.id} says, so it is not quoted; {GO_BACK}."
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
    )
