"""Stand-ins for the floors below: an answerer with fixed answers over a small collection."""

import datetime as dt
from dataclasses import replace
from typing import cast

from bot.terminal.open_collection import OpenCollection
from retrieval.answer import Answerer
from retrieval.question import read_question
from retrieval.ranking import Explanation
from retrieval.ranking.explanation import Contribution, Reason, Sums
from retrieval.records import EVERYTHING, Answer, DocumentFilter, Quote, Refusal, Status

SUMMIT = Quote(
    text="Hội nghị thượng đỉnh NATO năm 2025 sẽ được tổ chức tại La Haye, Hà Lan.",
    document="004.txt",
    title="Bế mạc hội nghị thượng đỉnh NATO",
    source="TTXVN",
    url="https://news.example/the-gioi/be-mac-20240712.htm",
    date=dt.date(2024, 7, 12),
    line=25,
    start=2400,
    end=2471,
    probability=0.934,
    row=40,
    highlights=((0, 25), (55, 62)),
)
DIGEST = Quote(
    text="Ngày 10/4, khoảng 30 bộ trưởng quốc phòng các quốc gia đã nhóm họp tại trụ sở NATO ở Brussels.",
    document="000.txt",
    title=None,
    source=None,
    url=None,
    date=None,
    line=4,
    start=600,
    end=695,
    probability=0.61,
    row=7,
    highlights=((11, 20),),
    also=(replace(SUMMIT, document="001.txt", title=None, source=None, url=None, date=None, line=9),),
)
WEAK = replace(
    DIGEST,
    text="Nga phát đi thông điệp cứng rắn.",
    line=2,
    start=300,
    end=332,
    probability=0.2,
    row=3,
    highlights=(),
    also=(),
)
GENERATION = "20261123-000000-abcdef"


def found(question: str, *quotes: Quote, related: tuple[Quote, ...] = ()) -> Answer:
    """Make an answer with quotes."""
    return Answer(question, Status.FOUND, quotes, related, None, 4.25, GENERATION)


def not_found(question: str, related: tuple[Quote, ...] = ()) -> Answer:
    """Make the answer that the collection does not have it."""
    return Answer(question, Status.NOT_FOUND, (), related, None, 3.0, GENERATION)


def refused(question: str) -> Answer:
    """Make the answer to a question that cannot be asked."""
    return Answer(question, Status.REFUSED, (), (), Refusal.EMPTY, 0.0, GENERATION)


class FakeAnswerer:
    """Knows the summit (two quotes, one weak sentence) and nothing else; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, int]] = []
        self.only = EVERYTHING
        self.explained: list[tuple[str, int]] = []

    def explain(self, question: str, *, top: int = 3, only: DocumentFilter = EVERYTHING) -> Explanation:
        """Explain the weak sentence, whatever is asked."""
        self.explained.append((question, top))
        if not question.strip():
            return Explanation(None, Refusal.EMPTY, (), 0.5, 0, ())
        sums = Sums(
            (Contribution("late_rare", 0.5, 4.0), Contribution("words_before", 0.25, -2.0)),
            (Contribution("score", 1.5, 1.0),),
            (),
            0.9,
            1.0,
            0.2,
        )
        return Explanation(read_question(question), None, (), 0.5, 7, (Reason(WEAK, sums, ("Nga",), 0),))

    def answer(
        self, question: str, *, top: int = 3, related: int = 3, only: DocumentFilter = EVERYTHING
    ) -> Answer:
        """Answer questions that name NATO."""
        self.asked.append((question, top, related))
        self.only = only
        if not question.strip():
            return refused(question)
        if "nato" not in question.lower():
            return replace(not_found(question, (WEAK,)[:related]), only=only)
        asked = read_question(question)
        answer = found(question, *(SUMMIT, DIGEST)[:top], related=(WEAK,)[:related])
        return replace(answer, understood=asked.text if asked.understood else None)


def collection(answerer: FakeAnswerer | None = None) -> OpenCollection:
    """Open a collection over the stand-in."""
    return OpenCollection(
        answerer=cast(Answerer, answerer or FakeAnswerer()),
        first_words=lambda document: "Ngày 22/4, Tổng thống Ukraine…" if document == "000.txt" else None,
        documents=5,
        sentences=143,
        newest=dt.date(2024, 7, 12),
        names=lambda: frozenset({"NATO", "EU"}),
    )
