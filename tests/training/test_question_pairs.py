"""Pairs for the question's vector: from what they are made, and that they are made once."""

from pathlib import Path

import pytest

from training import corpora, question_pairs
from training.corpora import Extractive, Pair
from training.reader_groups import is_held_out

ENGLISH = "The president of the country spoke about the economy today."
VIETNAMESE = "Hôm nay tổng thống nước này phát biểu về kinh tế."
RUSSIAN = "Президент страны сегодня говорил об экономике."


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a few rows in the place of the corpora."""
    titles = [f"title {number}" for number in range(40)]
    rows = [Extractive("vi", t, f"Một câu của {t}. Hai câu.", f"Hỏi {t}?", "Một", 0) for t in titles]
    rows.append(Extractive("vi", "unanswered", "Một câu.", "Không?", "", -1))
    others = [Pair("ru", "", ENGLISH, RUSSIAN), Pair("ru", "", "Nobody has said this in Vietnamese.", "Нет")]
    monkeypatch.setattr(corpora, "english_vietnamese", lambda _: [Pair("vi", "", ENGLISH, VIETNAMESE)])
    monkeypatch.setattr(corpora, "english_other", lambda _: others)
    monkeypatch.setattr(corpora, "extractive_files", lambda _: ["vi.some"])
    monkeypatch.setattr(corpora, "extractive", lambda *_: rows)
    monkeypatch.setattr(question_pairs, "written", lambda *_: [])


def test_what_they_are_made_of(tmp_path: Path) -> None:
    """Translations, by way of English, and people's questions, but none that is held out."""
    found = question_pairs.question_pairs(Path("corpora"), tmp_path, 1)
    said = [pair for pair in found if not pair.question.startswith("Hỏi ")]
    assert sorted(pair.sentence for pair in said) == [VIETNAMESE, VIETNAMESE, ENGLISH]
    assert all(set(p.question.split()) <= set(f"{ENGLISH} {RUSSIAN} {VIETNAMESE}".split()) for p in said)
    asked = {pair.question: pair.sentence for pair in found if pair.question.startswith("Hỏi ")}
    expected = {t for number in range(40) if not is_held_out(t := f"title {number}")}
    assert 0 < len(expected) < 40
    assert asked == {f"Hỏi {t}?": f"Một câu của {t}." for t in expected}


def test_they_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second time they are read, also without the corpora."""
    made = question_pairs.question_pairs(Path("corpora"), tmp_path, 1)
    monkeypatch.delattr(corpora, "extractive_files")
    assert question_pairs.question_pairs(Path("corpora"), tmp_path, 1) == made
