"""What a written file holds, and words to fill files with."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from index.records import Dated
from index.remarks import Remark

ARTICLE = (
    "Hội nghị thượng đỉnh đã bế mạc tại thủ đô hôm qua với một tuyên bố chung của các nước thành viên.",
    "Tổng thống nhấn mạnh rằng khoản viện trợ bốn mươi tỷ đồng sẽ được chuyển trước tháng mười hai. "
    "Ông không trả lời câu hỏi của các phóng viên.",
    "Hội nghị năm sau sẽ được tổ chức ở một thành phố nhỏ bên bờ biển, nơi chưa từng đón nhiều khách như thế.",
)
ENGLISH = (
    "The assembly closed yesterday with a declaration that every delegation had signed before midnight.",
    "Observers had not expected so quick an end, because the committee was still divided on Monday.",
    "Next year the delegations will gather in a small town by the sea, which has never had so many guests.",
)
FRENCH = (
    "La conférence s'est achevée hier soir à l'hôtel de ville, après une journée de débats très animés.",
    "Le président a déclaré que l'aide serait versée dès l'été prochain, malgré les réserves exprimées.",
    "L'année prochaine, les délégués se réuniront au bord de la mer, où l'été est plus frais.",
)
DAY = dt.date(2024, 7, 12)


@dataclass(frozen=True)
class Read:
    """One document that must be read, attribute for attribute, under an id."""

    id: str
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    date: dt.date | None = None
    author: str | None = None
    language: str | None = None
    pages: tuple[int, ...] = ()
    body: int = 0
    dated: Dated = Dated.STATED
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Written:
    """A file: its name, its bytes, its documents, and how many problems it must report."""

    name: str
    data: bytes
    documents: tuple[Read, ...]
    problems: int = 0

    def put(self, folder: Path) -> Path:
        """Write it into a folder."""
        path = folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.data)
        return path


def paragraphs(*texts: str) -> str:
    """Join paragraphs as every reader does that makes its own text."""
    return "\n\n".join(texts)
