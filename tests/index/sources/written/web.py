"""Web pages, feeds, tables, rows and archives."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence

from index.records import Dated
from tests.index.sources.written.cases import ARTICLE, DAY, ENGLISH, FRENCH, Read, Written, paragraphs
from tests.index.sources.written.office import books
from tests.index.sources.written.pdfs import pdfs
from tests.index.sources.written.texts import tcvn3

_MENU = "".join(f'<li><a href="/muc-{n}">Link {n}</a></li>' for n in range(12))
_TITLE = "Bế mạc hội nghị"
_ADDRESS = "https://www.baothu.com.vn/the-gioi/be-mac-hoi-nghi-123.html"


def page(
    texts: Sequence[str], head: str = "", *, language: str = "vi", title: str = _TITLE, charset: str = "utf-8"
) -> str:
    """Write a page of a newspaper, with all that stands around an article."""
    body = "".join(f"<p>{text}</p>" for text in texts)
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="{charset}"><title>{title}</title>{head}</head>'
        f"<body><header><a href='/'>Home</a></header><nav><ul>{_MENU}</ul></nav><main><article>"
        f"<h1>{title}</h1>{body}</article></main><aside><h3>Top</h3><ul>{_MENU}</ul></aside>"
        "<footer><p>Copyright 2021.</p></footer><script>var x = 'script';</script></body></html>"
    )


def _pages() -> list[Written]:
    said = (
        f'<link rel="canonical" href="{_ADDRESS}"><meta property="og:site_name" content="Báo Thử">'
        '<meta name="author" content="Nguyễn An">'
        '<meta property="article:published_time" content="2024-07-12T10:43:00+07:00">'
    )
    stamped = f'<link rel="canonical" href="{_ADDRESS.replace("-123", "-20240712104353995")}">'
    json_ld = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": _TITLE,
            "datePublished": "2024-07-12",
            "author": {"@type": "Person", "name": "Trần Bình"},
        }
    )
    main = paragraphs(_TITLE, *ARTICLE)
    old = page(ARTICLE, charset="iso-8859-1")
    return [
        Written(
            "html/bao.html",
            page(ARTICLE, said).encode(),
            (Read("html/bao.html", main, _TITLE, "Báo Thử", _ADDRESS, DAY, "Nguyễn An", "vi"),),
        ),
        Written(
            "html/khong-ngay.htm",
            page(ARTICLE).encode(),
            (Read("html/khong-ngay.htm", main, _TITLE, language="vi"),),
        ),
        Written(
            "html/ngay-trong-dia-chi.html",
            page(ARTICLE, stamped).encode(),
            (
                Read(
                    "html/ngay-trong-dia-chi.html",
                    main,
                    _TITLE,
                    "baothu.com.vn",
                    _ADDRESS.replace("-123", "-20240712104353995"),
                    DAY,
                    language="vi",
                    dated=Dated.ADDRESS,
                ),
            ),
        ),
        Written(
            "html/json-ld.html",
            page(ARTICLE, f'<script type="application/ld+json">{json_ld}</script>').encode(),
            (Read("html/json-ld.html", main, _TITLE, date=DAY, author="Trần Bình", language="vi"),),
        ),
        Written(
            "html/english.html",
            page(ENGLISH, language="en-GB", title="The assembly closed").encode(),
            (
                Read(
                    "html/english.html",
                    paragraphs("The assembly closed", *ENGLISH),
                    "The assembly closed",
                    language="en",
                ),
            ),
        ),
        Written(
            "html/fr-latin1.html",
            page(FRENCH, language="fr", title="La conférence", charset="iso-8859-1").encode("iso-8859-1"),
            (
                Read(
                    "html/fr-latin1.html",
                    paragraphs("La conférence", *FRENCH),
                    "La conférence",
                    language="fr",
                ),
            ),
        ),
        Written("html/tcvn3.html", tcvn3(old), (Read("html/tcvn3.html", main, _TITLE, language="vi"),)),
        Written(
            "html/utf16.html",
            b"\xff\xfe" + page(ARTICLE).encode("utf-16-le"),
            (Read("html/utf16.html", main, _TITLE, language="vi"),),
        ),
        Written(
            "html/khong-duoi", page(ARTICLE).encode(), (Read("html/khong-duoi", main, _TITLE, language="vi"),)
        ),
    ]


def _feeds() -> list[Written]:
    items = "".join(
        f"<item><title>Tin {n}</title><link>https://baothu.com.vn/tin-{n}</link><guid>tin-{n}</guid>"
        f"<pubDate>Fri, 12 Jul 2024 0{n}:30:00 +0700</pubDate>"
        f"<description><![CDATA[<p>{text} <b>Hết.</b></p><img src='a.png'>]]></description></item>"
        for n, text in enumerate(ARTICLE)
    )
    rss = (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Báo Thử</title><language>vi-vn'
        f"</language>{items}</channel></rss>"
    )
    atom = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Journal</title>'
        "<entry><id>urn:1</id><title>Closed</title><link href='https://journal.example.com/1'/><author><name>Ann</name>"
        f"</author><published>2024-07-12T23:30:00-05:00</published><content type='html'>&lt;p&gt;{ENGLISH[0]}&lt;/p&gt;"
        f"&lt;p&gt;{ENGLISH[1]}&lt;/p&gt;</content></entry></feed>"
    )
    whole = (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Báo Thử</title><item><title>Đủ</title><link>https://baothu.com.vn/du-20240712.htm</link>"
        f"<description>Tóm tắt.</description><content:encoded><![CDATA[<p>{ARTICLE[0]}</p><p>{ARTICLE[2]}</p>]]>"
        "</content:encoded></item><item><title>Trống</title><guid>x</guid></item></channel></rss>"
    )
    return [
        Written(
            "feed/tin.rss",
            rss.encode(),
            tuple(
                Read(
                    f"https://baothu.com.vn/tin-{n}",
                    f"{text} Hết.",
                    f"Tin {n}",
                    "Báo Thử",
                    f"https://baothu.com.vn/tin-{n}",
                    DAY,
                    language="vi",
                )
                for n, text in enumerate(ARTICLE)
            ),
        ),
        Written(
            "feed/journal.atom",
            atom.encode(),
            (
                Read(
                    "https://journal.example.com/1",
                    paragraphs(*ENGLISH[:2]),
                    "Closed",
                    "The Journal",
                    "https://journal.example.com/1",
                    DAY,
                    "Ann",
                    "en",
                ),
            ),
        ),
        Written(
            "feed/du.xml",
            whole.encode(),
            (
                Read(
                    "https://baothu.com.vn/du-20240712.htm",
                    paragraphs(ARTICLE[0], ARTICLE[2]),
                    "Đủ",
                    "Báo Thử",
                    "https://baothu.com.vn/du-20240712.htm",
                    DAY,
                    dated=Dated.ADDRESS,
                ),
            ),
            problems=1,
        ),
    ]


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    """Write a table as spreadsheets do."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter)
    writer.writerows([columns, *rows])
    return written.getvalue().encode(encoding)


def _tables() -> list[Written]:
    rows = [
        ["Tin một", ARTICLE[0], "12/07/2024"],
        ["Tin hai", f"{ARTICLE[1]}\nDòng “hai”, sau.", "12-7-2024"],
    ]
    texts = [row[1] for row in rows]

    def two(name: str) -> tuple[Read, ...]:
        return tuple(
            Read(f"{name}:{n}", text, title, date=DAY)
            for n, text, title in zip((2, 3), texts, ("Tin một", "Tin hai"), strict=True)
        )

    english = [["7", "Closed", ENGLISH[0], "https://j.example.com/a-20240712.htm", "J", "Ann", "English"]]
    return [
        Written("csv/phay.csv", table(["title", "text", "date"], rows), two("csv/phay.csv")),
        Written(
            "csv/cham-phay.csv",
            table(["Tiêu đề", "Nội dung", "Ngày đăng"], rows, ";"),
            two("csv/cham-phay.csv"),
        ),
        Written("csv/tab.tsv", table(["TIEU DE", "noi_dung", "Ngày"], rows, "\t"), two("csv/tab.tsv")),
        Written(
            "csv/gach.csv", table(["headline", "articleBody", "pubDate"], rows, "|"), two("csv/gach.csv")
        ),
        Written(
            "csv/bom.csv",
            table(["Tựa đề", "Văn bản", "ngày xuất bản"], rows, ",", "utf-8-sig"),
            two("csv/bom.csv"),
        ),
        Written(
            "csv/excel.csv",
            table(["title", "content", "published"], rows, "\t", "utf-16"),
            two("csv/excel.csv"),
        ),
        Written(
            "csv/english.csv",
            table(["ID", "Headline", "Body", "Link", "Outlet", "By", "Lang"], english),
            (
                Read(
                    "7",
                    ENGLISH[0],
                    "Closed",
                    "J",
                    "https://j.example.com/a-20240712.htm",
                    DAY,
                    "Ann",
                    "en",
                    dated=Dated.ADDRESS,
                ),
            ),
        ),
        Written(
            "csv/hong.csv",
            table(
                ["text", "date"],
                [[ARTICLE[0], "hôm qua"], ["", ""], [ARTICLE[1], ""], [ARTICLE[2], "", "thừa"]],
            ),
            (Read("csv/hong.csv:2", ARTICLE[0]), Read("csv/hong.csv:4", ARTICLE[1])),
            problems=2,
        ),
    ]


def _rows() -> list[Written]:
    full = {
        "id": "r1",
        "title": "Một",
        "text": ARTICLE[0],
        "url": "https://baothu.com.vn/1",
        "date": "2024-07-12",
        "source": "Báo Thử",
        "author": "An",
        "language": "vi",
    }
    named = {"tiêu đề": "Hai", "nội dung": ARTICLE[1], "ngày": "12/7/2024", "tác giả": "Bình"}
    lines = [json.dumps(row, ensure_ascii=False) for row in (full, named)]
    return [
        Written(
            "rows/a.jsonl",
            "\n".join(lines).encode(),
            (
                Read("r1", ARTICLE[0], "Một", "Báo Thử", "https://baothu.com.vn/1", DAY, "An", "vi"),
                Read("rows/a.jsonl:2", ARTICLE[1], "Hai", date=DAY, author="Bình"),
            ),
        ),
        Written(
            "rows/b.ndjson",
            "\n".join(["{", lines[1]]).encode(),
            (Read("rows/b.ndjson:2", ARTICLE[1], "Hai", date=DAY, author="Bình"),),
            problems=1,
        ),
    ]


def pack(members: Mapping[str, bytes]) -> bytes:
    """Write an archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


def _archives() -> list[Written]:
    text = ARTICLE[0].encode()
    inside = [books()[0], pdfs()[1], books()[7]]
    moved = tuple(
        Read(**{**vars(read), "id": f"zip/tron.zip/{read.id}"})
        for written in inside
        for read in written.documents
    )
    return [
        Written(
            "zip/bai.zip",
            pack({"a.txt": text, "thư mục/b.txt": text, ".an.txt": text, "__MACOSX/c.txt": text}),
            (Read("zip/bai.zip/a.txt", ARTICLE[0]), Read("zip/bai.zip/thư mục/b.txt", ARTICLE[0])),
        ),
        Written("zip/tron.zip", pack({written.name: written.data for written in inside}), moved),
        Written(
            "zip/xau.zip",
            pack({"tot.txt": text, "../ra.txt": text, "a.exe": b"MZ\0", "b.zip": pack({"c": b""})}),
            (Read("zip/xau.zip/tot.txt", ARTICLE[0]),),
            problems=3,
        ),
    ]


def web() -> list[Written]:
    """Return pages, feeds, tables, rows and archives."""
    return [*_pages(), *_feeds(), *_tables(), *_rows(), *_archives()]
