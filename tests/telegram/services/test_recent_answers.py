"""Answers are given again, but none that was made in a hurry to somebody for whom there is time."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.telegram.collection.live import LiveGeneration
from bot.telegram.memory.given_answers import Remembered
from bot.telegram.services import Services
from bot.telegram.services.recent_answers import Asked, RecentAnswers
from bot.telegram.updates.values import Me
from bot.texts.telegram import languages
from retrieval.records import Answer, Status
from tests.telegram.fake import FakeAnswerer, FakeStore

ASKED = Asked("g1", "?", 3, 1)


def answer(name: str) -> Answer:
    """Make an answer that differs from others."""
    return Answer(name, Status.NOT_FOUND, (), (), None, 1.0, "g1")


def test_an_answer_counts_for_those_who_are_in_as_great_a_hurry() -> None:
    """It is given only to the same question, and while at least as many wait as when it was made."""
    answers, hurried = RecentAnswers(), answer("hurried")
    assert answers.get(ASKED, 9) is None
    answers.keep(ASKED, 5, hurried)
    assert [answers.get(ASKED, waiting) is hurried for waiting in (0, 4, 5, 6)] == [False, False, True, True]
    others = (Asked("g2", "?", 3, 1), Asked("g1", "!", 3, 1), Asked("g1", "?", 4, 1), Asked("g1", "?", 3, 2))
    assert [answers.get(other, 9) for other in others] == [None] * 4


def test_the_better_answer_stays() -> None:
    """One made in more of a hurry takes the place of none, one made in less does; in whatever order."""
    for order in ((0, 3), (3, 0)):
        answers = RecentAnswers()
        for waiting in order:
            answers.keep(ASKED, waiting, answer(str(waiting)))
        assert answers.get(ASKED, 3) == answers.get(ASKED, 0) == answer("0")


def test_the_answers_that_were_used_last_stay() -> None:
    """256 of them."""
    answers = RecentAnswers()
    for number in range(256):
        answers.keep(ASKED._replace(top=number), 0, answer(str(number)))
    assert answers.get(ASKED._replace(top=0), 0) is not None
    answers.keep(ASKED._replace(top=256), 0, answer("one more"))
    left = [number for number in range(256) if answers.get(ASKED._replace(top=number), 0) is None]
    assert left == [1]


def test_a_question_is_read_again_when_there_is_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was answered while eight waited is answered anew for one who waits alone, and then kept."""
    hurries: list[int] = []
    plain = FakeAnswerer.answer

    def noted(self: FakeAnswerer, question: str, **more: Any) -> Answer:  # noqa: ANN401 - as it is given
        hurries.append(more["waiting"])
        return plain(self, question, **more)

    monkeypatch.setattr(FakeAnswerer, "answer", noted)
    store, anything = FakeStore(tmp_path / "CURRENT"), cast("Any", None)
    live, workers = LiveGeneration(store.open, store.current), SimpleNamespace(waiting=8)
    live.load()
    services = Services(
        *(anything, anything, languages(), anything, anything, anything, live),
        cast("Any", workers),
        Me(1, "trichdan_bot"),
    )
    remembered = Remembered("k", -5, 1, 2, (), "Mỹ viện trợ cho Ukraine bao nhiêu?", False, "g1")
    for waiting in (8, 8, 9, 0, 0, 8):
        workers.waiting = waiting
        assert services.screen(remembered).answer.status is Status.FOUND
    assert hurries == [8, 0]
