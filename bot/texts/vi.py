"""Vietnamese."""

import datetime as dt

from bot.texts.en import Texts
from bot.texts.formats import FORMATS
from index.records import Dated
from retrieval.records import DocumentFilter

_number, _date = FORMATS["vi"].number, FORMATS["vi"].day


def _only(only: DocumentFilter) -> str:
    parts = [
        f"của “{only.source}”" if only.source is not None else "",
        f"từ ngày {_date(only.since)}" if only.since else "",
        f"đến ngày {_date(only.until)}" if only.until else "",
    ]
    return f"Chỉ hỏi các tài liệu {' '.join(filter(None, parts))}."


def _coverage(documents: int, sentences: int, newest: dt.date | None) -> str:
    said = f"Bộ sưu tập có {_number(documents)} tài liệu, {_number(sentences)} câu"
    return f"{said}, mới nhất ngày {_date(newest)}." if newest else f"{said}."


VI = Texts(
    language="vi",
    understood=lambda question: f"Hiểu là: {question}",
    who_is_meant=lambda choices: (
        "Bạn hỏi về ai? Gõ số, hoặc hỏi lại kèm tên:" if choices else "Bạn hỏi về ai? Hãy hỏi lại kèm tên."
    ),
    not_found="Không tìm thấy câu trả lời chắc chắn.",
    nothing="Bộ sưu tập không có gì về điều này.",
    only=_only,
    coverage=_coverage,
    show_nearest="Thêm --all để xem những câu gần nhất.",
    sample="Đây là bộ sưu tập mẫu, gồm năm bài báo; "
    "`trichdan index add THƯ_MỤC` thay nó bằng tài liệu của bạn.",
    perhaps="Có thể liên quan, chưa đủ chắc để trả lời:",
    perhaps_mark="có thể liên quan",
    also="cũng ở",
    also_more=lambda more: f"và {_number(more)} nơi khác",
    line=lambda line: f"dòng {_number(line)}",
    page=lambda page: f"tr. {_number(page)}",
    paragraph=lambda paragraph: f"đoạn {_number(paragraph)}",
    cut=lambda whole: f"đã cắt bớt; cả câu dài {_number(whole)} ký tự",
    inferred={Dated.ADDRESS: "theo địa chỉ", Dated.FILE_NAME: "theo tên tệp", Dated.FILE: "ngày tạo tệp"},
    date=_date,
)
