"""Filters in front of a question: the very form and nothing else."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question_filters import filtered, prefix
from retrieval.records import EVERYTHING, DocumentFilter


@pytest.mark.parametrize(
    ("text", "question", "only"),
    [
        ("since:2024-04-01 NATO họp ở đâu?", "NATO họp ở đâu?", DocumentFilter(since=dt.date(2024, 4, 1))),
        ("UNTIL:1/4/2024  NATO?", "NATO?", DocumentFilter(until=dt.date(2024, 4, 1))),
        (
            'source:"Tin Tức" since:2024-04-01 until:2024-04-01 ai?',
            "ai?",
            DocumentFilter(dt.date(2024, 4, 1), dt.date(2024, 4, 1), "Tin Tức"),
        ),
        (" source:tuoitre.vn ai là ai", "ai là ai", DocumentFilter(source="tuoitre.vn")),
    ],
)
def test_filters(text: str, question: str, only: DocumentFilter) -> None:
    """Days in two spellings, an outlet by name or host, in any order."""
    assert filtered(text) == (question, only)
    assert prefix(text) + question == text.rstrip()


@pytest.mark.parametrize(
    "text",
    [
        "từ 1/4/2024 NATO họp mấy lần?",
        "since 2024-04-01 who met?",
        "since: 2024-04-01 who met?",
        "since:April who met?",
        "since:2024-02-30 who met?",
        "since:2024-04-01",
        "since:2024-04-02 until:2024-04-01 who met?",
        "since:2024-04-01 since:2024-04-02 who met?",
        "who met since:2024-04-01 in Paris?",
        "source:… who?",
        "source:who?",
        "data since:2024-04-01",
        "",
    ],
)
def test_ordinary_questions_stay(text: str) -> None:
    """Whatever is not the form in full is asked as it was written."""
    assert filtered(text) == (text, EVERYTHING)
    assert prefix(text) == ""


@given(st.text(max_size=80).filter(lambda text: ":" not in text))
def test_without_a_colon_there_is_no_filter(text: str) -> None:
    """No text without the form is bent."""
    assert filtered(text) == (text, EVERYTHING)
