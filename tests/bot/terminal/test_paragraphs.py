"""Answers as a pipe and as a terminal get them."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.citation import LEFT_OUT, safe
from bot.terminal.paragraphs import Paragraph, Role, Run, Words, paragraphs, plain
from bot.texts.en import EN
from bot.texts.vi import VI
from retrieval.records import Answer, Lead
from tests.bot.fakes import DIGEST, SUMMIT, WEAK, found, not_found

WORDS = Words(VI, lambda document: None, "Bộ sưu tập có 5 tài liệu.", VI.show_nearest)


def test_quotes_in_a_pipe() -> None:
    """Each quote has its own line, then its citation, then the other places with the same words."""
    assert plain(found("?", SUMMIT, DIGEST), WORDS) == (
        f"{SUMMIT.text}\n"
        f"  [1] Bế mạc hội nghị thượng đỉnh NATO · TTXVN · 12/7/2024 · dòng 25 · 93% · {SUMMIT.url}\n"
        "\n"
        f"{DIGEST.text}\n"
        "  [2] 000.txt · dòng 4 · 61%\n"
        "      cũng ở 001.txt · dòng 9\n"
    )


def test_what_leans_is_shown_behind_the_sentence_before() -> None:
    """Both are as the document has them, cited by the line of the first; only the second has bold words."""
    shown = replace(SUMMIT, lead=Lead("NATO họp xong.\t ", 24), highlights=((0, 8),))
    assert plain(found("?", shown), WORDS).startswith(f"NATO họp xong.\t {SUMMIT.text}\n")
    assert " · dòng 24 · " in plain(found("?", shown), WORDS)
    first = next(paragraph for paragraph in paragraphs(found("?", shown), WORDS))
    assert [run.text for run in first.runs if run.role is Role.MATCH] == ["Hội nghị"]
    assert "".join(run.text for run in first.runs) == safe("NATO họp xong.\t ") + SUMMIT.text


NONE = "Không tìm thấy câu trả lời chắc chắn."


def test_nothing_is_said_to_be_certain() -> None:
    """However probable, a quote is at most 99 % sure."""
    assert " · 99% · " in plain(found("?", replace(SUMMIT, probability=0.9999)), WORDS)


def test_nothing_found_in_a_pipe() -> None:
    """One line says so, in the language that was asked for; related sentences stay away."""
    assert plain(not_found("?", (WEAK,)), WORDS) == f"{NONE} {WORDS.hint}\n"
    assert plain(not_found("?"), replace(WORDS, texts=EN, hint="")) == "No sure answer was found.\n"


def test_nothing_comes_near() -> None:
    """Only then it is said that the collection has nothing about it, and no way to see the nearest."""
    nothing = replace(not_found("?"), near=False)
    assert plain(nothing, WORDS) == "Bộ sưu tập không có gì về điều này.\n"
    assert _lines(nothing) == ["Bộ sưu tập không có gì về điều này.", "Bộ sưu tập có 5 tài liệu."]


def test_below_the_threshold_in_a_pipe() -> None:
    """Asked for, the nearest sentences follow, each marked, the numbers going on."""
    assert plain(found("?", SUMMIT, related=(WEAK,)), WORDS, nearest=5).endswith(
        f"\n\n{WEAK.text}\n  [2] 000.txt · dòng 2 · 20% · có thể liên quan\n"
    )
    assert plain(not_found("?", (WEAK,)), WORDS, nearest=5) == (
        f"{NONE}\n\n{WEAK.text}\n  [1] 000.txt · dòng 2 · 20% · có thể liên quan\n"
    )
    assert WEAK.text not in plain(found("?", SUMMIT, related=(WEAK,)), WORDS, nearest=1)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_quotes_in_a_pipe_are_byte_for_byte(text: str) -> None:
    """Whatever a sentence holds, its bytes are what the pipe gets before the citation."""
    out = plain(found("?", replace(SUMMIT, text=text)), WORDS)
    assert out.encode().startswith(text.encode() + b"\n  [1] ")


def test_matched_words_are_marked() -> None:
    """The runs of a quote put together are the quote, and the highlights are what is marked."""
    quote = next(iter(paragraphs(found("?", SUMMIT), WORDS)))
    assert "".join(run.text for run in quote.runs) == SUMMIT.text
    marked = [run.text for run in quote.runs if run.role is Role.MATCH]
    assert marked == [SUMMIT.text[start:end] for start, end in SUMMIT.highlights]


@given(st.text(st.characters(exclude_categories=())), st.data())
def test_terminal_gets_the_whole_quote_made_safe(text: str, data: st.DataObject) -> None:
    """Cut at any highlights, a quote loses and gains nothing but what could command the terminal."""
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    ranges = tuple(zip(places[::2], places[1::2], strict=False))
    laid_out = list(paragraphs(found("?", replace(SUMMIT, text=text, highlights=ranges)), WORDS))
    shown = "".join(run.text for run in laid_out[0].runs)
    cuts = [0, *(place for both in ranges for place in both), len(text)]
    pieces = pairwise(cuts)
    assert shown == "".join(safe(text[start:end]) for start, end in pieces)


def _lines(answer: Answer, nearest: int = 0) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in paragraphs(answer, WORDS, nearest=nearest)]


def test_layout_of_quotes() -> None:
    """Quote, citation, address; an empty line between quotes."""
    assert _lines(found("?", SUMMIT, DIGEST)) == [
        SUMMIT.text,
        "Bế mạc hội nghị thượng đỉnh NATO · TTXVN · 12/7/2024 · dòng 25 · 93%",
        str(SUMMIT.url),
        "",
        DIGEST.text,
        "000.txt · dòng 4 · 61%",
        "cũng ở 001.txt · dòng 9",
    ]


def test_five_places_of_the_same_news_then_a_number() -> None:
    """Terminal and pipe name the same places, and count the same rest."""
    others = tuple(replace(DIGEST, document=f"{number}.txt", also=()) for number in range(1, 8))
    answer = found("?", replace(DIGEST, also=others, also_more=3))
    places = [f"cũng ở {number}.txt · dòng 4" for number in range(1, 6)] + ["và 5 nơi khác"]
    assert _lines(answer)[2:] == places
    assert [line.strip() for line in plain(answer, WORDS).splitlines()[2:]] == places


def test_layout_of_nothing_found() -> None:
    """The plain word first, then what the collection holds and how to see the nearest sentences."""
    assert _lines(not_found("?", (WEAK,))) == [
        NONE,
        "Bộ sưu tập có 5 tài liệu. Thêm --all để xem những câu gần nhất.",
    ]
    assert _lines(not_found("?", (WEAK,)), nearest=3) == [
        NONE,
        "Bộ sưu tập có 5 tài liệu.",
        "",
        "Có thể liên quan, chưa đủ chắc để trả lời:",
        "",
        WEAK.text,
        "000.txt · dòng 2 · 20%",
    ]


def test_quotes_are_numbered_in_reading_order() -> None:
    """1, 2, 3, those below the threshold in a quieter look."""
    shown = paragraphs(found("?", SUMMIT, DIGEST, related=(WEAK,)), WORDS, nearest=3)
    assert [paragraph.marker for paragraph in shown if paragraph.marker] == [
        Run(" 1  ", Role.NUMBER),
        Run(" 2  ", Role.NUMBER),
        Run(" 3  ", Role.HINT),
    ]


def test_address_opens_at_the_sentence() -> None:
    """What is seen is the address, what it opens is the place."""
    links = [run for paragraph in paragraphs(found("?", SUMMIT), WORDS) for run in paragraph.runs if run.link]
    assert [run.text for run in links] == [SUMMIT.url]
    assert links[0].link is not None
    assert "#:~:text=" in links[0].link


def test_empty_paragraphs_are_empty_lines() -> None:
    """Air between quotes is a paragraph without runs."""
    assert list(paragraphs(found("?", SUMMIT, DIGEST), WORDS))[3] == Paragraph(())


def test_a_very_long_quote_is_cut_on_a_terminal_only() -> None:
    """The citation says how long it is; a pipe gets every byte."""
    text = "Quốc hội thông qua luật và " * 70
    quote = replace(SUMMIT, text=text, highlights=())
    shown, citation, *_ = _lines(found("?", quote))
    assert shown.endswith(LEFT_OUT) and text.startswith(shown.removesuffix(LEFT_OUT).strip())
    assert len(shown) < 1_010
    assert citation.endswith("93% · đã cắt bớt; cả câu dài 1.890 ký tự")
    assert plain(found("?", quote), WORDS).startswith(f"{text}\n  [1] ")
    english = [
        "".join(run.text for run in line.runs)
        for line in paragraphs(found("?", quote), replace(WORDS, texts=EN))
    ]
    assert english[1].endswith("cut; the whole sentence is 1,890 characters")
