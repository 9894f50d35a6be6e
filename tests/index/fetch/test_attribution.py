"""Where what came over the network is from: the host that gave it, whatever it claims."""

import datetime as dt
import json
from pathlib import Path

import pytest

from index.errors import SourceError
from index.fetch import Addresses
from index.fetch.attribution import attributed, is_same_host
from index.records import Dated, Document
from tests.index.fetch.test_fetch import PUBLIC, SITE, Site, site  # noqa: F401 - a fixture
from tests.index.sources.written.cases import ARTICLE, ENGLISH
from tests.index.sources.written.web import page

OTHER = "https://toasoan.vn/tin.html"
DATED = "https://toasoan.vn/2024/07/12/tin.html"
ELSEWHERE = "http://khac.example.com"


def rss(*items: str, title: str = "Báo Thử", link: str = "") -> str:
    """Write a feed of items."""
    head = f"<title>{title}</title>" + (f"<link>{link}</link>" if link else "")
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel>{head}{''.join(items)}</channel></rss>"
    )


def item(link: str = "", guid: str = "", *, summary: str = "", whole: str = "", title: str = "") -> str:
    """Write an entry."""
    parts = {
        "title": title,
        "link": link,
        "description": summary,
        "content:encoded": f"<![CDATA[{whole}]]>" if whole else "",
    }
    named = f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return (
        f"<item>{''.join(f'<{key}>{value}</{key}>' for key, value in parts.items() if value)}{named}</item>"
    )


def added(site: Site, url: str, folder: Path) -> tuple[list[Document], list[str]]:  # noqa: F811
    """Return the documents of an address, and what was said."""
    problems: list[str] = []
    addresses = Addresses(folder, network=site.network)
    return list(addresses.add(url, lambda error: problems.append(str(error)))), problems


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.vn/x", "https://a.vn/y", True),
        ("http://a.vn/x", "http://www.a.vn", True),
        ("http://A.vn:80/", "https://a.VN:443/", True),
        ("http://a.vn./", "http://a.vn/", True),
        ("http://tôi.vn/", f"http://{'tôi'.encode('idna').decode()}.vn/", True),
        ("http://a.vn:8080/", "http://a.vn:8080/x", True),
        ("http://a.vn:8080/", "http://a.vn:8081/", False),
        ("http://a.vn/", "http://b.a.vn/", False),
        ("http://a.vn/", "http://a.vn.e.com/", False),
        ("http://a.vn/", "http://a.vn@e.com/", False),
        ("http://a.vn/", "ftp://a.vn/", False),
        ("http://[bad", "http://[bad", False),
        ("ok.txt", "ok.txt", False),
    ],
)
def test_hosts(one: str, other: str, same: bool) -> None:
    """The usual ports and `www.` make no other host; anything else does."""
    assert is_same_host(one, other) is is_same_host(other, one) is same


@pytest.mark.parametrize(
    ("name", "url", "shown"),
    [
        ("Tuổi Trẻ Online", "https://tuoitre.vn/a", "Tuổi Trẻ Online"),
        ("Báo Đại Đoàn Kết", "http://daidoanket.vn/a", "Báo Đại Đoàn Kết"),
        ("BBC News Tiếng Việt", "https://www.bbc.co.uk/a", "BBC News Tiếng Việt"),
        ("tintuc", "https://baotintuc.vn/a", "tintuc"),
        ("example.org", "https://www.example.org/", "example.org"),
        ("Tuổi Trẻ", "https://evil.com/a", "Tuổi Trẻ (evil.com)"),
        ("VnExpress", "https://vnexpress.evil.com/", "VnExpress (vnexpress.evil.com)"),
        ("VnExpress", "https://evil.com/vnexpress.net", "VnExpress (evil.com)"),
        ("Thông tấn xã", "http://127.0.0.1:8931/", "Thông tấn xã (127.0.0.1)"),
        ("vn", "https://vn.vn/", "vn (vn.vn)"),
        ("Com", "https://evil.com.vn/", "Com (evil.com.vn)"),
        (None, "https://evil.com/", None),
    ],
)
def test_the_name_of_an_outlet(name: str | None, url: str, shown: str | None) -> None:
    """It stands alone where its host bears it, and beside its host elsewhere."""
    assert attributed(Document("x", "y", source=name), url).source == shown


def test_what_a_page_claims_of_another_host_does_not_count(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """Neither address nor outlet."""
    head = f'<link rel="canonical" href="{OTHER}"><meta property="og:site_name" content="Toà Soạn">'
    for name in ("canonical", "og"):
        by_og = head.replace('link rel="canonical" href', 'meta property="og:url" content')
        claim = head if name == "canonical" else by_og
        site.put(f"/{name}.html", page(ARTICLE, claim))
        ((document,), problems) = added(site, f"{SITE}/{name}.html", tmp_path)
        assert (document.id, document.url, document.source) == (*[f"{SITE}/{name}.html"] * 2, None)
        assert problems == []


def test_what_a_page_claims_of_its_own_host_counts(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """Its shorter address, and its name beside its host."""
    head = f'<link rel="canonical" href="{SITE}/tin"><meta property="og:site_name" content="Báo Example">'
    site.put("/tin.html?utm=1", page(ARTICLE, head))
    ((document,), _) = added(site, f"{SITE}/tin.html?utm=1", tmp_path)
    assert (document.id, document.url) == (f"{SITE}/tin.html?utm=1", f"{SITE}/tin")
    assert document.source == "Báo Example"


def test_rows_are_of_the_host_that_gave_them(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """Ids, addresses and outlets of rows, whatever they say."""
    rows = [
        {"id": "ok.txt", "text": ARTICLE[0], "url": OTHER, "source": "Toà Soạn"},
        {"id": OTHER, "text": ARTICLE[1], "url": f"{SITE}/a", "source": "Toà Soạn"},
        {"text": ARTICLE[2]},
        {"text": ENGLISH[0], "url": DATED},
        {"text": ENGLISH[1], "url": f"{SITE}/2024/07/12/tin"},
    ]
    site.put("/rows.jsonl", "\n".join(map(json.dumps, rows)))
    url = f"{SITE}/rows.jsonl"
    (documents, _) = added(site, url, tmp_path)
    assert [document.id for document in documents] == [
        f"{url}#ok.txt",
        f"{url}#{OTHER}",
        *(f"{url}#rows.jsonl:{number}" for number in (3, 4, 5)),
    ]
    assert [document.url for document in documents] == [url, f"{SITE}/a", url, url, f"{SITE}/2024/07/12/tin"]
    assert [document.source for document in documents] == [
        None,
        "Toà Soạn (bao.example.com)",
        None,
        None,
        None,
    ]
    assert [(document.date, document.dated) for document in documents[3:]] == [
        (None, Dated.STATED),
        (dt.date(2024, 7, 12), Dated.ADDRESS),
    ]


def test_who_is_led_on_to_another_host_is_there(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """Also by a redirect that leads anywhere; on one host the address that was added stays the id."""
    site.put("/di?u=1", "", 302, Location=f"{ELSEWHERE}/tin.html")
    site.put("/gan", "", 302, Location="/tin.html")
    site.put("/tin.html", page(ARTICLE, f'<link rel="canonical" href="{SITE}/di?u=1">'))
    ((far,), _) = added(site, f"{SITE}/di?u=1", tmp_path)
    assert (far.id, far.url) == (f"{ELSEWHERE}/tin.html",) * 2
    ((near,), _) = added(site, f"{SITE}/gan", tmp_path)
    assert (near.id, near.url) == (f"{SITE}/gan", f"{SITE}/di?u=1")
    site.put("/rss", rss(item(f"{SITE}/di?u=1")))
    ((article,), _) = added(site, f"{SITE}/rss", tmp_path)
    assert (article.id, article.url, article.source) == (*[f"{ELSEWHERE}/tin.html"] * 2, None)


def test_what_a_feed_holds_is_the_feeds(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """Under no foreign id or address, but for a link on its own host."""
    url = f"{SITE}/rss"
    site.put(
        "/rss",
        rss(
            item("", "ok.txt", summary="Con mèo tên là Mướp."),
            item(OTHER, "2", whole=f"<p>{ARTICLE[0]}</p>"),
            item(f"{SITE}/own.html", "3", whole=f"<p>{ARTICLE[1]}</p>"),
            item(f"{ELSEWHERE}/none.html", "4", summary="Con chó tên là Vện."),
            item("", summary="Con trâu tên là Mộng."),
            item("", summary="Con vịt không có tên."),
            item("", OTHER, summary="Con gà tên là Nâu."),
        ),
    )
    (documents, problems) = added(site, url, tmp_path)
    assert [document.id for document in documents[:4]] == [
        f"{url}#ok.txt",
        f"{url}#2",
        f"{SITE}/own.html",
        f"{url}#4",
    ]
    assert [document.url for document in documents] == [url, url, f"{SITE}/own.html", *[url] * 4]
    assert {document.source for document in documents} == {"Báo Thử"}
    assert len({document.id for document in documents}) == len(documents) == 7
    assert all(document.id.startswith(f"{SITE}/") for document in documents)
    assert site.paths() == ["/rss", "/none.html"]
    assert len(problems) == 1
    assert f"{ELSEWHERE}/none.html" in problems[0]


def test_who_wrote_it_is_what_the_page_says_else_the_feed(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """Title, author, outlet and language alike; of an entry without a page it is all the feed's."""
    article = page(ARTICLE, title="Bài của báo").replace(
        "<head>", '<head><meta name="author" content="Trần Báo">'
    )
    site.put("/a.html", article)
    site.put("/b.html", page(ARTICLE, title="Bài kia"))
    entries = [
        item(
            f"{SITE}/{name}.html" if name else "", name, summary=f"Tóm tắt {name}.", title=f"Tin {name}"
        ).replace("<item>", "<item><dc:creator>Nguyễn Nguồn</dc:creator>")
        for name in ("a", "b", "")
    ]
    feed = rss(*entries).replace("<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" ')
    site.put("/rss", feed.replace("<channel>", "<channel><language>vi</language>"))
    documents, _ = added(site, f"{SITE}/rss", tmp_path)
    assert [document.author for document in documents] == ["Trần Báo", "Nguyễn Nguồn", "Nguyễn Nguồn"]
    assert [document.title for document in documents] == ["Bài của báo", "Bài kia", "Tin"]
    assert [document.source for document in documents] == ["Báo Thử"] * 3
    assert [document.language for document in documents] == ["vi"] * 3


def test_a_page_that_was_fetched_is_its_own_hosts(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """What led to it lends it no name; on its own host the feed does."""
    for name in ("a", "b"):
        site.put(f"/{name}.html", page(ARTICLE, title=name))
    site.put("/rss", rss(item(f"{SITE}/a.html"), item(f"{ELSEWHERE}/b.html")))
    (documents, _) = added(site, f"{SITE}/rss", tmp_path)
    assert [(document.id, document.source) for document in documents] == [
        (f"{SITE}/a.html", "Báo Thử"),
        (f"{ELSEWHERE}/b.html", None),
    ]


def test_links_that_say_only_where_from_here(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """Relative to the address of the feed, to the last one where it led on; of RSS and Atom alike."""
    for number, path in enumerate(
        ("/f/a.html", "/b.html", "/c.html", "/f/d%20e.html", "/x/g.html", "/f/h.html")
    ):
        site.put(path, page([f"Bài số {number}.", *ARTICLE], title=path))
    links = (
        "a.html",
        "/b.html",
        "//bao.example.com/c.html",
        "d e.html",
        "\n ../x/g.html ",
        "&lt;![CDATA[h.html]]&gt;",
    )
    site.put("/f/rss", rss(*map(item, links), link="http://elsewhere.vn/"))
    site.put("/rss", "", 301, Location="/f/rss")
    wanted = [
        f"{SITE}{path}"
        for path in ("/f/a.html", "/b.html", "/c.html", "/f/d%20e.html", "/x/g.html", "/f/h.html")
    ]
    for url in (f"{SITE}/f/rss", f"{SITE}/rss"):
        (documents, problems) = added(site, url, tmp_path / url[-5:].replace("/", ""))
        assert ([document.id for document in documents], problems) == (wanted, [])
    atom = "".join(
        f'<entry><id>{n}</id><link href="{link}"/></entry>' for n, link in enumerate(("a.html", "/b.html"))
    )
    site.put(
        "/f/atom",
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="/x/"><title>T</title>'
        f"{atom}</feed>",
    )
    site.put("/x/a.html", page(ARTICLE))
    (documents, problems) = added(site, f"{SITE}/f/atom", tmp_path)
    assert ([document.id for document in documents], problems) == ([f"{SITE}/x/a.html", f"{SITE}/b.html"], [])


def test_escaped_sections_and_marks_are_text(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """A CDATA section within another or escaped, entities twice over, and markup as text."""
    site.put(
        "/rss",
        rss(
            item(summary="&lt;![CDATA[Đê bao dài 4 km &amp; rộng 3 m.]]&gt;"),
            item(summary="<![CDATA[<![CDATA[Cầu dài 320 mét.]]]]><![CDATA[>]]>"),
            item(summary="Sách &amp;amp; báo.&lt;br/&gt;Năm sau."),
            item(
                summary="&lt;![CDATA[&lt;p&gt;Một.&lt;/p&gt;&lt;p&gt;Hai.&lt;/p&gt;]]&gt;",
                title="&lt;![CDATA[Chợ &lt;b&gt;hoa&lt;/b&gt;]]&gt;",
            ),
            item(whole="<p>An <script>alert(1)</script><style>p{}</style>toàn.</p>"),
        ),
    )
    (documents, problems) = added(site, f"{SITE}/rss", tmp_path)
    assert [document.text for document in documents] == [
        "Đê bao dài 4 km & rộng 3 m.",
        "Cầu dài 320 mét.",
        "Sách & báo.\nNăm sau.",
        "Một.\n\nHai.",
        "An toàn.",
    ]
    assert documents[3].title == "Chợ hoa"
    assert problems == []


def test_entries_that_cannot_be_had_are_named(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """By number or address, whatever keeps them; a link to several documents is none to an article."""
    site.put("/many.csv", "text\nMột con mèo.\nHai con mèo.\n", 200, Content_Type="text/csv")
    site.put("/menu.html", "<html><body></body></html>")
    links = (
        "ftp://a.vn/x",
        "mailto:a@b.vn",
        "javascript:alert(1)",
        "http://[bad",
        f"{SITE}/none.html",
        f"{SITE}/many.csv",
        f"{SITE}/menu.html",
    )
    site.put("/rss", rss(*map(item, links), item(title="nothing"), item()))
    (documents, problems) = added(site, f"{SITE}/rss", tmp_path)
    assert documents == []
    assert len(problems) == len(links) + 2
    for number in (1, 2, 3, 8, 9):
        assert f"Entry {number} of {SITE}/rss has neither text nor an address; left out." in problems
    for link in links[3:]:
        assert [problem for problem in problems if link in problem]


def test_what_an_address_gives_no_more_is_withdrawn(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """Rows that are gone, and the host that it led to before; not what another address gives too."""
    site.hosts["khac.example.com"] = [PUBLIC]
    url, rows = (
        f"{SITE}/rows.jsonl",
        [json.dumps({"id": str(n), "text": f"Con mèo số {n}."}) for n in range(4)],
    )
    site.put("/rows.jsonl", "\n".join(rows))
    site.put("/a", "", 302, Location=f"{ELSEWHERE}/tin.txt")
    site.put("/b", "", 302, Location=f"{ELSEWHERE}/tin.txt")
    site.put("/tin.txt", "Tin.")
    site.put("/moi.txt", "Tin mới.")
    addresses = Addresses(tmp_path, network=site.network)
    for path in ("rows.jsonl", "a", "b"):
        addresses.add(f"{SITE}/{path}", print)
    assert addresses.documents_of(url) == tuple(f"{url}#{n}" for n in range(4))
    assert addresses.only_of([f"{SITE}/a"]) == frozenset()
    assert addresses.only_of([f"{SITE}/a", f"{SITE}/b"]) == {f"{ELSEWHERE}/tin.txt"}
    addresses.save()
    again = Addresses(tmp_path, network=site.network)
    again.refresh(print)
    assert again.withdrawn == frozenset()
    site.put("/rows.jsonl", "\n".join(rows[:2] + rows[3:]))
    site.put("/a", "", 302, Location=f"{ELSEWHERE}/moi.txt")
    again.refresh(print)
    assert again.withdrawn == {f"{url}#2"}
    site.put("/b", "", 302, Location=f"{ELSEWHERE}/moi.txt")
    again.refresh(print)
    assert again.withdrawn == {f"{url}#2", f"{ELSEWHERE}/tin.txt"}
    with pytest.raises(SourceError):
        again.add(f"{SITE}/none", print)
