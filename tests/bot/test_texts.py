"""The bot's own sentences, and in which language it speaks."""

import datetime as dt
import json
from typing import NamedTuple

import pytest

from bot.texts.choose import texts_for
from bot.texts.collection import EN as COLLECTION_EN
from bot.texts.collection import VI as COLLECTION_VI
from bot.texts.en import EN
from bot.texts.explain import EN as EXPLAIN_EN
from bot.texts.explain import VI as EXPLAIN_VI
from bot.texts.vi import VI
from index.sources import sample_folder
from retrieval.question.vietnamese import looks_vietnamese

VIETNAMESE = [
    "Hội nghị NATO năm 2025 ở đâu?",
    "ai la tong thu ky nato",
    "hoi nghi thuong dinh nam 2025 to chuc o dau",
    "bao nhieu bo truong quoc phong hop o Brussels",
    "NGA NOI GI VE PHONG TOA HANG HAI",
    "Ho\u0302\u0323i nghi\u0323",  # NFD
    "còn Đức thì sao?",
    "giá vàng hôm nay?",
]
OTHER = [
    "Who is the secretary general of NATO?",
    "when did the summit end",
    "is it to be or not to be",
    "Où se tiendra le sommet de l'OTAN à La Haye ?",
    "Wo fand das Treffen der Verteidigungsminister statt?",
    "À quelle date la réunion a-t-elle été tenue à Paris ?",
    "¿Dónde será la cumbre de 2025?",
    "Где пройдёт саммит НАТО?",
    "北约峰会在哪里举行？",
    "NATOサミットはどこで？",
    "",
    "2025?",
]


@pytest.mark.parametrize("question", VIETNAMESE)
def test_vietnamese_is_recognised(question: str) -> None:
    """Accents tell, and without accents the shape of the words."""
    assert texts_for(question) is VI


@pytest.mark.parametrize("question", OTHER)
def test_other_languages_get_english(question: str) -> None:
    """Every language that the bot does not speak gets English."""
    assert texts_for(question) is EN


def test_language_of_the_sample_questions() -> None:
    """Every question of the sample collection is answered in Vietnamese exactly when it is Vietnamese."""
    rows = (sample_folder() / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    wrong = [
        row
        for row in map(json.loads, rows)
        if looks_vietnamese(row["question"]) != row["kind"].startswith("vi")
    ]
    assert len(rows) > 200
    assert wrong == []


def test_setting_wins_over_the_question() -> None:
    """A language that is set is spoken whatever the question's is."""
    assert texts_for("Who?", "vi") is VI
    assert texts_for("Ở đâu?", "en") is EN


def test_vietnamese_sentences() -> None:
    """Numbers and days are written as in Vietnamese."""
    assert (
        VI.coverage(1234, 5, dt.date(2024, 7, 2))
        == "Bộ sưu tập có 1.234 tài liệu, 5 câu, mới nhất ngày 2/7/2024."
    )
    assert VI.coverage(2, 5, None) == "Bộ sưu tập có 2 tài liệu, 5 câu."
    assert VI.line(1000) == "dòng 1.000"


def test_english_sentences() -> None:
    """Numbers and days are written as in English, with a singular for one."""
    assert EN.coverage(1, 1234, dt.date(2024, 7, 2)) == (
        "The collection has 1 document, 1,234 sentences, the newest of 2 Jul 2024."
    )
    assert EN.coverage(2, 1, None) == "The collection has 2 documents, 1 sentence."
    assert EN.line(7) == "line 7"


@pytest.mark.parametrize(
    ("english", "other"), [(EN, VI), (COLLECTION_EN, COLLECTION_VI), (EXPLAIN_EN, EXPLAIN_VI)]
)
def test_nothing_is_left_in_english(english: NamedTuple, other: NamedTuple) -> None:
    """What Vietnamese did not say would be said in English."""
    assert all(other)
    for name, ours, theirs in zip(english._fields, english, other, strict=True):
        assert ours != theirs, name
