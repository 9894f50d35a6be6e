"""Answers, documents, changes → JSON, with exactly the fields of docs/json.md, in their order; pure."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.texts.catalogue import ENGLISH
from bot.texts.messages import translate
from index.records import Document, Sentence
from index.remarks import plain
from index.text.json_line import json_line
from retrieval.records import EVERYTHING, Answer, DocumentFilter, Quote

if TYPE_CHECKING:
    from index.generation.catalogue import Summary
    from index.indexer import BuildReport
    from index.store import Stored

Json = Mapping[str, object]


def answer_json(
    answer: Answer, *, nearest: Sequence[Quote] | None = None, explanation: Json | None = None
) -> str:
    """Write an answer on one line.

    `nearest`, where given, replaces the quotes: the ranked sentences, each marked with
    `below_threshold`. `explanation`, where given, is one more field at the end.
    """
    if nearest is None:
        quotes = [_quote(quote) for quote in answer.quotes]
    else:
        likely = len(answer.quotes)
        quotes = [{**_quote(quote), "below_threshold": rank >= likely} for rank, quote in enumerate(nearest)]
    return json_line(
        {
            "question": answer.question,
            "understood": answer.understood,
            "status": answer.status.value,
            "quotes": quotes,
            "elapsed_ms": round(answer.elapsed_ms, 1),
            "generation": answer.generation,
            "only": _only(answer.only),
            **({} if explanation is None else {"explanation": explanation}),
        }
    )


def report_json(report: "BuildReport") -> str:
    """Write on one line what a change of the collection did."""
    numbers = ("documents", "sentences", "reused", "added", "changed", "removed")
    return json_line(
        {
            "generation": report.generation,
            **{name: getattr(report, name) for name in numbers},
            "problems": [translate(problem, ENGLISH) for problem in report.problems],
            "remarks": report.remarks,
            "seconds": round(report.seconds, 1),
        }
    )


def listed_json(summary: "Summary") -> str:
    """Write on one line the entry of a document in a list."""
    return json_line(
        {
            "document": summary.id,
            "title": summary.title,
            "source": summary.source,
            "url": summary.url,
            "date": summary.date and summary.date.isoformat(),
        }
    )


def generation_json(stored: "Stored") -> str:
    """Write on one line what a generation says about itself, null where it cannot be read."""
    manifest = stored.manifest
    return json_line(
        {
            "generation": stored.name,
            "live": stored.current,
            "documents": manifest and manifest.documents,
            "sentences": manifest and manifest.sentences,
            "newest": manifest and manifest.newest and manifest.newest.isoformat(),
            "encoder": manifest and manifest.recipe.encoder.name,
            "damaged": manifest is None,
        }
    )


def check_json(generation: str, documents: int, sentences: int, faults: Sequence[str]) -> str:
    """Write on one line what a check found."""
    return json_line(
        {
            "generation": generation,
            "sound": not faults,
            "documents": documents,
            "sentences": sentences,
            "faults": list(faults),
        }
    )


def document_json(document: Document, origin: str, sentences: Sequence[Sentence]) -> str:
    """Write on one line what a document says about itself, what reading it remarked, and its sentences."""
    texts = ("id", "title", "author", "source", "url", "language")
    return json_line(
        {
            **{name: getattr(document, name) for name in texts},
            "date": document.date and document.date.isoformat(),
            "date_from": document.dated.value if document.date else None,
            "pages": len(document.pages) or None,
            "read_from": origin or None,
            "remarks": plain(document.remarks),
            "sentences": [
                {
                    "line": sentence.line,
                    "page": document.page_at(sentence.start),
                    "headings": document.said_above(sentence.start, sentence.end),
                    "paragraph": document.paragraph_of(sentence.start, sentence.end),
                    "start": sentence.start,
                    "end": sentence.end,
                    "text": sentence.text,
                }
                for sentence in sentences
            ],
        }
    )


def _quote(quote: Quote) -> dict[str, object]:
    return {
        **_place(quote),
        "passage": _passage(quote),
        "answer": _answer_words(quote),
        "days": [{"date": day.date.isoformat(), "from": day.how.value} for day in quote.days],
        "probability": round(quote.probability, 4),
        "also": [_place(other) for other in quote.also],
        "also_more": quote.also_more,
    }


def _passage(quote: Quote) -> dict[str, object] | None:
    if quote.lead is None:
        return None
    start = quote.start - len(quote.lead.text)
    lead = quote.lead
    return {"text": quote.passage, "line": lead.line, "page": lead.page, "start": start, "end": quote.end}


def _answer_words(quote: Quote) -> dict[str, object] | None:
    if quote.answer is None:
        return None
    start, end = quote.answer
    return {"text": quote.text[start:end], "start": quote.start + start, "end": quote.start + end}


def _place(quote: Quote) -> dict[str, object]:
    return {
        "text": quote.text,
        "document": quote.document,
        "title": quote.title,
        "author": quote.author,
        "source": quote.source,
        "url": quote.url,
        "date": quote.date.isoformat() if quote.date else None,
        "date_from": quote.dated.value if quote.date else None,
        "line": quote.line,
        "page": quote.page,
        "headings": list(quote.headings),
        "paragraph": quote.paragraph,
        "start": quote.start,
        "end": quote.end,
    }


def _only(only: DocumentFilter) -> dict[str, object] | None:
    if only == EVERYTHING:
        return None
    return {
        "since": only.since.isoformat() if only.since else None,
        "until": only.until.isoformat() if only.until else None,
        "source": only.source,
    }
