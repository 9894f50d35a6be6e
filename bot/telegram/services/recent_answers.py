"""Answers from a moment ago: many ask the same, and every button of an answer asks again."""

import threading
from typing import Final, NamedTuple

from bot.system.latest import Latest
from retrieval.records import Answer

_MOST: Final = 256


class Asked(NamedTuple):
    """What an answer depends on.

    Attributes:
        generation: Name of the generation that answers.
        question: The question, with its filters.
        top: How many quotes at most.
        related: How many sentences below the threshold at most.
    """

    generation: str
    question: str
    top: int
    related: int


class RecentAnswers:
    """The answers used last, each with how many others waited when it was made; used from any thread.

    The more are waiting, the less is read for an answer. One that was made in a hurry is good enough for
    those who ask in as great a hurry, and not for who asks when there is time.
    """

    def __init__(self) -> None:
        self._answers: Latest[Asked, tuple[int, Answer]] = Latest(_MOST)
        self._lock = threading.Lock()

    def get(self, asked: Asked, waiting: int) -> Answer | None:
        """Return an answer that was made while no more were waiting than now."""
        with self._lock:
            then, answer = self._answers.get(asked, (0, None))
            if answer is None or then > waiting:
                return None
            self._answers.move_to_end(asked)
            return answer

    def keep(self, asked: Asked, waiting: int, answer: Answer) -> None:
        """Keep an answer, unless one is kept that was made while fewer were waiting."""
        with self._lock:
            then, _ = self._answers.get(asked, (waiting, answer))
            if then < waiting:
                return
            self._answers[asked] = waiting, answer
