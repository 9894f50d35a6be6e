"""Rows with named columns, of CSV and JSONL files, as documents."""

import re
from collections.abc import Mapping

from index.errors import Message, Name, SourceError
from index.records import Document
from index.sources.files.files import Report, shown
from index.sources.legacy import modern
from index.sources.metadata.language import language_code
from index.sources.metadata.stated_dates import parse_date

FIELDS = ("id", "text", "title", "date", "url", "source", "author", "language")
"""What a column can hold."""

_NAMES = {
    "id": ("id", "key", "mã", "ma", "mã số", "stt", "guid"),
    "text": (
        "text", "content", "body", "article", "article body", "full text", "maintext", "main text",
        "description", "nội dung", "noi dung", "văn bản", "van ban", "bài viết", "bai viet", "toàn văn",
        "toan van",
    ),
    "title": ("title", "headline", "name", "subject", "tiêu đề", "tieu de", "tựa đề", "tua de", "nhan đề"),
    "date": (
        "date", "published", "published at", "publish date", "pubdate", "pub date", "publication date", "day",
        "ngày", "ngay", "ngày đăng", "ngay dang", "ngày xuất bản", "ngay xuat ban", "thời gian", "thoi gian",
    ),
    "url": ("url", "link", "address", "uri", "địa chỉ", "dia chi", "đường dẫn", "duong dan",
        "liên kết", "lien ket"),
    "source": ("source", "outlet", "publisher", "site", "newspaper", "nguồn", "nguon", "báo", "nhà xuất bản"),
    "author": ("author", "authors", "writer", "by", "byline", "tác giả", "tac gia", "người viết"),
    "language": ("language", "lang", "ngôn ngữ", "ngon ngu"),
}  # fmt: skip
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_SEPARATORS = re.compile(r"[\s_.-]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def fields_of(columns: list[str], named: Mapping[str, str]) -> dict[str, str]:
    """Return which column holds each field: by what was named, then by exact names, then by known names.

    Args:
        columns: The names of the columns.
        named: What columns hold, according to the operator: column → field.

    Raises:
        SourceError: A field was named that does not exist.
    """
    found: dict[str, str] = {}
    for column, field in named.items():
        if field not in FIELDS:
            raise SourceError(
                "{name} is no field of a document; name one of {fields}.",
                name=shown(field),
                fields=", ".join(FIELDS),
            )
        if column in columns:
            found.setdefault(field, column)
    for known in (dict(zip(FIELDS, FIELDS, strict=True)), _FIELD_OF):
        for column in columns:
            plain = _SEPARATORS.sub(" ", _CAMEL.sub(" ", column)).strip().lower()
            field = known.get(column if known is not _FIELD_OF else plain, "")
            if field and field not in found and column not in found.values() and column not in named:
                found[field] = column
    return found


class UnusableValueError(Exception):
    """A cell cannot be what its field is; `what` says why."""

    def __init__(self, what: Message) -> None:
        super().__init__(what)
        self.what = what


def row_document(
    row: Mapping[str, object], fields: Mapping[str, str], name: Name, default_id: str, report: Report
) -> Document:
    """Return the document of a row; a value beside the text that cannot be used is reported and left out.

    Args:
        row: Values by the names of their columns.
        fields: Which column holds each field.
        name: What to call the row in an error.
        default_id: The id of a row that has none.
        report: Takes each problem.

    Raises:
        SourceError: Its text or its id cannot be used.
    """
    column = fields.get("text", "text")
    try:
        text = _value("text", row.get(column))
        column = fields.get("id", column)
        identifier = _value("id", row.get(column)) if "id" in fields else None
    except UnusableValueError as value:
        raise SourceError(
            '{name} has a "{column}" {what}; left out.', name=name, column=column, what=value.what
        ) from None
    if not text or text.isspace():
        raise SourceError('{name} has no "{column}"; left out.', name=name, column=fields.get("text", "text"))
    said: dict[str, str | None] = {}
    for field, column in fields.items():
        try:
            said[field] = _value(field, row.get(column))
        except UnusableValueError as value:
            report(
                SourceError(
                    '{name} has a "{column}" {what}; read without it.',
                    name=name,
                    column=column,
                    what=value.what,
                )
            )
    written = said.get("date")
    return Document(
        identifier or default_id,
        modern(text, name)[0],
        title=said.get("title"),
        source=said.get("source"),
        url=said.get("url"),
        date=parse_date(written) if written else None,
        author=said.get("author"),
        language=language_code(said.get("language")),
    )


def _value(field: str, value: object) -> str | None:
    """Return what a cell says, None where it is empty.

    Raises:
        UnusableValueError: It cannot be what the field is.
    """
    if isinstance(value, int) and not isinstance(value, bool) and field == "id":
        value = str(value)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise UnusableValueError(Message("that is not a string"))
    if "\0" in value or not _is_encodable(value):
        raise UnusableValueError(Message("with a character that is none (NUL or half a pair)"))
    if field == "url" and not value.startswith(("http://", "https://")):
        raise UnusableValueError(Message("that is not http or https"))
    if field == "date" and parse_date(value) is None:
        raise UnusableValueError(Message("that is not a day such as 2024-07-12"))
    return value


def _is_encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:  # JSON can spell half of a surrogate pair
        return False
    return True
