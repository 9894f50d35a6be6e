"""Citations, and text made safe for a terminal."""

import datetime as dt
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citation import LEFT_OUT, LONGEST_SHOWN, beginning, cite, ending, excerpt, opening, safe
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
    """Without a title its first words replace it, and the document is named."""
    citation = cite(DIGEST, EN, lambda document: f"{document} begins so…")
    assert citation.parts == ("“000.txt begins so…”", "000.txt", "line 4")
    assert citation.url is None
    assert citation.link is None


def test_below_a_heading() -> None:
    """The nearest one is named before the place, a long one by its beginning; the title is no heading."""
    below = replace(DIGEST, headings=("Chương II", "Điều 4. Mức phạt"))
    assert cite(below, VI, no_words).parts == ("000.txt", "Điều 4. Mức phạt", "dòng 4")
    assert cite(replace(below, page=3), VI, no_words).parts[-2:] == ("Điều 4. Mức phạt", "tr. 3")
    assert cite(replace(below, paragraph=2), VI, no_words).parts[-2:] == ("Điều 4. Mức phạt", "đoạn 2")
    assert cite(replace(below, paragraph=2), EN, no_words).parts[-1] == "paragraph 2"
    long = cite(replace(below, headings=("Mức phạt " * 30,)), VI, no_words).parts[1]
    assert long.endswith(LEFT_OUT)
    assert len(long) < 120
    titled = replace(DIGEST, title="Nội quy", headings=("Nội quy",))
    assert cite(titled, VI, no_words).parts == ("Nội quy", "000.txt", "dòng 4")


def test_first_words_are_not_said_twice() -> None:
    """A quote that begins its document needs no other words to name it."""
    assert cite(DIGEST, EN, lambda document: "Ngày 10/4, khoảng 30…").parts == ("000.txt", "line 4")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://", "http:///x", "x", "", "https://a b/"]
)
def test_no_link_but_to_the_web(url: str) -> None:
    """An address that is not on the web is left out, and the document is named instead."""
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
    """A day that the document does not state is shown with its origin, in both languages."""
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


WORDS = tuple(f"tiếng{number}" for number in range(300))


@pytest.mark.parametrize("place", [0, 3, 110, 150, 296])
def test_a_long_sentence_is_cut_around_the_words_that_answer(place: int) -> None:
    """Whole words, word for word as the sentence has them; what answers is among them and marked."""
    text = " ".join(WORDS)
    marked = text.index(WORDS[place]), text.index(WORDS[place]) + len(WORDS[place])
    part = excerpt(replace(SUMMIT, text=text, answer=marked, highlights=((0, 6), marked)))
    assert part.whole == len(text) > LONGEST_SHOWN
    kept = part.text.removeprefix(f"{LEFT_OUT} ").removesuffix(f" {LEFT_OUT}")
    shown = tuple(kept.split())
    first = WORDS.index(shown[0])
    assert (" ".join(shown), shown) == (kept.strip(), WORDS[first : first + len(shown)])
    assert LONGEST_SHOWN - 50 < len(kept) <= LONGEST_SHOWN
    assert (part.text.startswith(LEFT_OUT), part.text.endswith(LEFT_OUT)) == (
        first > 0,
        shown[-1] != WORDS[-1],
    )
    assert WORDS[place] in [part.text[start:end] for start, end in part.highlights]


def test_without_an_answer_most_of_what_is_highlighted_is_shown() -> None:
    """One word at the beginning counts less than three at the end."""
    text = "vào " + "một " * 400 + "chợ họp vào chủ nhật"
    places = (0, *(text.index(word, 1_500) for word in ("chợ", "họp", "vào")))
    part = excerpt(replace(SUMMIT, text=text, highlights=tuple((place, place + 3) for place in places)))
    assert [part.text[start:end] for start, end in part.highlights] == ["chợ", "họp", "vào"]


def test_up_to_the_limit_a_sentence_is_whole() -> None:
    """With its marks; nothing says that it was cut."""
    part = excerpt(replace(SUMMIT, text="a" * LONGEST_SHOWN, highlights=((1, 2),)))
    assert (part.text, part.highlights, part.whole) == ("a" * LONGEST_SHOWN, ((1, 2),), None)


@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400),
    st.integers(0, 399),
    st.integers(100, 150),
)
def test_what_is_shown_stands_in_the_sentence(text: str, place: int, longest: int) -> None:
    """Whatever the sentence is made of, what is shown is a part of it, no longer than was asked for."""
    start = min(place, len(text) - 1)
    part = excerpt(
        replace(SUMMIT, text=text, answer=(start, start + 1), highlights=((start, start + 1),)), longest
    )
    kept = part.text
    if part.whole:
        kept = kept.removeprefix(f"{LEFT_OUT} ").removesuffix(f" {LEFT_OUT}")
    assert kept in text
    assert 0 < len(kept) <= longest
    assert [part.text[low:high] for low, high in part.highlights] == [text[start]]


def test_neighbours_are_cut_at_their_far_ends() -> None:
    """Of the text before a sentence the end is shown; of the text after it, the beginning."""
    assert beginning("một hai ba", 10) == ending("một hai ba", 10) == "một hai ba"
    text = " ".join(WORDS)
    first, last = beginning(text, 100), ending(text, 100)
    assert first.endswith(LEFT_OUT) and text.startswith(first.removesuffix(f" {LEFT_OUT}"))
    assert last.startswith(LEFT_OUT) and text.endswith(last.removeprefix(f"{LEFT_OUT} "))
    assert 40 <= len(first) <= 104 and 40 <= len(last) <= 104
