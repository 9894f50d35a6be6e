"""What the commands that build, change and list the collection say, in Vietnamese and English."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from bot.texts.en import count
from bot.texts.formats import FORMATS
from index.records import Dated
from index.remarks import RemarkKind

if TYPE_CHECKING:
    from index.indexer import BuildReport

_number = FORMATS["vi"].number


def _changed_en(report: "BuildReport") -> str:
    return (
        f"{report.generation}: {count(report.documents, 'document')}, {count(report.sentences, 'sentence')}, "
        f"{report.added} added, {report.changed} changed, {report.removed} removed, {report.reused} reused, "
        f"{count(len(report.problems), 'problem')}, {_remarks(report, REMARKS_EN)}{report.seconds:.1f} s"
    )


def _remarks(report: "BuildReport", said: Mapping[RemarkKind, Callable[[int], str]]) -> str:
    """Say what reading left out, or read from elsewhere, in the order of the kinds."""
    return "".join(f"{say(report.remarks[kind])}, " for kind, say in said.items() if report.remarks.get(kind))


REMARKS_EN: Mapping[RemarkKind, Callable[[int], str]] = {
    RemarkKind.HEADS: lambda many: f"{count(many, 'running head')} left out",
    RemarkKind.HIDDEN: lambda many: f"{count(many, 'hidden passage')} left out",
    RemarkKind.EQUATIONS: lambda many: f"{count(many, 'equation')} not read",
    RemarkKind.LINEAR_EQUATIONS: lambda many: f"{count(many, 'equation')} read as text",
    RemarkKind.UNREAD_PAGES: lambda many: f"{many:,} {'page' if many == 1 else 'pages'} without text",
    RemarkKind.UNREAD_GLYPHS: lambda many: f"{many:,} {'glyph' if many == 1 else 'glyphs'} without text",
    RemarkKind.NO_PROSE: lambda many: (
        f"{count(many, 'passage')} left out that {'is' if many == 1 else 'are'} no prose"
    ),
    RemarkKind.FORMS: lambda many: f"{count(many, 'form field')} read",
    RemarkKind.ANNOTATIONS: lambda many: f"{count(many, 'annotation')} read",
}
REMARKS_VI: Mapping[RemarkKind, Callable[[int], str]] = {
    RemarkKind.HEADS: lambda many: f"bỏ {_number(many)} dòng đầu và chân trang",
    RemarkKind.HIDDEN: lambda many: f"bỏ {_number(many)} đoạn chữ ẩn",
    RemarkKind.EQUATIONS: lambda many: f"{_number(many)} công thức không đọc được",
    RemarkKind.LINEAR_EQUATIONS: lambda many: f"đọc {_number(many)} công thức thành chữ",
    RemarkKind.UNREAD_PAGES: lambda many: f"{_number(many)} trang không có chữ",
    RemarkKind.UNREAD_GLYPHS: lambda many: f"{_number(many)} ký hiệu không rõ là chữ gì",
    RemarkKind.NO_PROSE: lambda many: f"bỏ {_number(many)} đoạn không phải văn xuôi",
    RemarkKind.FORMS: lambda many: f"đọc {_number(many)} ô biểu mẫu",
    RemarkKind.ANNOTATIONS: lambda many: f"đọc {_number(many)} chú thích",
}


def _changed_vi(report: "BuildReport") -> str:
    seconds = f"{report.seconds:.1f}".replace(".", ",")
    return (
        f"{report.generation}: {_number(report.documents)} tài liệu, {_number(report.sentences)} câu, "
        f"thêm {_number(report.added)}, đổi {_number(report.changed)}, bỏ {_number(report.removed)}, "
        f"dùng lại {_number(report.reused)}, {_number(len(report.problems))} chỗ có vấn đề, "
        f"{_remarks(report, REMARKS_VI)}{seconds} giây"
    )


def _sound_en(documents: int, sentences: int, faults: int) -> str:
    verdict = f"not sound, {count(faults, 'fault')}" if faults else "sound"
    return f"{verdict}: {count(documents, 'document')}, {count(sentences, 'sentence')}"


def _sound_vi(documents: int, sentences: int, faults: int) -> str:
    verdict = f"có {_number(faults)} lỗi" if faults else "nguyên vẹn"
    return f"{verdict}: {_number(documents)} tài liệu, {_number(sentences)} câu"


class CollectionTexts(NamedTuple):
    """The sentences of one language, by its ISO 639-1 code."""

    language: str = "en"
    first: Callable[[object, str], str] = lambda folder, called: (
        f"There is no index in {folder} yet: building one from {called} first."
    )
    sample: str = "the sample collection"
    stages: Mapping[str, str] = {}
    changed: "Callable[[BuildReport], str]" = _changed_en
    sample_left: str = "The sample collection has given way to your own documents."
    upgrading: str = (
        "The index is of an earlier version: making it anew; the old one stays until the new is sound."
    )
    problems: Callable[[int], str] = lambda many: (
        f"{many:,} files or rows were left out or read in part; -v names each."
    )
    unchanged: str = "Nothing has changed."
    nothing_new: Callable[[int], str] = lambda many: (
        f"Nothing new was found at {'the address' if many == 1 else f'the {many:,} addresses'}."
    )
    nothing_removed: str = "No document had to be removed; the address is not asked any more."
    pushed: Callable[[int, int, str], str] = lambda many, new, digest: (
        f"{many:,} sentences, {new:,} of them new (SHA-256 of all: {digest})."
    )
    sound: Callable[[int, int, int], str] = _sound_en
    answers: str = "answers now"
    none_listed: str = "The index holds no such document; `trichdan index list` names all there are."
    listed: tuple[str, ...] = ("document", "date", "source", "title", "address")
    generations: tuple[str, ...] = ("", "generation", "documents", "sentences", "newest", "encoder")
    damaged: str = "damaged"
    shown: tuple[str, ...] = (
        "id",
        "title",
        "author",
        "source",
        "address",
        "language",
        "date",
        "pages",
        "sentences",
        "read from",
    )
    sentences: tuple[str, str] = ("line", "sentence")
    dated: Mapping[Dated, str] = {
        Dated.STATED: "stated",
        Dated.DATELINE: "by its dateline",
        Dated.ADDRESS: "by its address",
        Dated.FILE_NAME: "by its file name",
        Dated.FILE: "the day on which its file was made",
    }
    remarks: Mapping[RemarkKind, Callable[[int], str]] = REMARKS_EN
    remarked: tuple[str, str, str] = ("in reading", "pages", "as")
    leaves: str = "Ctrl-D leaves."


EN = CollectionTexts()
VI = CollectionTexts(
    language="vi",
    first=lambda folder, called: f"Chưa có chỉ mục trong {folder}: lập chỉ mục từ {called} trước đã.",
    sample="bộ sưu tập mẫu",
    stages={
        "reading": "đang đọc",
        "fetching": "đang tải",
        "indexing": "lập chỉ mục",
        "publishing": "đang lưu",
        "asking": "đang hỏi",
        "pushing": "đang đưa lên",
        "comparing": "đang so lại",
    },
    changed=_changed_vi,
    sample_left="Bộ sưu tập mẫu đã nhường chỗ cho tài liệu của bạn.",
    upgrading="Chỉ mục thuộc bản cũ: đang lập lại, bản cũ được giữ đến khi bản mới nguyên vẹn.",
    problems=lambda many: (
        f"{_number(many)} tệp hoặc dòng bị bỏ qua hay chỉ đọc được một phần; thêm -v để xem từng chỗ."
    ),
    unchanged="Không có gì thay đổi.",
    nothing_new=lambda many: f"Không có gì mới ở {_number(many)} địa chỉ.",
    nothing_removed="Không phải bỏ tài liệu nào; địa chỉ đó sẽ không được hỏi nữa.",
    pushed=lambda many, new, digest: (
        f"{_number(many)} câu, {_number(new)} câu mới (SHA-256 của tất cả: {digest})."
    ),
    sound=_sound_vi,
    answers="từ giờ trả lời câu hỏi",
    none_listed="Không có tài liệu nào như vậy; `trichdan index list` liệt kê tất cả.",
    listed=("tài liệu", "ngày", "nguồn", "tên", "địa chỉ"),
    generations=("", "phiên bản", "tài liệu", "câu", "mới nhất", "bộ mã hoá"),
    damaged="bị hỏng",
    shown=("mã", "tên", "tác giả", "nguồn", "địa chỉ", "ngôn ngữ", "ngày", "số trang", "số câu", "đọc từ"),
    sentences=("dòng", "câu"),
    dated={
        Dated.STATED: "tài liệu ghi",
        Dated.DATELINE: "theo dòng đầu tin",
        Dated.ADDRESS: "theo địa chỉ",
        Dated.FILE_NAME: "theo tên tệp",
        Dated.FILE: "ngày tạo tệp",
    },
    remarks=REMARKS_VI,
    remarked=("khi đọc", "trang", "như"),
    leaves="Ctrl-D để thoát.",
)


def collection_texts(language: str) -> CollectionTexts:
    """Return the sentences of a language of the bot."""
    return VI if language == "vi" else EN
