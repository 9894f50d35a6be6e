"""Text to terms, the same for documents and questions: case, Unicode form, tone placement, numbers, dates.

A term is what the word index stores. The *accented* form keeps every accent, so that `ma má mà mã` stay four
words; `fold` gives the form without, for people who type none. Scripts without spaces (Chinese, Japanese
kana, Thai, …) become overlapping character pairs, the usual substitute for a word segmenter (Nie, Gao, Zhang
and Zhou, "On the use of words and n-grams for Chinese information retrieval", 2000).
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from index.text.calendar import VIETNAMESE_MONTH
from index.text.vietnamese import TONES

TERMS_VERSION = 3
"""Raised whenever the terms or concepts of some text change, so that an index made before is refused."""

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3041-\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana, also half-width
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_VOICED = "\u3099\u309a\uff9e\uff9f"  # the marks of が and ぱ where they stand apart (NFD, half-width)
# A letter may carry marks of its own (NFD text); marks of Indic scripts are no letters to `\w` either.
MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0dff"
)
_SOFT_HYPHEN = "\u00ad"
_DAY, _MONTH = r"(?:3[01]|[12]\d|0?[1-9])", r"(?:1[0-2]|0?[1-9])"
_TERM = re.compile(
    rf"(?P<date>{_DAY}(?P<between>[/.-]){_MONTH}(?P=between)\d{{4}}(?!\d)"  # 9/7/2024, 22.04.2025
    rf"|\d{{4}}-{_MONTH}-{_DAY}(?!\d)"  # 2024-07-09
    rf"|{_DAY}/{_MONTH}(?!\d|/\d)|{_DAY}-{_MONTH}(?!\d|[/-]\d))"  # 22/4, 20-11, but 9 and 11/7 in 9-11/7
    r"|(?P<number>\d+(?:[.,]\d+)*)"
    rf"|(?P<unspaced>[{UNSPACED}]+)"
    rf"|(?P<word>(?![{UNSPACED}])[^\W_](?:(?![{UNSPACED}])[^\W_]|[{MARKS}{_SOFT_HYPHEN}])*)"
)
_WORDS = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}{_SOFT_HYPHEN}])*")
_NOT_ONLY_WORDS = re.compile(rf"[\d{UNSPACED}]")
_BETWEEN = re.compile("[/.-]")
_CLUSTER = re.compile(f".[{_VOICED}]*")
# 5.580 and 1,000.50: groups of three, then perhaps decimals after the other mark.
_GROUPED = re.compile(r"([1-9]\d{0,2}(?:([.,])\d{3})(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?")
# More marks than this on a letter are no writing, and sorting them would take quadratic time (UAX #15 calls
# text without them stream-safe).
_MARKS_TOO_MANY = re.compile(rf"([{MARKS}]{{30}})[{MARKS}]+")
# `hoà` and `hòa`, `khoẻ` and `khỏe`, `thuý` and `thúy` are one word each; `quý` is written one way only.
_OPEN_DIPHTHONG = re.compile(rf"(?<!q)(o[ae]|uy)([{TONES}])$")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
LONGEST_TERM = 64
"""In characters; longer terms are cut to this."""


class Term(NamedTuple):
    """A term and the code points of the text it was made from."""

    text: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """Return the accented terms of `text` in reading order."""
    if not _NOT_ONLY_WORDS.search(text):  # three times as fast, and most sentences are such
        found = list(map(word, _WORDS.findall(text)))
        if not any(map(str.isdecimal, found)):  # ² is no digit, but its term is one
            return found
    return [term.text for term in located_terms(text)]


def located_terms(text: str) -> Iterator[Term]:
    """Yield the accented terms of `text` in reading order, each with its place in `text`.

    A full date yields its day and month, then its year; an unspaced run yields its character pairs;
    "22 tháng 4" also yields 22/4, and "F-16" also f16: so places may overlap.
    """
    earlier = last = Term("", 0, 0)
    for match in _TERM.finditer(text):
        # Most terms are words: without a generator for each.
        is_word = match.lastgroup == "word"
        for term in (Term(word(match[0]), *match.span()),) if is_word else _terms_of(match):
            yield term
            if term.text.isdecimal():
                yield from _compounds(earlier, last, term, text)
            earlier, last = last, term


def _compounds(earlier: Term, last: Term, found: Term, text: str) -> Iterator[Term]:
    """Yield what a number makes together with the two terms before it."""
    if last.text in VIETNAMESE_MONTH and _is_day_and_month(earlier.text, found.text):
        yield Term(f"{earlier.text}/{found.text}", earlier.start, found.end)
    elif last.text.isalpha() and text[last.end : found.start] == "-":
        yield Term(f"{last.text}{found.text}"[:LONGEST_TERM], last.start, found.end)


def _is_day_and_month(day: str, month: str) -> bool:
    return day.isdecimal() and 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _terms_of(match: re.Match[str]) -> Iterator[Term]:
    start, end = match.span()
    if match["number"]:
        yield Term(number(match[0])[:LONGEST_TERM], start, end)
    elif match["date"]:
        day, month, *year = _BETWEEN.split(match[0])
        if year and len(day) == 4:
            day, year = year[0], [day]
        for text in (f"{int(day)}/{int(month)}", *year):
            yield Term(text, start, end)
    else:
        yield from _pairs(match.string, start, end)


@lru_cache(maxsize=1 << 16)  # a language's common words, again and again
def word(text: str) -> str:
    """Return the accented term of a word: case, Unicode form and tone placement made one."""
    if text.isascii():
        return text.lower()[:LONGEST_TERM]
    text = _MARKS_TOO_MANY.sub(r"\1", text.replace(_SOFT_HYPHEN, ""))
    text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", _OPEN_DIPHTHONG.sub(_tone_on_first_vowel, text))[:LONGEST_TERM]


def _tone_on_first_vowel(match: re.Match[str]) -> str:
    vowels, tone = match.groups()
    return vowels[0] + tone + vowels[1]


def number(text: str) -> str:
    """Return a number in one way of writing: 5.580 and 5,580 → 5580, 3,7 → 3.7, 04 → 4, ٢٠٢٥ → 2025."""
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    if grouped := _GROUPED.fullmatch(text):
        whole, mark, decimals = grouped.groups()
        return whole.replace(mark, "") + (f".{decimals}" if decimals else "")
    if len(text) == 2:
        return text.removeprefix("0")  # as in "tháng 04"
    return text.replace(",", ".")


def _pairs(text: str, start: int, end: int) -> Iterator[Term]:
    edges = [match.start() for match in _CLUSTER.finditer(text, start, end)] + [end]
    for place in range(max(len(edges) - 2, 1)):
        first, behind = edges[place], edges[min(place + 2, len(edges) - 1)]
        pair = unicodedata.normalize("NFKC", text[first:behind])
        yield Term(pair[:LONGEST_TERM], first, behind)


@lru_cache(maxsize=1 << 16)
def fold(term: str) -> str:
    """Return `term` as somebody types it who types no accents: `đường` → `duong`, `Kyïv` → `Kyiv`."""
    decomposed = unicodedata.normalize("NFD", term.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", _LATIN_MARKS.sub("", decomposed))
