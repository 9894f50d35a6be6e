"""Addresses on the command line, over a server on this machine, from argument to exit status."""

import json
from pathlib import Path

import pytest

from tests.bot.test_whole import Run, trichdan  # noqa: F401 - a fixture
from tests.index.fetch.test_fetch import Site, site  # noqa: F401 - a fixture
from tests.index.sources.written.cases import ARTICLE, ENGLISH
from tests.index.sources.written.web import page


@pytest.fixture
def base(site: Site, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: F811 - the fixture
    """Return where the server is, and allow it, as it is on a private network."""
    monkeypatch.setenv("TRICHDAN_FETCH_PRIVATE", "true")
    return f"http://127.0.0.1:{site.port}"


def ids(trichdan: Run) -> list[str]:  # noqa: F811
    """List the documents."""
    return [row.split()[0] for row in trichdan("index", "list").out.splitlines()[1:]]


def feed(base: str, *numbers: int) -> str:
    """Write a feed of links."""
    items = "".join(f"<item><title>Tin {n}</title><link>{base}/tin-{n}.html</link></item>" for n in numbers)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo Thử</title>{items}</channel></rss>'


def test_a_page_from_its_address_to_its_end(trichdan: Run, site: Site, base: str) -> None:  # noqa: F811
    """Added, asked again by its tag, changed, lost for a while, gone for good."""
    site.put("/tin.html", page(ARTICLE), ETag='"1"')
    site.put("/b.html", page(ENGLISH, title="The assembly"))
    url, other = f"{base}/tin.html", f"{base}/b.html"
    added = trichdan("index", "add", url, other)
    assert (added.status, added.err) == (0, "")
    assert "2 documents" in added.out
    assert ids(trichdan) == sorted([url, other])
    assert [row.split()[-1] for row in trichdan("index", "list").out.splitlines()[1:]] == sorted([url, other])
    assert ARTICLE[0] in trichdan("index", "show", url).out

    same = trichdan("index", "refresh")
    assert (same.status, same.out) == (0, "Nothing new was found at the 2 addresses.\n")
    assert [headers.get("If-None-Match") for path, headers in site.asked if path == "/tin.html"] == [
        None,
        '"1"',
    ]

    site.put("/tin.html", page(["Hội nghị dời sang tháng Năm.", *ARTICLE[1:]]), ETag='"2"')
    changed = trichdan("index", "refresh")
    assert "0 added, 1 changed, 0 removed, 1 reused, 0 problems" in changed.out
    assert "dời sang tháng Năm" in trichdan("index", "show", url).out
    assert ARTICLE[0] not in trichdan("index", "show", url).out

    site.put("/tin.html", "", 404)
    lost = trichdan("index", "refresh")
    assert (lost.status, lost.out) == (0, "Nothing new was found at the 2 addresses.\n")
    assert "404" in lost.err
    assert url in lost.err
    assert ids(trichdan) == sorted([url, other])

    site.put("/tin.html", "", 410)
    gone = trichdan("index", "refresh")
    assert "0 added, 0 changed, 1 removed, 1 reused, 1 problem" in gone.out
    assert url in gone.err
    assert ids(trichdan) == [other]
    site.asked.clear()
    trichdan("index", "refresh")
    assert site.paths() == ["/b.html"]


def test_a_feed_with_new_entries(trichdan: Run, site: Site, base: str) -> None:  # noqa: F811
    """Its articles are documents, new ones come with `refresh`; they stay when it is asked no more."""
    for number, text in ((1, ARTICLE), (2, ENGLISH)):
        site.put(f"/tin-{number}.html", page(text, title=f"Tin {number}"))
    site.put("/rss", feed(base, 1))
    assert "1 added" in trichdan("index", "add", f"{base}/rss").out
    site.put("/rss", feed(base, 2, 1))
    assert "1 added, 0 changed, 0 removed, 1 reused" in trichdan("index", "refresh").out
    articles = [f"{base}/tin-1.html", f"{base}/tin-2.html"]
    assert ids(trichdan) == articles
    dropped = trichdan("index", "remove", f"{base}/rss")
    assert (dropped.status, dropped.out.startswith("No document had to be removed")) == (0, True)
    assert ids(trichdan) == articles
    assert trichdan("index", "refresh").status == 2


def test_what_changed_and_what_is_gone_is_one_publication(trichdan: Run, site: Site, base: str) -> None:  # noqa: F811
    """One new generation; and of the last document it is said that it stays, with status 0."""
    for name, text in (("a", ARTICLE), ("b", ENGLISH)):
        site.put(f"/{name}.html", page(text, title=name))
    first, second = f"{base}/a.html", f"{base}/b.html"
    trichdan("index", "add", first, second)
    site.put("/a.html", page(["Hội nghị dời sang tháng Năm.", *ARTICLE[1:]]))
    site.put("/b.html", "", 410)
    both = trichdan("index", "refresh")
    assert "0 added, 1 changed, 1 removed, 0 reused, 1 problem" in both.out
    assert len(trichdan("index", "generations").out.splitlines()) == 3
    site.put("/a.html", "", 410)
    last = trichdan("index", "refresh")
    assert (last.status, ids(trichdan)) == (0, [first])
    assert "stays" in last.err


def test_what_cannot_be_fetched_changes_nothing(trichdan: Run, site: Site, base: str) -> None:  # noqa: F811
    """One sentence and status 2; among others it is named and they are added."""
    missing = trichdan("index", "add", f"{base}/none.html")
    assert (missing.status, missing.out) == (2, "")
    assert missing.err.count("\n") == 1
    assert "404" in missing.err
    other = trichdan("index", "add", "ftp://example.com/a.txt")
    assert (other.status, "not an http or https address" in other.err) == (2, True)
    site.put("/robots.txt", "User-agent: *\nDisallow: /kin")
    site.put("/kin.html", page(ARTICLE))
    assert "robots.txt" in trichdan("index", "add", f"{base}/kin.html").err
    assert site.paths() == ["/none.html"]
    assert trichdan("index", "refresh").status == 2  # none was added
    site.put("/tin.html", page(ARTICLE))
    Path("notes.md").write_text("Con mèo tên là Mướp.\n", "utf-8")
    some = trichdan("index", "add", f"{base}/none.html", f"{base}/tin.html", "notes.md")
    assert "2 added, 0 changed, 0 removed, 0 reused, 1 problem" in some.out
    site.put("/tin.html", "", 500)
    failed = trichdan("index", "refresh")
    assert (failed.status, failed.out) == (2, "")
    assert "500" in failed.err


def test_private_networks_need_the_setting(
    trichdan: Run,  # noqa: F811
    site: Site,  # noqa: F811
) -> None:
    """Without it the server is not even connected to, and a redirect does not lead there."""
    refused = trichdan("index", "add", f"http://127.0.0.1:{site.port}/tin.html")
    assert (refused.status, refused.out) == (2, "")
    assert "private network" in refused.err
    assert site.asked == []


def test_a_redirect_is_asked_about_where_it_leads(trichdan: Run, site: Site, base: str) -> None:  # noqa: F811
    """What robots refuse is not fetched by a detour."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /kin")
    site.put("/a.html", "", 302, Location="/kin/a.html")
    assert "robots.txt" in trichdan("index", "add", f"{base}/a.html").err
    assert site.paths() == ["/a.html"]


def test_addresses_are_remembered_only_after_publishing(
    trichdan: Run,  # noqa: F811
    site: Site,  # noqa: F811
    base: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A change that the operator's questions refuse is fetched again, tag or none."""
    site.put("/tin.html", page(ARTICLE), ETag='"1"')
    url = f"{base}/tin.html"
    trichdan("index", "add", url)
    row = {"id": "1", "kind": "vi", "question": "Hội nghị năm sau được tổ chức ở đâu?"}
    text = f"Bế mạc hội nghị\n\n{chr(10).join(ARTICLE)}"
    expected = [{"document": url, "start": 0, "end": len(text)}]
    Path("questions.jsonl").write_text(json.dumps({**row, "expected": expected}), "utf-8")
    monkeypatch.setenv("TRICHDAN_QUESTIONS_FILE", "questions.jsonl")
    site.put("/tin.html", page(ENGLISH), ETag='"2"')
    assert trichdan("index", "refresh").status == 1
    assert ARTICLE[0] in trichdan("index", "show", url).out
    assert "1 changed" in trichdan("index", "refresh", "--force").out
    assert ENGLISH[0] in trichdan("index", "show", url).out


def test_what_another_process_added_meanwhile_is_kept(site: Site, base: str, tmp_path: Path) -> None:  # noqa: F811
    """Two may add at once; neither forgets the address of the other."""
    from index.fetch import Addresses, Rules

    for name in ("a", "b"):
        site.put(f"/{name}.html", page(ARTICLE, title=name))
    one, two = (Addresses(tmp_path, Rules(private=True)) for _ in range(2))
    one.add(f"{base}/a.html", print)
    two.add(f"{base}/b.html", print)
    one.save()
    two.save()
    assert set(Addresses(tmp_path).urls) == {f"{base}/a.html", f"{base}/b.html"}
