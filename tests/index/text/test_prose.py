"""No sentence is longer than the limit, and what is no prose is left out and named."""

import base64
import random
import tracemalloc
from pathlib import Path

import pytest

from index.progress import nobody
from index.remarks import RemarkKind
from index.sources import read
from index.sources.files.files import HeldFile
from index.sources.files.limits import Options
from index.sources.reading import documents_within
from index.text.prose import GAP, is_prose
from index.text.segment import LONGEST_SENTENCE, Span, judged, quotable, segment
from tests.counting import calls, repeated
from tests.index.sources.written.cases import ARTICLE

DATA = base64.b64encode(random.Random(5).randbytes(60_000)).decode()  # noqa: S311 - test data
NO_PROSE = {
    "base64": DATA,
    "base64 in lines": "\n".join(DATA[at : at + 100] for at in range(0, 60_000, 100)).replace("\n", " "),
    "hexadecimal": DATA.encode().hex(),
    "markup": '<div class="x" id="a1"><span style="b:c">Một</span></div>' * 1_000,
    "minified script": "function a(b,c){return b+c;}var d=[1,2,3];if(a(1,2)>3){d.push(4)}" * 1_000,
    "JSON": '{"a":{"b":[1,2,{"c":"d"}],"e":null}},' * 1_000,
    "row of signs": "=" * 50_000,
}
PROSE = {
    "one line": "Quốc hội thông qua luật đất đai sửa đổi và " * 1_000,
    "without accents": "the assembly passed the law on land and " * 1_000,
    "ideographs": "国会通过了土地法修正案" * 3_000,
    "Thai": "ภาษาไทย" * 5_000,
    "in quotation marks": "“" + "Người dân nói rằng " * 2_000 + "”",
    "in brackets": "(" * 3 + "Người dân nói rằng " * 2_000 + ")" * 3,
    "with addresses": "Xem thêm tại https://a.b/c/d?e=f&g=h về kỳ họp và các luật mới, " * 500,
    "with signs": "Điều 5 (khoản 2) quy định: mức phạt 10% – 20% [1], từ 1/7/2024; " * 500,
}


def left_out(text: str) -> tuple[Span, ...]:
    """Return the passages of a text that are not quotable."""
    return tuple(span for span, is_quotable in judged(text) if not is_quotable)


@pytest.mark.parametrize("text", (NO_PROSE | PROSE).values(), ids=NO_PROSE | PROSE)
def test_no_sentence_is_longer_than_the_limit(text: str) -> None:
    """Whatever it contains: neither a comma nor a space is needed."""
    for begin in ("", "Một câu ngắn. "):
        for span in segment(begin + text):
            assert 0 < span.end - span.start <= LONGEST_SENTENCE


@pytest.mark.parametrize("text", NO_PROSE.values(), ids=NO_PROSE)
def test_what_is_no_prose_is_left_out_and_named(tmp_path: Path, text: str) -> None:
    """Alone it is no document; within one the rest is read, and the document says how much was left out."""
    assert quotable(text) == ()
    (tmp_path / "a.txt").write_text(text, "utf-8")
    (tmp_path / "b.txt").write_text(f"{ARTICLE[0]}\n\n{text}\n\n{ARTICLE[1]}\n", "utf-8")
    problems: list[str] = []
    (document,) = read([tmp_path], lambda error: problems.append(str(error)))
    assert document.id == "b.txt"
    (problem,) = problems
    assert "a.txt holds no prose" in problem
    (said,) = document.remarks
    assert said.kind is RemarkKind.NO_PROSE
    assert said.count == len(left_out(document.text)) >= 10
    kept = [document.text[span.start : span.end] for span in quotable(document.text)]
    assert ARTICLE[0].split(". ")[0] in " ".join(kept)
    assert not any(each in text for each in kept)


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_is_kept_whole(text: str) -> None:
    """Every character but spaces is in a sentence, in order; none is between two parts of one character."""
    spans = segment(text)
    assert (left_out(text), quotable(text)) == ((), spans)
    assert "".join("".join(text[span.start : span.end].split()) for span in spans) == "".join(text.split())


def test_characters_stay_whole() -> None:
    """A cut falls before a letter, not before a mark on it or what joins it to another."""
    for unit in ("a\u0323\u0302", "👩\u200d👩\u200d👧", "❤\ufe0f"):
        for shift in range(4):
            for span in segment("x" * shift + unit * 3_000):
                assert ("x" * shift + unit * 3_000)[span.start] in f"x{unit[0]}👧👩"


@pytest.mark.parametrize(
    "text", ["E = mc² (1), x = {y: [z]}", "https://a.b/" + "c" * 250, "| a | b |\n|---|---|"]
)
def test_short_passages_are_kept(text: str) -> None:
    """A formula, an address, a row of a table within a text are part of it."""
    assert all(is_prose for _, is_prose in judged(text))


@pytest.mark.parametrize("unit", [*(text[:50] for text in (NO_PROSE | PROSE).values()), "“a ", "(", "a"])
def test_calls_are_linear(unit: str) -> None:
    """Twice the text takes less than 2.6 times the calls."""
    counted = [calls(segment, repeated(unit, size)) for size in (20_000, 40_000, 80_000)]
    assert counted[1] < 2.6 * counted[0] and counted[2] < 2.6 * counted[1]


@pytest.mark.parametrize("text", (NO_PROSE | PROSE).values(), ids=NO_PROSE | PROSE)
def test_memory_is_a_few_bytes_a_character(text: str) -> None:
    """Of a row of brackets, too: of a text four times as long at most four times as much is held."""
    peaks = []
    for size in (20_000, 80_000):
        long = repeated(text, size)
        tracemalloc.start()
        segment(long)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < max(4.4 * peaks[0], 200_000)
    assert peaks[1] < 12 * 80_000


@pytest.mark.parametrize("kind", ["base64", "markup", "minified script", "one line"])
def test_a_text_is_divided_once_where_it_is_read(kind: str) -> None:
    """Counted in calls: reading a file takes little more than dividing its text."""
    text = repeated((NO_PROSE | PROSE)[kind], 100_000)

    def reading(long: str) -> None:
        file = HeldFile("a.txt", "a.txt", long.encode())
        list(documents_within(file, lambda error: None, Options(), nobody))

    reading(text)  # what is imported and remembered at the first time
    assert calls(reading, text) < 1.3 * calls(segment, text) + 1_000


def test_articles_are_prose() -> None:
    """Of what people write nothing is taken for anything else."""
    assert all(is_prose(paragraph) for paragraph in ARTICLE)


def test_a_sentence_with_a_gap_is_not_quoted() -> None:
    """The others are; what a person wrote in the same signs is no gap."""
    text = f"Diện tích là {GAP}, với r là bán kính. Bán kính là 2. Ông nói: […] thôi."
    assert [text[span.start : span.end] for span in quotable(text)] == [
        "Bán kính là 2.",
        "Ông nói: […] thôi.",
    ]
    assert len(segment(text)) == 3
    assert all(is_prose for _, is_prose in judged(text))
