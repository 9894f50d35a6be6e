"""Talks of several questions: follow-ups reach their sentence, and other questions are left alone."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from bot.about import subject
from bot.followup import Turn, Unclear, understand
from index.sources import sample_folder
from tests.bot import dialogues, more_dialogues
from tests.bot.dialogues import UNCLEAR

ROOT = Path(__file__).resolve().parents[2]
NAMES = subject(path.read_text("utf-8") for path in sample_folder().glob("*.txt")).words
TABLES = pytest.mark.parametrize("table", [dialogues, more_dialogues], ids=lambda each: each.__name__)
needs_model = pytest.mark.skipif(not (ROOT / "index" / "model").exists(), reason="without the bundled model")
Answered = Callable[[str], str | None]


def understood(questions: list[str], answered: Answered = lambda question: None) -> list[str | Unclear]:
    """Spell out each question of a talk as the bot does, by those before it."""
    talk: list[Turn] = []
    found: list[str | Unclear] = []
    for question in questions:
        whole = understand(question, talk, NAMES) or question
        if isinstance(whole, Unclear):
            found.append(whole)
            continue
        found.append(whole)
        talk.insert(0, Turn(whole, answered(whole)))
    return found


def test_there_are_enough_of_them() -> None:
    """A hundred talks at least, in each table about half of them traps."""
    assert sum(len(table.LEANING) + len(table.ALONE) for table in (dialogues, more_dialogues)) >= 100
    for table in (dialogues, more_dialogues):
        assert len(table.ALONE) >= 0.45 * (len(table.LEANING) + len(table.ALONE))
        assert all(2 <= len(talk) <= 4 for talk in (*(talk for talk, _ in table.LEANING), *table.ALONE))


@TABLES
def test_what_stands_alone_is_not_bent(table: ModuleType) -> None:
    """At most three of a hundred change."""
    bent = [talk for talk in table.ALONE if understood(talk)[-1] != talk[-1]]
    assert len(bent) <= 0.03 * len(table.ALONE), bent


@pytest.mark.parametrize(("talk", "most"), UNCLEAR)
def test_who_is_meant_is_asked_back(talk: list[str], most: int) -> None:
    """With whole questions to choose from, one for each candidate."""
    found = understood(talk)[-1]
    assert isinstance(found, Unclear)
    assert len(found.questions) == most
    assert all("ấy" not in question for question in found.questions)


@needs_model
@TABLES
def test_what_leans_reaches_the_right_sentence(table: ModuleType, tmp_path: Path) -> None:
    """85 of 100 follow-ups are answered first with the right sentence, over the sample collection."""
    from bot.settings import Settings
    from bot.terminal.screen import Screen
    from bot.texts.collection import collection_texts
    from bot.wiring import open_answerers, open_parts

    settings = Settings(data_dir=tmp_path)
    parts = open_parts(settings)
    parts.build(sorted(sample_folder().glob("*.txt")), Screen(), collection_texts("vi"))
    missed = []
    with parts.generation(Screen()) as generation:
        answerer = open_answerers(settings, parts)(generation)

        def answered(question: str) -> str | None:
            quotes = answerer.answer(question, top=1, related=0).quotes
            return next((each.text[slice(*each.answer)] for each in quotes if each.answer), None)

        for talk, wanted in table.LEANING:
            found = understood(talk, answered)[-1]
            quotes = () if isinstance(found, Unclear) else answerer.answer(found, top=1, related=1)
            first = [*quotes.quotes, *quotes.related][:1] if not isinstance(quotes, tuple) else []
            if not any(wanted in each.text for each in first):
                missed.append((talk[-1], found, [each.text for each in first]))
    told = "\n".join(map(str, missed))
    assert len(missed) <= 0.15 * len(table.LEANING), told
