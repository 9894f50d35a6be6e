"""Files of office and mail programs other than Word."""

import datetime as dt

from index.records import Dated
from index.remarks import Remark, RemarkKind
from tests.index.sources.written.cases import ARTICLE, DAY, Read, Written, paragraphs
from tests.index.sources.written.zipped import open_document, shape, slides, workbook

_META = "<dc:title>Bài</dc:title><meta:initial-creator>An</meta:initial-creator><meta:creation-date>2024-07-12T09:30:00</meta:creation-date>"
LETTER = (
    "From: =?UTF-8?B?Tmd1eeG7hW4gQW4=?= <an@example.org>\r\nSubject: =?UTF-8?Q?B=C3=A1o_c=C3=A1o?=\r\n"
    "Date: Fri, 12 Jul 2024 10:00:00 +0700\r\nMessage-ID: <1@example.org>\r\n"
    f"Content-Type: text/plain; charset=utf-8\r\n\r\n{ARTICLE[0]}\r\n"
)


def _p(*texts: str) -> str:
    return "".join(f"<text:p>{text}</text:p>" for text in texts)


def _odf_row(*cells: str) -> str:
    inside = "".join(f"<table:table-cell>{_p(cell)}</table:table-cell>" for cell in cells)
    return f"<table:table-row>{inside}</table:table-row>"


def rtf(text: str, before: str = "") -> str:
    """Write RTF with every letter beyond ASCII in Unicode."""
    inside = "".join(
        c if c < "\x80" else f"\\u{ord(c) if ord(c) < 0x8000 else ord(c) - 0x10000}?" for c in text
    )
    return "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Times New Roman;}}" + before + inside + "}"


def programs() -> list[Written]:
    """Return files of OpenDocument, RTF, Excel, PowerPoint and mail."""
    sheet = (
        f'<table:table table:name="Số">{_odf_row("Nước", "Tỷ lệ")}{_odf_row("Đức", "25,3%")}</table:table>'
    )
    page = f"<draw:page><draw:frame><draw:text-box>{_p('{}')}</draw:text-box></draw:frame></draw:page>"
    table: list[list[str | float | None]] = [["Nước", "Tỷ lệ"], ["Đức", 0.253]]
    said = "Nước: Đức\tTỷ lệ: 25.3%"
    rows = (Read("{}:2", ARTICLE[1], "Một", date=dt.date(2024, 5, 1)),)
    items = [["Tiêu đề", "Nội dung", "Ngày"], ["Một", ARTICLE[1], "2024-05-01"]]
    return [
        Written(
            "odt/bai.odt", open_document("text", _p(*ARTICLE), meta=_META),
            (Read("odt/bai.odt", paragraphs(*ARTICLE), "Bài", date=DAY, dated=Dated.FILE, author="An"),),
        ),
        Written("odt/khac.txt", open_document("text", _p(*ARTICLE)), (Read("odt/khac.txt", paragraphs(*ARTICLE)),)),
        Written("ods/so.ods", open_document("spreadsheet", sheet), (Read("ods/so.ods", "Nước: Đức\tTỷ lệ: 25,3%", "Số"),)),
        Written("ods/rong.ods", open_document("spreadsheet", '<table:table table:name="a"/>'), (), 1),
        Written(
            "odp/chieu.odp", open_document("presentation", page.format("Một.") + page.format("Hai."), meta=_META),
            (Read("odp/chieu.odp", "Một.\n\nHai.", "Bài", date=DAY, dated=Dated.FILE, author="An", pages=(0, 6)),),
        ),
        Written("odp/rong.odp", open_document("presentation", "<draw:page/>"), (), 1),
        Written(
            "rtf/bai.rtf", rtf("\\par ".join(ARTICLE), "{\\info{\\title Bai}{\\creatim\\yr2024\\mo7\\dy12}}").encode(),
            (Read("rtf/bai.rtf", paragraphs(*ARTICLE), "Bai", date=DAY, dated=Dated.FILE),),
        ),
        Written("rtf/rong.rtf", b"{\\rtf1\\ansi }", (), 1),
        Written(
            "xlsx/so.xlsx", workbook({"Số": table, "Ẩn": [["bí mật"]]}, hidden=["Ẩn"], percents=["B2"]),
            (Read("xlsx/so.xlsx", said, "Số", date=DAY, dated=Dated.FILE, author="An",
                  remarks=(Remark(RemarkKind.HIDDEN, 1, (), ("Ẩn",)),)),),
        ),
        Written(
            "xlsx/tin.xlsx", workbook({"Tin": items}),
            tuple(Read("xlsx/tin.xlsx:2", each.text, each.title, date=each.date, author="An") for each in rows),
        ),
        Written(
            "pptx/chieu.pptx", slides([(shape(ARTICLE[0]), "Nói chậm."), (shape("Hai."), "")], title="Trình bày"),
            (Read("pptx/chieu.pptx", paragraphs(ARTICLE[0], "Nói chậm.", "Hai."), "Trình bày", date=DAY, dated=Dated.FILE, author="An",
                  pages=(0, len(ARTICLE[0]) + 13)),),
        ),
        Written("pptx/rong.pptx", slides([("", "")]), (), 1),
        Written("mail/thu.eml", LETTER.encode(), (Read("mail/thu.eml", ARTICLE[0], "Báo cáo", date=DAY, author="Nguyễn An"),)),
        Written("mail/thu.txt", LETTER.encode(), (Read("mail/thu.txt", ARTICLE[0], "Báo cáo", date=DAY, author="Nguyễn An"),)),
        Written(
            "mbox/hop.mbox", f"From a@b.vn Fri Jul 12 10:00:00 2024\r\n{LETTER}\r\n".encode() * 2,
            tuple(Read(f"mbox/hop.mbox:{n}", ARTICLE[0], "Báo cáo", date=DAY, author="Nguyễn An") for n in (1, 2)),
        ),
        Written("mbox/rong.mbox", b"\n\n", (), 1),
    ]  # fmt: skip
