"""S10: whatever the text, twice as much of it takes about twice as long, and no pattern runs away."""

import datetime as dt
import gc
import importlib
import math
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise

import pytest

import bot
import index
import retrieval
from bot.citation import opening, safe, sentence_link
from bot.telegram.messages.answer_message import quoted
from bot.telegram.messages.utf16 import pieces
from bot.terminal.paragraphs import Words, plain
from bot.texts.telegram import languages
from bot.texts.vi import VI
from index.concepts import concept_ids
from index.errors import SourceError
from index.sources.files.files import HeldFile
from index.sources.files.limits import Options
from index.sources.legacy import recognise
from index.sources.markdown import read_markdown
from index.sources.markup.trees import blocks_of, parse_html
from index.sources.metadata.stated_dates import date_in_address, parse_date
from index.sources.plain import read_plain
from index.sources.web.hidden import take_hidden_out
from index.text.datelines import dateline, in_file_name
from index.text.dates import mentions
from index.text.duplicates import duplicate_key
from index.text.segment import segment
from index.text.terms import fold, terms
from retrieval.features.quantities import quantities
from retrieval.question import question as asking
from tests.bot.fakes import SUMMIT, found
from tests.counting import calls, repeated
from tests.patterns import runaways

FAMILIES = {
    "stops": ".",
    "initials": "a.",
    "brackets": "((\"“'",
    "spaces": " ",
    "lines": "\n",
    "spaced lines": "\t \r\n",
    "numbers": "1,",
    "fractions": "1/",
    "dates": "ngày 1/1 ",
    "dates in words": "22 tháng 4 ",
    "days": "hôm qua ",
    "marks": "a\u0301\u0323",
    "ideographs": "中。",
    "months in Japanese": "1月",
    "digits": "1",
    "digits of another script": "١",
    "telephones": "+1",
    "emphasis": "**_",
    "front matter": "---\na: b\n",
    "addresses": "http://a.b/",
    "signatures": "Nguồn A (B): ",
    "names": "Mỹ và Nga, ",
    "amounts": "1 tỷ USD ",
    "capitals": "A ",
    "abbreviations": "TP.GS.TS. ",
    "joined": "a\u200d\u00ad",
    "emoji": "👨\u200d👩\u200d👧",
    "turned": "\u202e\u2066",
    "old letters": "Æµ¸",
    "mai": "tháng Tư 8 mai đ ",
    "weekdays": "thứ Hai (22/4 ",
    "cells": "<td>x",
    "hidden": "<b>x</b><i hidden>y</i> z",
}


def _read(read: Callable[..., Iterator[object]], name: str) -> Callable[[str], None]:
    def reading(text: str) -> None:
        try:
            list(read(HeldFile(name, name, text.encode()), print, Options()))
        except SourceError:
            return  # nothing but spaces

    return reading


def _page(text: str) -> object:
    root = parse_html(f"<html><body><table><tr>{text}")
    return root is not None and (take_hidden_out(root), blocks_of(root))


def _ask(text: str) -> None:
    try:
        asking.read_question(text)
    except asking.QuestionRefused:
        return  # nothing to look for


def _quote(text: str) -> object:
    marked = tuple((place, place + 3) for place in range(0, len(text) - 3, 50))
    return replace(SUMMIT, text=text, highlights=marked)


DAY = dt.date(2024, 7, 12)
_TRIES = 6
_UNMEASURABLE_S = 0.02
OF_DOCUMENTS: dict[str, Callable[[str], object]] = {
    "segmenter": segment,
    "plain text": _read(read_plain, "a.txt"),
    "Markdown": _read(read_markdown, "a.md"),
    "page": _page,
    "dateline": dateline,
    "old encodings": lambda text: recognise(text, "a.txt"),
    "terms": lambda text: [fold(term) for term in terms(text)],
}
# A sentence has 2,000 characters at most, a question 1,000: these are held to far more all the same.
OF_SENTENCES: dict[str, Callable[[str], object]] = {
    "concepts": concept_ids,
    "days": lambda text: mentions(text, DAY),
    "gist": lambda text: duplicate_key(text, terms(text)),
    "question": _ask,
    "quantities": quantities,
    "file name": in_file_name,
    "date": parse_date,
    "date in an address": lambda text: date_in_address(f"http://a.b/{text}"),
    "Telegram": lambda text: quoted(_quote(text), languages()["vi"]),  # type: ignore[arg-type]  # a quote
    "terminal": lambda text: plain(found("?", _quote(text)), Words(VI, opening)),  # type: ignore[arg-type]
    "pieces": lambda text: list(pieces(text, 40)),
    "link": lambda text: sentence_link("http://a.b/", text),
    "shown": safe,
}
EVERY = OF_DOCUMENTS | OF_SENTENCES


@pytest.fixture(autouse=True)
def no_longest_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let questions be of any length, so that more than their limit protects them."""
    monkeypatch.setattr(asking, "LONGEST_QUESTION", sys.maxsize)


@pytest.mark.parametrize("name", sorted(EVERY.keys() - {"segmenter"}))  # see test_segment
def test_calls_are_linear(name: str) -> None:
    """Twice the text takes less than 2.6 times the calls; what is remembered of words is known before."""
    shortest = 2000 if name in OF_DOCUMENTS else 500
    for unit in FAMILIES.values():
        EVERY[name](repeated(unit, 4 * shortest))
        counted = [calls(EVERY[name], repeated(unit, times * shortest)) for times in (1, 2, 4)]
        for shorter, longer in pairwise(counted):
            assert longer < max(2.6 * shorter, 400), unit


def seconds(work: Callable[[str], object], text: str) -> float:
    """Return the processor time of some work."""
    begun = time.process_time()
    work(text)
    return time.process_time() - begun


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep the collector of garbage out, as `timeit` does: it goes through all that the tests before hold."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def is_linear(work: Callable[[str], object], unit: str, longest: int) -> bool:
    """Tell whether twice the text takes less than 2.6 times the processor time, twice over.

    Others on the machine only ever add to a time, by what they push out of its caches: so the shortest of up
    to six tries of each length counts.
    """
    texts = [repeated(unit, length) for length in (longest // 4, longest // 2, longest)]
    least = [math.inf] * len(texts)
    for _ in range(_TRIES):
        with no_collection():
            least = [min(before, seconds(work, text)) for before, text in zip(least, texts, strict=True)]
        if all(longer < 2.6 * max(shorter, _UNMEASURABLE_S) for shorter, longer in pairwise(least)):
            return True
    return False


@pytest.mark.slow
@pytest.mark.parametrize("unit", FAMILIES.values(), ids=FAMILIES)
@pytest.mark.parametrize("name", OF_DOCUMENTS)
def test_time_for_documents_is_linear(name: str, unit: str) -> None:
    """Up to a million characters, which is more than any document of the corpora has."""
    assert is_linear(OF_DOCUMENTS[name], unit, 1_000_000)


@pytest.mark.slow
@pytest.mark.parametrize("unit", FAMILIES.values(), ids=FAMILIES)
@pytest.mark.parametrize("name", OF_SENTENCES)
def test_time_for_sentences_is_linear(name: str, unit: str) -> None:
    """Up to fifty times the longest sentence."""
    assert is_linear(OF_SENTENCES[name], unit, 100_000)


def patterns() -> dict[str, re.Pattern[str]]:
    """Return every pattern of text that a module of the program keeps."""
    held: dict[str, re.Pattern[str]] = {}
    for package in (index, retrieval, bot):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            loaded = importlib.import_module(module.name)
            for name, value in vars(loaded).items():
                for number, pattern in enumerate(_patterns_in(value)):
                    held[f"{module.name}.{name}.{number}"] = pattern
    return held


def _patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _patterns_in(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _patterns_in(each)


@pytest.mark.slow
def test_no_pattern_runs_away() -> None:
    """Each says in less than 100 ms of processor time whether 4,000 characters begin so, or are so.

    Looking for it everywhere is not asked of those that are only looked for at certain places; what is looked
    for everywhere is measured above.
    """
    held = patterns()
    assert len(held) > 100
    slow: dict[str, float] = {}
    for name, pattern in held.items():
        for family, unit in FAMILIES.items():
            text = repeated(unit, 4000)
            for work in (pattern.match, pattern.fullmatch):
                if (taken := seconds(work, text)) > 0.1:
                    slow[f"{name} on {family}"] = min(taken, seconds(work, text))
    assert {name: taken for name, taken in slow.items() if taken > 0.1} == {}


class _RunsAwayError(Exception):
    pass


def _enough(signal_number: int, frame: object) -> None:
    raise _RunsAwayError


@contextmanager
def at_most_a_second() -> Iterator[None]:
    """Let a pattern that would take for ever be given up after a second of processor time."""
    before = signal.signal(signal.SIGVTALRM, _enough)
    signal.setitimer(signal.ITIMER_VIRTUAL, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def runs_away(pattern: re.Pattern[str]) -> str | None:
    """Return what makes a pattern run away, of what it repeats itself; None where nothing does."""
    for before, unit in dict.fromkeys(runaways(pattern)):
        for times in (30, max(20_000 // len(unit), 60)):
            for end in ("x", "\x00", ""):
                try:
                    with at_most_a_second():
                        pattern.match(before + unit * times + end)
                except _RunsAwayError:
                    return unit
    return None


@pytest.mark.parametrize(
    "written",
    [r"(?:a|a)*b", r"\s*(?:<\?xml[^>]*\?>|<\?(?:(?!\?>).)*\?>)*<html", r"(\w+\s?)+:", r"(?:x|(?:a+)+)!"],
)
def test_what_runs_away_is_seen(written: str) -> None:
    """Two alternatives that match the same text, and a repeat within a repeat."""
    assert runs_away(re.compile(written))


def test_no_pattern_runs_away_on_its_own_alternatives() -> None:
    """Whatever a pattern repeats, each alternative of it, is repeated to it, with an end that it refuses."""
    held = patterns()
    assert len(held) > 100
    assert {name: unit for name, pattern in held.items() if (unit := runs_away(pattern))} == {}
