"""Answer → what a terminal or a pipe shows; pure, and without any colour library."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.citation import Citation, Excerpt, FirstWords, cite, excerpt, safe
from bot.texts.en import Texts
from retrieval.records import Answer, Quote, Status

_INDENT = 4
_PLACES = 5  # other places of the same sentence; the rest is a number
_SUREST = 0.99  # nothing is claimed to be certain


class Role(StrEnum):
    """What a run of text is; a screen gives each its style."""

    QUESTION = "question"
    NUMBER = "number"
    QUOTE = "quote"
    MATCH = "match"
    CITATION = "citation"
    URL = "url"
    NOTICE = "notice"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style, perhaps with a link."""

    text: str
    role: Role
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs that are wrapped as one text, indented by `indent` columns, after a marker in the margin."""

    runs: tuple[Run, ...]
    indent: int = 0
    marker: Run | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What an answer is told with.

    Attributes:
        texts: The bot's own sentences.
        first_words: The first words of a document, by its id.
        coverage: What the collection holds, said where nothing was found.
        filtered: Which documents were asked, said where nothing was found.
        hint: How to see the nearest sentences, said where nothing was found.
    """

    texts: Texts
    first_words: FirstWords
    coverage: str = ""
    hint: str = ""
    filtered: str = ""


def candidates(answer: Answer, top: int) -> tuple[Quote, ...]:
    """List the best sentences, those below the threshold too."""
    return (answer.quotes + answer.related)[:top]


def paragraphs(answer: Answer, words: Words, *, nearest: int = 0) -> Iterator[Paragraph]:
    """Lay an answer out for a terminal; up to `nearest` sentences in all, those below the threshold too.

    An empty paragraph is an empty line. Nothing a document holds can command the terminal, and a very long
    sentence is cut (`bot.citation.excerpt`).
    """
    if answer.status is Status.NOT_FOUND:
        yield Paragraph((Run(_not_found(answer, words), Role.NOTICE),))
        hint = " ".join(filter(None, [words.filtered, words.coverage, _hint(answer, words, nearest)]))
        if hint:
            yield Paragraph((Run(hint, Role.HINT),))
    below = candidates(answer, nearest)[len(answer.quotes) :]
    for number, quote in enumerate(answer.quotes, start=1):
        if number > 1:
            yield Paragraph(())
        yield from _quoted(quote, number, words)
    if below:
        yield Paragraph(())
        yield Paragraph((Run(words.texts.perhaps, Role.HINT),))
    for number, quote in enumerate(below, start=len(answer.quotes) + 1):
        yield Paragraph(())
        yield from _quoted(quote, number, words, likely=False)


def plain(answer: Answer, words: Words, *, nearest: int = 0) -> str:
    """Write an answer for a pipe: each quote byte for byte from the first column, then its citation."""
    notice = [" ".join(filter(None, [_not_found(answer, words), _hint(answer, words, nearest)]))]
    notice += filter(None, [words.filtered])
    blocks = [] if answer.status is not Status.NOT_FOUND else ["".join(f"{line}\n" for line in notice)]
    below = candidates(answer, nearest)[len(answer.quotes) :]
    for number, quote in enumerate(answer.quotes + below, start=1):
        mark = words.texts.perhaps_mark if number > len(answer.quotes) else None
        citation = cite(quote, words.texts, words.first_words)
        cited = _joined(citation, quote, mark, citation.url)
        lines = [quote.passage, f"  [{number}] {cited}"]
        lines += [f"      {line}" for line in _elsewhere(quote, words)]
        blocks.append("".join(f"{line}\n" for line in lines))
    return "\n".join(blocks)


def _not_found(answer: Answer, words: Words) -> str:
    return words.texts.not_found if answer.near else words.texts.nothing


def _hint(answer: Answer, words: Words, nearest: int) -> str:
    return words.hint if answer.near and not nearest else ""


def _quoted(quote: Quote, number: int, words: Words, *, likely: bool = True) -> Iterator[Paragraph]:
    marker = Run(f"{number:>2}  ", Role.NUMBER if likely else Role.HINT)
    part = excerpt(quote)
    yield Paragraph(tuple(_matches(part)), indent=_INDENT, marker=marker)
    citation = cite(quote, words.texts, words.first_words)
    cut = words.texts.cut(part.whole) if part.whole else None
    yield Paragraph((Run(_joined(citation, quote, cut), Role.CITATION),), indent=_INDENT)
    if citation.url:
        yield Paragraph((Run(citation.url, Role.URL, citation.link),), indent=_INDENT)
    for twin in _twins(quote, words):
        yield Paragraph((Run(f"{words.texts.also} {_joined(twin, None)}", Role.CITATION),), indent=_INDENT)
        if twin.url:
            yield Paragraph((Run(twin.url, Role.URL, twin.link),), indent=_INDENT)
    if more := _more(quote):
        yield Paragraph((Run(words.texts.also_more(more), Role.CITATION),), indent=_INDENT)


def _matches(quote: Excerpt) -> Iterator[Run]:
    """Divide what is shown of a quote into what matched and what stands between."""
    at = 0
    for start, end in quote.highlights:
        if at < start:
            yield Run(safe(quote.text[at:start]), Role.QUOTE)
        yield Run(safe(quote.text[start:end]), Role.MATCH)
        at = end
    if at < len(quote.text):
        yield Run(safe(quote.text[at:]), Role.QUOTE)


def _joined(citation: Citation, quote: Quote | None, *more: str | None) -> str:
    likelihood = f"{min(quote.probability, _SUREST):.0%}" if quote else None
    return " · ".join(filter(None, [*citation.parts, likelihood, *more]))


def _twins(quote: Quote, words: Words) -> list[Citation]:
    return [cite(twin, words.texts, words.first_words) for twin in quote.also[:_PLACES]]


def _more(quote: Quote) -> int:
    return len(quote.also[_PLACES:]) + quote.also_more


def _elsewhere(quote: Quote, words: Words) -> Iterator[str]:
    for twin in _twins(quote, words):
        yield f"{words.texts.also} {_joined(twin, None, twin.url)}"
    if more := _more(quote):
        yield words.texts.also_more(more)
