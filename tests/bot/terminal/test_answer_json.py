"""The JSON that README documents."""

import datetime as dt
import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.answer_json import answer_json
from index.records import Dated
from index.text.dates import Mention
from index.text.json_line import json_line
from retrieval.records import Lead
from tests.bot.fakes import DIGEST, GENERATION, SUMMIT, WEAK, found, not_found, refused

FIELDS = ["question", "understood", "status", "quotes", "elapsed_ms", "generation", "only"]
PLACE = [
    *("text", "document", "title", "author", "source", "url", "date", "date_from"),
    *("line", "page", "headings", "paragraph", "start", "end"),
]
QUOTE = [*PLACE, "passage", "answer", "days", "probability", "also", "also_more"]


def test_found() -> None:
    """Every field, in its order, with its value."""
    at = SUMMIT.text.index("La Haye")
    quote = replace(SUMMIT, answer=(at, at + 7))
    value = json.loads(answer_json(found("Ở đâu?", quote)))
    assert list(value) == FIELDS
    assert list(value["quotes"][0]) == QUOTE
    assert value == {
        "question": "Ở đâu?",
        "understood": None,
        "status": "found",
        "quotes": [
            {
                "text": SUMMIT.text,
                "document": "004.txt",
                "title": "Bế mạc hội nghị thượng đỉnh NATO",
                "author": None,
                "source": "TTXVN",
                "url": SUMMIT.url,
                "date": "2024-07-12",
                "date_from": "stated",
                "line": 25,
                "page": None,
                "headings": [],
                "paragraph": None,
                "start": 2400,
                "end": 2471,
                "passage": None,
                "answer": {"text": "La Haye", "start": 2400 + at, "end": 2407 + at},
                "days": [],
                "probability": 0.934,
                "also": [],
                "also_more": 0,
            }
        ],
        "elapsed_ms": 4.2,
        "generation": GENERATION,
        "only": None,
    }


def test_passage() -> None:
    """With the sentence before it is one place in the document; the sentence keeps its own."""
    shown = replace(SUMMIT, lead=Lead("NATO họp xong. ", 24))
    quote = json.loads(answer_json(found("?", shown)))["quotes"][0]
    text = f"NATO họp xong. {SUMMIT.text}"
    assert quote["passage"] == {"text": text, "line": 24, "page": None, "start": 2385, "end": 2471}
    assert (quote["text"], quote["line"], quote["start"]) == (SUMMIT.text, 25, 2400)


def test_what_is_unknown_is_null() -> None:
    """A document without title, outlet, address or date has null there, never a missing field."""
    quote = json.loads(answer_json(found("?", DIGEST)))["quotes"][0]
    assert list(quote) == QUOTE
    assert [quote[field] for field in ("title", "source", "url", "date", "date_from")] == [None] * 5


def test_the_same_news_elsewhere() -> None:
    """Every other place has its text and position; further ones are counted."""
    quote = json.loads(answer_json(found("?", replace(DIGEST, also_more=7))))["quotes"][0]
    (other,) = quote["also"]
    assert list(other) == PLACE
    assert (other["text"], other["document"], other["line"]) == (SUMMIT.text, "001.txt", 9)
    assert quote["also_more"] == 7


def test_days_and_how_they_are_known() -> None:
    """The document's day with its origin, and the days that the sentence names with theirs."""
    days = (
        Mention(dt.date(2024, 7, 11), Dated.RELATIVE, 0, 7),
        Mention(dt.date(2025, 1, 2), Dated.SENTENCE, 9, 17),
    )
    shown = replace(SUMMIT, dated=Dated.FILE_NAME, days=days)
    quote = json.loads(answer_json(found("?", shown)))["quotes"][0]
    assert (quote["date"], quote["date_from"]) == ("2024-07-12", "file_name")
    assert quote["days"] == [
        {"date": "2024-07-11", "from": "relative"},
        {"date": "2025-01-02", "from": "sentence"},
    ]


def test_not_found_and_refused() -> None:
    """No quotes, and never the related sentences, unless they were asked for."""
    assert json.loads(answer_json(not_found("?", (WEAK,)))) == {
        "question": "?",
        "understood": None,
        "status": "not_found",
        "quotes": [],
        "elapsed_ms": 3.0,
        "generation": GENERATION,
        "only": None,
    }
    assert json.loads(answer_json(refused("")))["status"] == "refused"


def test_short_forms_written_out() -> None:
    """The question as it was typed, and the one that was searched for."""
    value = json.loads(answer_json(replace(found("bn tuổi", SUMMIT), understood="bao nhiêu tuổi")))
    assert (value["question"], value["understood"]) == ("bn tuổi", "bao nhiêu tuổi")


def test_nearest() -> None:
    """Asked for, all ranked sentences are there, and each says on which side of the threshold it is."""
    value = json.loads(answer_json(found("?", SUMMIT, related=(WEAK,)), nearest=(SUMMIT, WEAK)))
    assert list(value) == FIELDS
    assert list(value["quotes"][0]) == [*QUOTE, "below_threshold"]
    assert [(quote["text"], quote["below_threshold"]) for quote in value["quotes"]] == [
        (SUMMIT.text, False),
        (WEAK.text, True),
    ]


@given(st.text(st.characters(exclude_categories=())))
def test_one_line_and_the_same_text(text: str) -> None:
    """Whatever a text holds, its JSON is one line without anything a terminal obeys, and means the text."""
    line = answer_json(found(text, replace(SUMMIT, text=text)))
    assert line.splitlines() == [line]
    assert not any(ord(character) < 32 or 127 <= ord(character) < 160 for character in line)
    line.encode()
    value = json.loads(line)
    assert value["question"] == value["quotes"][0]["text"] == json.loads(json.dumps(text))


def test_letters_stay_readable() -> None:
    """Letters of every script are kept."""
    assert json_line({"a": "Đức, 北约 👩\u200d🚀"}) == '{"a": "Đức, 北约 👩\u200d🚀"}'
