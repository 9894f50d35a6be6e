"""Citations, and text made safe for a terminal."""

import datetime as dt
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citation import cite, opening, safe
from bot.texts.en import EN
from bot.texts.vi import VI
from index.records import Dated
from tests.bot.fakes import DIGEST, SUMMIT


def no_words(document: str) -> None:
    """Know no document's first words."""


def test_everything_known() -> None:
    """Title, outlet, day and line; the document's name gives way to its address."""
    citation = cite(SUMMIT, VI, no_words)
    assert citation.parts == ("Bế mạc hội nghị thượng đỉnh NATO", "TTXVN", "12/7/2024", "dòng 25")
    assert citation.url == SUMMIT.url
    assert citation.link is not None
    assert citation.link.startswith(f"{SUMMIT.url}#:~:text=H%E1%BB%99i%20ngh%E1%BB%8B")


def test_only_the_document_is_known() -> None:
    """Without a title the first words stand for it, and the document is named."""
    citation = cite(DIGEST, EN, lambda document: f"{document} begins so…")
    assert citation.parts == ("“000.txt begins so…”", "000.txt", "line 4")
    assert citation.url is None
    assert citation.link is None


def test_first_words_are_not_said_twice() -> None:
    """A quote that begins its document needs no other words to name it."""
    assert cite(DIGEST, EN, lambda document: "Ngày 10/4, khoảng 30…").parts == ("000.txt", "line 4")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://", "http:///x", "x", "", "https://a b/"]
)
def test_no_link_but_to_the_web(url: str) -> None:
    """An address that is none of the web is left out, and the document named instead."""
    citation = cite(replace(SUMMIT, url=url), VI, no_words)
    assert citation.url is None
    assert citation.link is None
    assert SUMMIT.document in citation.parts


def test_citations_stay_on_one_line() -> None:
    """Title, outlet and name cannot break the line or command the terminal."""
    hostile = replace(
        DIGEST,
        title="A\r\nB\x1b[31m",
        source="\u202eC\u2028D",
        document="e\x9bf\x00",
        date=dt.date(2024, 1, 2),
    )
    assert cite(hostile, EN, no_words).parts == ("A B␛[31m", "\ufffdC D", "2 Jan 2024", "e\ufffdf␀", "line 4")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hội nghị, 5.580 – “DC., Mỹ”", "Hội nghị, 5.580 – “DC., Mỹ”"),
        ("a\tb\r\n\r\nc", "a b c"),
        ("\x1b]8;;http://evil\x07click\x1b]8;;\x07", "␛]8;;http://evil␇click␛]8;;␇"),
        ("\x9b31m", "\ufffd31m"),
        ("\x7f", "␡"),
        ("\u202eabc\u2069", "\ufffdabc\ufffd"),
        ("\ud800", "\ufffd"),
        ("👩\u200d🚀 \u0645\u200f", "👩\u200d🚀 \u0645\u200f"),
        ("[bold red]x[/]", "[bold red]x[/]"),
    ],
)
def test_safe(text: str, shown: str) -> None:
    """Commands become visible signs, and everything else stays as it is."""
    assert safe(text) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_nothing_commands_the_terminal(text: str) -> None:
    """After `safe` no control character, line break or turn of direction is left, and it can be written."""
    shown = safe(text)
    assert all(unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp") for character in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    shown.encode()
    assert safe(shown) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\n Bế mạc hội nghị\nNgày", "Bế mạc hội nghị"),
        (
            "Ngày 22/4, Tổng thống Ukraine Volodymyr Zelensky nói",
            "Ngày 22/4, Tổng thống Ukraine Volodymyr…",
        ),
        ("x" * 60, f"{'x' * 48}…"),
        (
            "Một hai ba bốn năm sáu bảy tám chín mười, – mười một",
            "Một hai ba bốn năm sáu bảy tám chín mười…",
        ),
        (" \n ", None),
        ("", None),
    ],
)
def test_opening(text: str, shown: str | None) -> None:
    """The first words of a text: whole words of its first line."""
    assert opening(text) == shown


def test_an_inferred_day_says_so() -> None:
    """A day that the document does not say itself is told with its origin, in both languages."""
    for how, vi, en in (
        (Dated.STATED, "12/7/2024", "12 Jul 2024"),
        (Dated.DATELINE, "12/7/2024", "12 Jul 2024"),
        (Dated.ADDRESS, "12/7/2024 (theo địa chỉ)", "12 Jul 2024 (by its address)"),
        (Dated.FILE_NAME, "12/7/2024 (theo tên tệp)", "12 Jul 2024 (by its file name)"),
    ):
        quote = replace(SUMMIT, dated=how)
        assert cite(quote, VI, lambda document: None).parts[2] == vi
        assert cite(quote, EN, lambda document: None).parts[2] == en


def test_a_page_takes_the_place_of_a_line() -> None:
    """Where a document has pages the citation names the page, and its link opens there."""
    quote = replace(SUMMIT, page=3, source=None, author="Nguyễn An", url="https://x.vn/a.pdf")
    citation = cite(quote, VI, no_words)
    assert citation.parts[1:] == ("Nguyễn An", "12/7/2024", "tr. 3")
    assert citation.link == "https://x.vn/a.pdf#page=3"
    assert cite(quote, EN, no_words).parts[-1] == "p. 3"
    assert cite(replace(quote, url="https://x.vn/a#b"), EN, no_words).link == "https://x.vn/a#b"
