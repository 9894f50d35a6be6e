"""Addresses and feeds: fetched within the rules, from public machines only, and only what has changed."""

import gzip
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpcore
import pytest

from index.errors import SourceError, StoreError
from index.fetch import Addresses, Network, Rules
from index.fetch.connection import Client
from index.fetch.public import is_public, parse_target
from index.records import Dated
from index.sources import Limits, Options
from index.sources.web import feed as feeds
from tests.index.sources.containment.test_hostile_documents import ENTITIES
from tests.index.sources.written.cases import ARTICLE, ENGLISH, paragraphs
from tests.index.sources.written.web import page

PUBLIC = "93.184.216.34"
SITE = "http://bao.example.com"


@dataclass
class Site:
    """A server on this machine that stands for the whole network; `asked` is what it was asked for."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    connected: list[str] = field(default_factory=list)
    hosts: dict[str, list[str]] = field(default_factory=dict)
    slept: list[float] = field(default_factory=list)
    port: int = 0

    def put(self, path: str, body: str | bytes, status: int = 200, **headers: str) -> None:
        """Serve a page."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, {key.replace("_", "-"): value for key, value in headers.items()}, data)

    @property
    def network(self) -> Network:
        """Return a network in which every host has a public address, unless `hosts` says another."""
        plain = httpcore.SyncBackend()

        def connect(host: str, port: int, timeout: float | None) -> httpcore.NetworkStream:
            self.connected.append(host)
            return plain.connect_tcp("127.0.0.1", self.port, timeout)

        def resolve(host: str, port: int) -> list[str]:
            return self.hosts.get(host, [PUBLIC])

        return Network(resolve, connect, self.slept.append)

    def paths(self) -> list[str]:
        """Return the paths that were asked for, without those of robots."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve on a port of this machine."""
    served = Site()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.asked.append((self.path, dict(self.headers.items())))
            status, headers, body = served.pages.get(self.path, (404, {}, b""))
            if status == 200 and headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                return

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        served.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield served
        server.shutdown()
        thread.join()


PRIVATE = [
    *("http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/"),
    *("http://0x7f.1/", "http://017700000001/", "http://0/", "http://0.0.0.0/", "http://10.0.0.1/"),
    *("http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.9.9/", "http://192.168.1.1/"),
    *(
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://192.0.0.1/",
        "http://192.0.2.1/",
    ),
    *(
        "http://198.18.0.1/",
        "http://198.51.100.1/",
        "http://203.0.113.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
    ),
    *("http://255.255.255.255/", "http://[::1]/", "http://[::]/", "http://[::ffff:127.0.0.1]/"),
    *("http://[::ffff:7f00:1]/", "http://[::ffff:10.0.0.1]/", "http://[::127.0.0.1]/", "http://[fe80::1]/"),
    *("http://[fc00::1]/", "http://[fd12:3456::1]/", "http://[fec0::1]/", "http://[ff02::1]/"),
    *(
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[2002:a00:1::1]/",
        "http://[2001:db8::1]/",
    ),
    *(
        "http://localhost/",
        "http://localhost./",
        "http://LOCALHOST/",
        "https://127.0.0.1:8443/",
        "http://127.0.0.1:22/",
    ),
]
MALFORMED = [
    *("file:///etc/passwd", "gopher://127.0.0.1:70/_x", "ftp://example.com/", "dict://127.0.0.1:11211/stat"),
    *(
        "data:text/plain,x",
        "javascript:alert(1)",
        "//example.com/",
        "http://",
        "http:///x",
        "example.com",
        "",
    ),
    *(
        "http://a:b@example.com/",
        "http://example.com@127.0.0.1/",
        "http://exa mple.com/",
        "http://e.com/\r\nX: y",
    ),
    *(
        "http://e.com\\@127.0.0.1/",
        "http://e.com:99999/",
        "http://[fe80::1%25eth0]/",
        "http://[::1",
        "http://e.com/\0",
    ),
]


@pytest.mark.parametrize("url", PRIVATE + MALFORMED)
def test_no_connection_to_what_is_not_public(url: str, site: Site) -> None:
    """Whatever form an address takes, nothing is connected to, and one sentence says so (real resolving)."""
    network = Network(connect=site.network.connect)
    with pytest.raises(SourceError) as refused:
        Client(Rules(), network).get(url)
    assert site.connected == []
    assert str(refused.value).isprintable()


def test_there_are_sixty_forms() -> None:
    """As many as the promise says."""
    assert len(set(PRIVATE + MALFORMED)) >= 60


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_what_is_public(address: str) -> None:
    """Ordinary addresses are."""
    assert is_public(address)


def test_a_host_with_one_private_address_is_refused(site: Site) -> None:
    """Whichever is first; and a setting allows it."""
    site.hosts["bao.example.com"] = [PUBLIC, "10.0.0.1"]
    with pytest.raises(SourceError, match="private network"):
        Client(Rules(), site.network).get(f"{SITE}/")
    site.put("/", "x")
    assert Client(Rules(private=True), site.network).get(f"{SITE}/").body == b"x"


def test_a_name_that_changes_is_asked_once(site: Site) -> None:
    """The address that was checked is the one that is connected to."""
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    network = Network(lambda host, port: next(answers), site.network.connect)
    site.put("/", "x")
    Client(Rules(), network).get(f"{SITE}/")
    assert site.connected == [PUBLIC]


@pytest.mark.parametrize("where", ["http://127.0.0.1/", "http://inside.example.com/", "file:///etc/passwd"])
def test_redirects_are_checked(site: Site, where: str) -> None:
    """A public machine cannot send the program to a private one."""
    site.hosts |= {"inside.example.com": ["192.168.0.1"], "127.0.0.1": ["127.0.0.1"]}
    site.put("/", "", 302, Location=where)
    with pytest.raises(SourceError):
        Client(Rules(), site.network).get(f"{SITE}/")
    assert site.connected == [PUBLIC]


def test_redirects_are_counted(site: Site) -> None:
    """A circle ends."""
    site.put("/", "", 301, Location="/")
    with pytest.raises(SourceError, match="more than 5 times"):
        Client(Rules(), site.network).get(f"{SITE}/")
    assert len(site.asked) == 6


def test_size_is_limited_also_unpacked(site: Site) -> None:
    """By what arrives, not by what the server says."""
    site.put("/a", b"x" * 2000)
    site.put("/b", gzip.compress(b"x" * 1_000_000), Content_Encoding="gzip")
    site.put("/c", gzip.compress(b"x" * 900), Content_Encoding="gzip")
    client = Client(Rules(size=1000), site.network)
    for path in ("/a", "/b"):
        with pytest.raises(SourceError, match="larger than the limit"):
            client.get(SITE + path)
    assert client.get(f"{SITE}/c").body == b"x" * 900


def adding(site: Site, folder: Path) -> tuple[Addresses, list[str]]:
    """Return the addresses of a folder, and where problems go."""
    problems: list[str] = []
    return Addresses(folder, network=site.network), problems


def test_a_page_is_added_and_asked_again_only_for_changes(site: Site, tmp_path: Path) -> None:
    """Its tag is remembered over runs, once it was saved; an unchanged page gives nothing."""
    url = f"{SITE}/tin.html"
    site.put("/tin.html", page(ARTICLE), ETag='"1"')
    addresses, problems = adding(site, tmp_path)
    (document,) = addresses.add(url, lambda error: problems.append(str(error)))
    assert (document.id, document.url, document.title) == (url, url, "Bế mạc hội nghị")
    assert document.text == paragraphs("Bế mạc hội nghị", *ARTICLE)
    addresses.save()
    again, _ = adding(site, tmp_path)
    assert again.urls == (url,)
    assert again.refresh(print) == ((), (), 0)
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    site.put("/tin.html", page(ENGLISH), ETag='"2"')
    (changed,) = again.refresh(print).documents
    assert changed.id == url
    assert ENGLISH[0] in changed.text
    assert problems == []
    assert again.forget(url)
    assert not again.forget(url)


def test_what_was_not_saved_is_fetched_again(site: Site, tmp_path: Path) -> None:
    """A build that failed loses nothing."""
    site.put("/tin.html", page(ARTICLE), ETag='"1"')
    adding(site, tmp_path)[0].add(f"{SITE}/tin.html", print)
    assert adding(site, tmp_path)[0].urls == ()


def test_robots_are_respected(site: Site, tmp_path: Path) -> None:
    """What they refuse is not asked for, a server that cannot say refuses all, and pauses are kept."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /kin\nCrawl-delay: 9")
    site.put("/a.html", page(ARTICLE))
    addresses, _ = adding(site, tmp_path)
    with pytest.raises(SourceError, match=r"robots\.txt"):
        addresses.add(f"{SITE}/kin/a.html", print)
    assert site.paths() == []
    addresses.add(f"{SITE}/a.html", print)
    addresses.refresh(print)
    assert len(site.slept) == 1
    assert 0 < site.slept[0] <= 9
    site.put("/robots.txt", "", 503)
    with pytest.raises(SourceError, match=r"robots\.txt"):
        adding(site, tmp_path)[0].add(f"{SITE}/a.html", print)


def feed(*numbers: int) -> str:
    """Write a feed of entries with a summary each."""
    items = "".join(
        f"<item><title>Tin {n}</title><link>{SITE}/tin-{n}.html</link><guid>{n}</guid>"
        f"<pubDate>Fri, 12 Jul 2024 08:00:00 +0700</pubDate><description>Tóm tắt {n}.</description></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo Thử</title>{items}</channel></rss>'


def test_a_feed_gives_the_articles_of_its_new_entries(site: Site, tmp_path: Path) -> None:
    """From their pages, or the summary where a page cannot be had; entries that are known are not fetched."""
    site.put("/rss", feed(1, 2))
    site.put("/tin-1.html", page(ARTICLE, title="Tin 1"))
    addresses, problems = adding(site, tmp_path)
    first, second = addresses.add(f"{SITE}/rss", lambda error: problems.append(str(error)))
    assert (first.id, first.date and first.date.isoformat()) == (f"{SITE}/tin-1.html", "2024-07-12")
    assert ARTICLE[1] in first.text
    assert (second.text, second.title, second.source) == ("Tóm tắt 2.", "Tin 2", "Báo Thử")
    assert len(problems) == 1
    assert "404" in problems[0]
    addresses.save()
    site.asked.clear()
    site.put("/rss", feed(3, 1, 2))
    site.put("/tin-3.html", page(ENGLISH, title="Tin 3"))
    (third,) = adding(site, tmp_path)[0].refresh(print).documents
    assert third.id == f"{SITE}/tin-3.html"
    assert site.paths() == ["/rss", "/tin-3.html"]


def test_a_feed_is_read_in_a_process_of_its_own(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is never parsed here, and one that asks for too much, or is none, ends in one sentence."""

    def parsed_here(data: bytes, name: str) -> None:
        pytest.fail("read in the program itself")

    monkeypatch.setattr(feeds, "parse_feed", parsed_here)
    site.put("/rss", feed(1))
    site.put("/tin-1.html", page(ARTICLE, title="Tin 1"))
    addresses, _ = adding(site, tmp_path)
    assert [document.id for document in addresses.add(f"{SITE}/rss", print)] == [f"{SITE}/tin-1.html"]
    site.put("/bomb.rss", ENTITIES.replace(b"<l>", b"<rss>").replace(b"</l>", b"</rss>"))
    site.put("/large", feed(*range(40_000)))
    small = Options(Limits(seconds=0.5))
    for path, options, said in (
        ("/bomb.rss", Options(), "without entries"),
        ("/large", small, "longer than"),
    ):
        with pytest.raises(SourceError, match=said) as refused:
            Addresses(tmp_path, options=options, network=site.network).add(SITE + path, print)
        assert str(refused.value).isprintable()
        assert SITE + path in str(refused.value)


def test_entries_beyond_the_limit_come_the_next_time(site: Site, tmp_path: Path) -> None:
    """Also where the feed has not changed meanwhile, and its server would say so."""
    site.put("/rss", feed(1, 2), ETag='"1"')
    for number in (1, 2):
        site.put(f"/tin-{number}.html", page(ARTICLE, title=f"Tin {number}"))
    addresses = Addresses(tmp_path, Rules(entries=1), network=site.network)
    assert [document.title for document in addresses.add(f"{SITE}/rss", print)] == ["Tin 1"]
    assert [document.title for document in addresses.refresh(print).documents] == ["Tin 2"]
    assert addresses.refresh(print).documents == ()
    assert site.paths() == ["/rss", "/tin-1.html", "/rss", "/tin-2.html", "/rss"]
    assert site.asked[-1][1]["If-None-Match"] == '"1"'


def test_what_a_feed_says_of_a_day_stands_before_what_an_address_lets_guess(
    site: Site, tmp_path: Path
) -> None:
    """An address that is added carries its day all the same."""
    path = "/2024/07/11/tin.html"
    site.put(path, page(ARTICLE))
    site.put("/rss", feed(1).replace("/tin-1.html", path))
    addresses, _ = adding(site, tmp_path)
    (alone,) = addresses.add(SITE + path, print)
    assert (str(alone.date), alone.dated) == ("2024-07-11", Dated.ADDRESS)
    (of_feed,) = addresses.add(f"{SITE}/rss", print)
    assert (str(of_feed.date), of_feed.dated) == ("2024-07-12", Dated.STATED)


def test_one_address_that_fails_does_not_stop_the_others(site: Site, tmp_path: Path) -> None:
    """It is reported, and stays known."""
    for name in ("a", "b"):
        site.put(f"/{name}.html", page(ARTICLE, title=f"Bài {name}"))
    addresses, problems = adding(site, tmp_path)
    for name in ("a", "b"):
        addresses.add(f"{SITE}/{name}.html", print)
    site.put("/a.html", "", 500)
    site.put("/b.html", page(ENGLISH, title="Bài b"))
    documents = addresses.refresh(lambda error: problems.append(str(error))).documents
    assert [document.id for document in documents] == [f"{SITE}/b.html"]
    assert len(problems) == 1
    assert len(addresses.urls) == 2


def test_each_failure_counts_and_is_told_in_its_own_words(site: Site, tmp_path: Path) -> None:
    """Found no more, gone for good, broken, unreadable: so many of each, and one step for every address."""
    addresses, problems = adding(site, tmp_path)
    for name in "abcdef":
        site.put(f"/{name}.html", page(ARTICLE, title=f"Bài {name}"))
        addresses.add(f"{SITE}/{name}.html", print)
    for name, status in (("a", 500), ("b", 404), ("c", 410), ("d", 404)):
        site.put(f"/{name}.html", "", status)
    site.put("/e.html", b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    site.put("/f.html", page(ENGLISH, title="Bài f"))
    steps: list[int] = []
    found = addresses.refresh(lambda error: problems.append(str(error)), steps.append)
    assert (found.failed, found.gone) == (4, (f"{SITE}/c.html",))
    assert [document.id for document in found.documents] == [f"{SITE}/f.html"]
    assert steps == [1] * 6
    broken, one, other, picture = problems
    for name, told in (("b", one), ("d", other)):
        assert told == (
            f"{SITE}/{name}.html is not found any more (404); its document stays until it is removed."
        )
    assert f"{SITE}/a.html" in broken and "500" in broken and "404" not in broken
    assert f"{SITE}/e.html" in picture and "a picture" in picture
    assert set(addresses.urls) == {f"{SITE}/{name}.html" for name in "abcdef"}


def test_damaged_memory_is_an_error(tmp_path: Path) -> None:
    """It says what to do."""
    (tmp_path / "addresses.json").write_text(json.dumps({"http://a.vn/": {"odd": 1}}), "utf-8")
    with pytest.raises(StoreError, match="add the addresses again"):
        Addresses(tmp_path)


def test_addresses_in_other_scripts() -> None:
    """Hosts by IDNA, paths by percent signs, and what is encoded already stays so."""
    target = parse_target("https://bücher.example.com/tin-tức/a%20b?q=é")
    assert target.host == "xn--bcher-kva.example.com"
    assert target.path == "/tin-t%E1%BB%A9c/a%20b?q=%C3%A9"


def test_a_server_that_does_not_answer_is_left(tmp_path: Path) -> None:
    """Connected, and then silent: the limit of time holds, for robots.txt as for the page."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent_port = silent.getsockname()[1]
        plain = httpcore.SyncBackend()
        network = Network(
            lambda host, port: [PUBLIC],
            lambda host, port, timeout: plain.connect_tcp("127.0.0.1", silent_port),
        )
        with pytest.raises(SourceError, match=r"longer than 0\.2 s"):
            Addresses(tmp_path, Rules(seconds=0.2), network=network).add(f"{SITE}/a.html", print)
