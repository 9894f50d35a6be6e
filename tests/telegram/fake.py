"""A small collection with an answerer that can be told to be slow or to fail, for the flows' own tests."""

import datetime as dt
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from bot.telegram.collection.live import OpenGeneration
from index.errors import GenerationCorrupt, TrichDanError
from index.generation import Corpus
from index.records import Document, Sentence
from retrieval.answer import Answerer
from retrieval.question import Question, QuestionRefused, read_question
from retrieval.records import EVERYTHING, Answer, DocumentFilter, Quote, Refusal, Status

WEB = "https://baotintuc.vn/the-gioi/be-mac-hoi-nghi-thuong-dinh-nato-20240712104353995.htm"
LONG = tuple(
    f"Bản báo cáo dài {part} nói rằng "
    + "các bên 🤝🤝🤝🤝🤝🤝🤝🤝🤝🤝🤝🤝🤝🤝🤝🤝 thảo luận, " * 50
    + "và dừng ở đó."
    for part in ("một", "hai", "ba")
)
DOCUMENTS: tuple[Document, ...] = (
    Document(
        "nato.txt",
        "Ngày 11/7, Tổng thư ký Jens Stoltenberg đã tuyên bố bế mạc Hội nghị thượng đỉnh NATO tại "
        "Washington. "
        "Họ cam kết hỗ trợ an ninh cho Ukraine với mức tối thiểu là 40 tỷ euro trong năm tới. "
        "Hội nghị thượng đỉnh NATO năm 2025 sẽ được tổ chức tại La Haye, Hà Lan.",
        "Bế mạc hội nghị thượng đỉnh NATO",
        "Tin Tức TTXVN",
        WEB,
        dt.date(2024, 7, 12),
    ),
    Document(
        "vien-tro.txt",
        "Mỹ viện trợ 275 triệu USD cho Ukraine. Đức viện trợ 500 triệu euro cho Ukraine. "
        "Pháp viện trợ 100 khẩu pháo cho Ukraine. Na Uy viện trợ 7 tỷ USD cho Ukraine. "
        "Litva viện trợ xe bọc thép cho Ukraine 🇺🇦.",
    ),
    Document("dai.txt", " ".join(LONG)),
    Document("hop.txt", "Tại Paris, đại diện Mỹ, Đức và Pháp đã họp. Ở đó, Mỹ, Đức, Pháp lại hẹn nhau."),
    Document("xau.txt", "Hãy hỏi @nguoi_la hoặc bấm /start tại http://xau.example <b>ngay</b> & luôn."),
)
WIKI: tuple[Document, ...] = (
    Document(
        "http://wiki/quy-che",
        "Quy chế cho nghỉ phép mười hai ngày.",
        "Quy chế",
        "Wiki",
        "http://wiki/quy-che",
    ),
)
WORDY: tuple[Document, ...] = tuple(
    Document(
        f"tin{i}.txt", f"Bản tin số {i} nói về cơn bão.", f"Tin {i}", f"Báo {i}",
        f"https://bao{i}.example/{i}?" + "x" * 1900,
    )
    for i in range(7)
)  # fmt: skip
OTHERS = {"wiki": (*WIKI, *DOCUMENTS), "wordy": WORDY}


@dataclass
class FakeGeneration:
    """Documents split at full stops."""

    name: str = "g1"
    all: tuple[Document, ...] = DOCUMENTS
    closed: bool = False
    lines: list[Sentence] = field(default_factory=list)
    newest: dt.date | None = dt.date(2024, 7, 12)

    def __post_init__(self) -> None:
        for document in self.all:
            for found in re.finditer(r"\S.*?(?:[.!?](?=\s|$)|$)", document.text):
                row = len(self.lines)
                self.lines.append(Sentence(row, document.id, found.start(), found.end(), 1, 0, found.group()))

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self.lines)

    @property
    def documents(self) -> int:
        """How many documents there are."""
        return len(self.all)

    def document(self, document_id: str, /) -> Document:
        """Return a document."""
        return {document.id: document for document in self.all}[document_id]

    def document_at(self, position: int, /) -> Document:
        """Return a document by its place."""
        return self.all[position]

    def sentence(self, row: int, /) -> Sentence:
        """Return a sentence."""
        return self.lines[row]

    def iter_documents(self) -> Iterator[Document]:
        """Go through the documents."""
        return iter(self.all)

    def rows_of(self, document_id: str, /) -> range:
        """Return the rows of a document."""
        rows = [line.row for line in self.lines if line.document == document_id]
        return range(rows[0], rows[-1] + 1)

    def close(self) -> None:
        """Note that nobody reads any more."""
        self.closed = True


def words(text: str) -> set[str]:
    """Return the words of a text that say something."""
    return set(re.findall(r"\w+", text.lower())) - {"cho", "là", "gì", "bao", "nhiêu", "ở", "đâu", "của"}


def _read(question: str) -> Question | None:
    try:
        return read_question(question)
    except QuestionRefused:
        return None


@dataclass
class FakeAnswerer:
    """Answer with the sentences that hold most of the question's words: two thirds to be found.

    "ngủ 3" in a question takes three seconds, "hỏng" fails, "rỗng" is refused.
    """

    generation: FakeGeneration

    def answer(
        self,
        question: str,
        *,
        top: int = 3,
        related: int = 3,
        only: DocumentFilter = EVERYTHING,
        waiting: int = 0,
    ) -> Answer:
        """Answer a question; of the filters, the outlet counts."""
        started = time.perf_counter()
        if found := re.search(r"ngủ (\d+)", question):
            time.sleep(int(found[1]))
            question = question.replace(found.group(), "")
        if "hỏng" in question:
            raise RuntimeError(f"broken by {question}")
        asked = _read(question)
        understood = asked.text if asked and asked.understood else None
        question = understood or question
        wanted = words(question)
        if not wanted or "rỗng" in wanted:
            return Answer(question, Status.REFUSED, (), (), Refusal.EMPTY, 0.1, self.generation.name)
        scored = sorted(
            ((len(wanted & words(line.text)) / len(wanted), -line.row) for line in self._asked(only)),
            reverse=True,
        )
        quotes = tuple(self._quote(-row, s, wanted) for s, row in scored if s >= 0.6)[:top]
        others = tuple(self._quote(-row, s, wanted) for s, row in scored if 0.2 <= s < 0.6)[:related]
        status = Status.FOUND if quotes else Status.NOT_FOUND
        elapsed = 1000 * (time.perf_counter() - started)
        answer = Answer(question, status, quotes, others, None, elapsed, self.generation.name, only)
        return replace(answer, understood=understood)

    def _asked(self, only: DocumentFilter) -> list[Sentence]:
        sources = {document.id: document.source or "" for document in self.generation.all}
        return [line for line in self.generation.lines if (only.source or "") in sources[line.document]]

    def _quote(self, row: int, score: float, wanted: set[str]) -> Quote:
        line = self.generation.lines[row]
        document = self.generation.document(line.document)
        marks = tuple(
            (word.start(), word.end())
            for word in re.finditer(r"\w+", line.text)
            if word.group().lower() in wanted
        )
        return Quote(
            line.text, document.id, document.title, document.source, document.url, document.date,
            line.line, line.start, line.end, score, row, marks,
        )  # fmt: skip

    def around(self, row: int) -> tuple[Sentence | None, Sentence | None]:
        """Return the neighbours of a sentence."""
        lines, mine = self.generation.lines, self.generation.lines[row]
        before = lines[row - 1] if row and lines[row - 1].document == mine.document else None
        after = lines[row + 1] if row + 1 < len(lines) and lines[row + 1].document == mine.document else None
        return before, after

    def quote(self, row: int) -> Quote:
        """Return a sentence with its citation."""
        return self._quote(row, 0.0, set())


def opened(generation: FakeGeneration) -> OpenGeneration:
    """Open a generation over the stand-ins."""
    return OpenGeneration(cast(Answerer, FakeAnswerer(generation)), cast(Corpus, generation), "fake-encoder")


@dataclass(frozen=True)
class FakeStore:
    """The current generation, by the content of a file: `bad` is damaged, all but `g1` have more."""

    pointer: Path

    def current(self) -> str | None:
        """Return the name of the current generation."""
        return self.pointer.read_text("utf-8").strip() or None if self.pointer.exists() else "g1"

    def open(self) -> OpenGeneration:
        """Open the current generation."""
        name = self.current()
        if name is None:
            raise TrichDanError("Nothing has been published yet.")
        if name == "bad":
            raise GenerationCorrupt("A file of the generation is damaged.")
        documents = OTHERS.get(name, DOCUMENTS)
        if name != "g1" and name not in OTHERS:
            fresh = Document("moi.txt", f"Bản {name} có thêm tin này: Ý viện trợ hai hệ thống cho Ukraine.")
            documents = (fresh, *DOCUMENTS)
        generation = FakeGeneration(name, documents)
        return opened(generation)
