"""Sentences of a text, as exact code-point offsets into the unchanged text."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from index.text.prose import GAP, SHORTEST, is_prose
from index.text.quotation import find_pairs
from index.text.sentence_ends import sentences

SEGMENTER_VERSION: int = 4

# A sentence longer than this is cut at semicolons where it has them …
LONG_SENTENCE = 1000
# … and one longer than this at the last comma or white space before, or where it has none just here, so that
# it can be shown at all: no sentence is longer, whatever the text.
LONGEST_SENTENCE = 2000

_BREAKS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LINE = re.compile(f"[^{_BREAKS}]+")
_SINGLE_BREAKS = frozenset({"\n", "\r", "\r\n", "\x85", "\u2028"})
# Headings, list items, quotations, tables, fences, rules, addresses: such a line continues no other line.
_STRUCTURE = re.compile(r"https?://|www\.|#{1,6}\s|[-*+•▪–—>]\s|\d{1,3}[.)]\s|[A-Za-z]\)\s|[|=~`]|[-*_]{3}")
_HEADING = re.compile(r"#{1,6}\s|==")
_TERMINATED = re.compile(r"[.!?…。！？:;؟۔।][\"'”’»)\]」』）]*$")
_LABELLED = re.compile(r"[.:;!?)\]•▪–—*-]\s*$")
_LONGEST_CHARACTER = 32  # code points that are looked back for the beginning of one
_CUT = re.compile(r"[;；]\s+|；")
_LAST_RESORT = re.compile(r"[,،，、]\s*|\s+")

# A hard-wrapped line is at least and at most this long; ideographs say more in less.
_NARROWEST, _NARROWEST_UNCASED, _WIDEST = 50, 25, 120


class Span(NamedTuple):
    """One sentence: `text[start:end]`, begun and ended by a non-white-space character.

    `start` and `end` count code points. `paragraph` counts from 0, without gaps.
    """

    start: int
    end: int
    paragraph: int


class _Line(NamedTuple):
    start: int
    end: int
    joins: bool  # one line break, and nothing else, parts it from the line before


def segment(text: str) -> tuple[Span, ...]:
    """Divide a text into sentences.

    Spans ascend, do not overlap, are `LONGEST_SENTENCE` long at most, and cover every character but white
    space (`str.isspace`). Time is linear.
    """
    return tuple(span for span, _ in judged(text))


def quotable(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text, without passages too long for one that are no prose.

    A sentence with a gap is none: without what stood there it may say something else than its author did.
    """
    whole = (span for span, is_prose in judged(text) if is_prose)
    return tuple(span for span in whole if text.find(GAP, span.start, span.end) < 0)


def judged(text: str) -> Iterator[tuple[Span, bool]]:
    """Yield what `segment` returns, each with whether it is quotable.

    What is not is a passage too long for a sentence, and no prose (`index.text.prose`).
    """
    for number, (start, end) in enumerate(_paragraphs(text)):
        whole = ((start, end),) if _is_row(text, start, end) else sentences(text, start, end)
        for sentence_start, sentence_end in whole:
            is_long = sentence_end - sentence_start > LONGEST_SENTENCE
            kept = True
            for piece_start, piece_end in _cut(text, sentence_start, sentence_end):
                # What is left over at the end of a long row is short, and of the same kind.
                if is_long and (kept or piece_end - piece_start >= SHORTEST):
                    kept = piece_end - piece_start < SHORTEST or is_prose(text[piece_start:piece_end])
                yield Span(piece_start, piece_end, number), kept


def _is_row(text: str, start: int, end: int) -> bool:
    """Tell whether a paragraph is a row of a table: cells between tabs, not a label and its text."""
    tab = text.find("\t", start, end)
    if tab < 0:
        return False
    return text.find("\t", tab + 1, end) >= 0 or not _LABELLED.search(text, max(start, tab - 4), tab)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield each line as a paragraph, or several lines where the text is evidently hard-wrapped."""
    runs = list(_runs(text))
    wrapped = [_is_wrapped(text, run) for run in runs]
    text_width = _text_width(runs, wrapped)
    for run, evident in zip(runs, wrapped, strict=True):
        width = _width(run)
        if not (evident or (_NARROWEST <= width <= text_width and _is_full(text, run))):
            yield from ((line.start, line.end) for line in run)
            continue
        first = 0
        for i in range(1, len(run)):
            if not _continues(text, run[i - 1], run[i], width):
                yield run[first].start, run[i - 1].end
                first = i
        yield run[first].start, run[-1].end


def _lines(text: str) -> Iterator[_Line]:
    previous_end = 0
    for match in _LINE.finditer(text):
        line = match[0]
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        yield _Line(start, start + len(stripped), text[previous_end : match.start()] in _SINGLE_BREAKS)
        previous_end = match.end()


def _runs(text: str) -> Iterator[list[_Line]]:
    """Group lines that no blank line and no structure parts."""
    run: list[_Line] = []
    for line in _lines(text):
        if run and not (
            line.joins and not _STRUCTURE.match(text, line.start) and not _HEADING.match(text, run[-1].start)
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _width(run: list[_Line]) -> int:
    return max(line.end - line.start for line in run)


def _is_wrapped(text: str, run: list[_Line]) -> bool:
    """Tell whether lines of a run go on in the next line, and break where the next word had no room."""
    width = _width(run)
    if len(run) < 2 or not _NARROWEST_UNCASED <= width <= _WIDEST:
        return False
    open_ends = cased = uncased = 0
    for line, following in pairwise(run):
        if _TERMINATED.search(text, max(line.start, line.end - 8), line.end):
            continue
        open_ends += 1
        first = text[following.start]
        is_list = _first_word(text, line) == _first_word(text, following)
        if not is_list and _is_filled(text, line, following, 0.8 * width):
            cased += first.islower() and width >= _NARROWEST
            uncased += (
                first.isalpha() and first.lower() == first.upper() and not "\u0e00" <= first <= "\u0eff"
            )
    # Scripts without case show less, so they have to show it more often; Thai and Lao lines show nothing.
    evidence = cased + (uncased if uncased >= 3 else 0)
    return 2 * evidence > open_ends


def _text_width(runs: list[list[_Line]], wrapped: list[bool]) -> int:
    """Return the width of a text whose runs are mostly hard-wrapped, or 0."""
    widths = [_width(run) for run, evident in zip(runs, wrapped, strict=True) if evident]
    is_mostly_wrapped = 2 * len(widths) > sum(len(run) > 1 for run in runs)
    return max(widths) if is_mostly_wrapped else 0


def _is_full(text: str, run: list[_Line]) -> bool:
    width = 0.8 * _width(run)
    return len(run) > 1 and all(_is_filled(text, *lines, width) for lines in pairwise(run))


def _is_filled(text: str, line: _Line, following: _Line, width: float) -> bool:
    """Tell whether the first word of the following line would not have fitted on the line."""
    return line.end - line.start + 1 + len(_first_word(text, following)) > width


def _first_word(text: str, line: _Line) -> str:
    """Return the first word of a line, or the beginning of a long one."""
    return text[line.start : min(line.end, line.start + 12)].split()[0]


def _continues(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Tell whether a line of a hard-wrapped run goes on in the following line."""
    if _is_filled(text, line, following, 0.75 * width):
        return True
    ended = _TERMINATED.search(text, max(line.start, line.end - 8), line.end)
    return not ended and text[following.start].islower()


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a sentence that is too long to quote, outside quotation marks and brackets."""
    if end - start <= LONG_SENTENCE:
        yield start, end
        return
    for piece_start, piece_end in _cut_at(text, start, end, _CUT, LONG_SENTENCE):
        for shorter in _cut_at(text, piece_start, piece_end, _LAST_RESORT, LONGEST_SENTENCE):
            yield from _cut_anywhere(text, *shorter)


def _cut_anywhere(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is still too long, also inside quotation marks, at a space or else between two characters."""
    while end - start > LONGEST_SENTENCE:
        limit = start + LONGEST_SENTENCE
        at = max((match.end() for match in _LAST_RESORT.finditer(text, start + 1, limit)), default=start)
        if at - start < LONGEST_SENTENCE // 2:
            at = limit
            while at > limit - _LONGEST_CHARACTER and (_joins_on(text[at]) or text[at - 1] == "\u200d"):
                at -= 1
        yield start, _rstrip(text, start, at)
        start = at
        while text[start].isspace():
            start += 1
    yield start, end


def _joins_on(character: str) -> bool:
    """Tell whether a code point is a part of the character before it."""
    return bool(unicodedata.combining(character)) or character in "\u200d\ufe0e\ufe0f"


def _cut_at(
    text: str, start: int, end: int, pattern: re.Pattern[str], longest: int
) -> Iterator[tuple[int, int]]:
    """Cut at the last match before each piece outgrows `longest`, or at the first match after."""
    if end - start > longest:
        pairs = find_pairs(text, start, end)
        held = zip(pairs.opened, pairs.closed, strict=True)
        pair = next(held, None)
        last = start
        for match in pattern.finditer(text, start, end):
            while pair and pair[1] < match.start():
                pair = next(held, None)
            if match.end() >= end or (pair and pair[0] < match.start()):
                continue
            if match.start() - start > longest and last > start:
                yield start, _rstrip(text, start, last)
                start = last
            last = match.end()
            if end - start <= longest:
                break
        if end - start > longest and last > start:
            yield start, _rstrip(text, start, last)
            start = last
    yield start, end


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
