"""Figures for questions with known answers, against figures made by hand."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import SourceError
from index.sources import sample_folder
from retrieval.evaluation import Case, Expected, Row, Verdict, judge, read_cases, summarise
from retrieval.records import Status
from tests.bot.fakes import DIGEST, SUMMIT, WEAK, found, not_found

PLACE = Expected("004.txt", 2400, 2471)


def case(kind: str = "vi", *expected: Expected) -> Case:
    """Make a question."""
    return Case("1", kind, "?", expected)


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        (2400, 2471, True),
        (2300, 2500, True),
        (2400, 2436, True),
        (2400, 2435, False),
        (2436, 2471, False),
        (2435, 2471, True),
        (2471, 2600, False),
        (0, 100, False),
    ],
)
def test_a_quote_is_right_when_it_covers_more_than_half(start: int, end: int, right: bool) -> None:
    """Of 71 characters 36 are enough and 35 are not."""
    answer = found("?", replace(SUMMIT, start=start, end=end))
    assert judge(case("vi", PLACE), answer).rank == (1 if right else None)


def test_the_document_must_be_the_same() -> None:
    """The same offsets in another document are another place."""
    assert judge(case("vi", PLACE), found("?", replace(SUMMIT, document="003.txt"))).rank is None


def test_ranks_go_on_below_the_threshold() -> None:
    """The ranking is judged even where the answer was withheld."""
    weak = Expected(WEAK.document, WEAK.start, WEAK.end)
    assert judge(case("vi", weak), found("?", SUMMIT, DIGEST, related=(WEAK,))).rank == 3
    assert judge(case("vi", weak), not_found("?", (WEAK,))) == Verdict(case("vi", weak), 1, Status.NOT_FOUND)


def test_any_expected_place_and_any_twin_is_right() -> None:
    """The same words elsewhere are as good, and so is each of several expected places."""
    twin = Expected("001.txt", SUMMIT.start, SUMMIT.end)
    assert judge(case("vi", Expected("x", 0, 9), twin), found("?", SUMMIT, DIGEST)).rank == 2


def test_summary_by_hand() -> None:
    """Four answerable and two unanswerable questions, in two languages."""
    right = case("vi", PLACE)
    verdicts = [
        Verdict(right, 1, Status.FOUND),
        Verdict(right, 2, Status.FOUND),
        Verdict(right, 4, Status.NOT_FOUND),
        Verdict(case("en", PLACE), None, Status.FOUND),
        Verdict(case("vi-none"), None, Status.NOT_FOUND),
        Verdict(case("vi-none"), None, Status.FOUND),
    ]
    assert summarise(verdicts) == [
        Row("vi", 3, 1 / 3, 2 / 3, (1 + 1 / 2 + 1 / 4) / 3, 2 / 3, None),
        Row("en", 1, 0.0, 0.0, 0.0, 1.0, None),
        Row("vi-none", 2, None, None, None, None, 0.5),
        Row("all", 6, 1 / 4, 2 / 4, (1 + 1 / 2 + 1 / 4 + 0) / 4, 3 / 4, 0.5),
    ]


def test_sample_questions_are_read() -> None:
    """The questions that come with the sample collection are all read."""
    cases = read_cases(sample_folder() / "questions.jsonl")
    assert len(cases) >= 190
    assert len({one.id for one in cases}) == len(cases)
    assert sum(not one.answerable for one in cases) >= 40


GOOD = {"id": "1", "kind": "vi", "question": "Ở đâu?", "expected": [{"document": "a", "start": 0, "end": 3}]}


def test_one_row(tmp_path: Path) -> None:
    """Marks of byte order and empty lines do not count."""
    file = tmp_path / "questions.jsonl"
    file.write_text(f"\ufeff{json.dumps(GOOD)}\n\n", encoding="utf-8")
    assert read_cases(file) == [Case("1", "vi", "Ở đâu?", (Expected("a", 0, 3),))]


@pytest.mark.parametrize(
    "row",
    [
        "{",
        "[]",
        "7",
        '"text"',
        json.dumps({**GOOD, "question": 7}),
        json.dumps({**GOOD, "kind": None}),
        json.dumps({**GOOD, "expected": [{"document": "a", "start": 3, "end": 3}]}),
        json.dumps({**GOOD, "expected": [{"document": "a"}]}),
        json.dumps({**GOOD, "expected": 5}),
        json.dumps({**GOOD, "expected": []}),
        "[" * 100_000,
    ],
)
def test_bad_rows_are_named(tmp_path: Path, row: str) -> None:
    """A line that is no question is refused with its number."""
    file = tmp_path / "questions.jsonl"
    file.write_text(f"{json.dumps(GOOD)}\n{row}\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"^Line 2 of "):
        read_cases(file)


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    """Missing, empty, a folder, not UTF-8: one sentence each."""
    (tmp_path / "empty").touch()
    (tmp_path / "latin").write_bytes(b"\xe9\xff")
    for name, said in [
        ("missing", "No such file"),
        ("empty", "no question"),
        (".", "director"),
        ("latin", "UTF-8"),
    ]:
        with pytest.raises(SourceError, match=said):
            read_cases(tmp_path / name)
