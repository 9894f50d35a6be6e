"""What servers send that none should: each address fails alone, by its name, and nothing is half read."""

import gzip
import json
import socket
import zlib
from pathlib import Path

import pytest

from index.errors import SourceError, TrichDanError
from index.fetch import Addresses, Network, Rules
from index.fetch.body import read_body
from index.fetch.connection import Client
from index.fetch.robots import Robots
from index.sources.containment import guard as guards
from tests.index.fetch.test_fetch import SITE, Site, site  # noqa: F401 - a fixture
from tests.index.raw_server import HOST, NOT_FOUND, reply, serve
from tests.index.sources.written.cases import ARTICLE, ENGLISH
from tests.index.sources.written.web import page

PAGE = page(ARTICLE).encode()
TEXT = "Content-Type: text/plain; charset=utf-8"
HTML = "Content-Type: text/html; charset=utf-8"
REDIRECT = "302 Found"

ODD = {
    "a tag in Latin-1": reply(b"Tin khac.", TEXT, 'ETag: "caf\xe9"'),
    "a day in another script": reply(b"Tin nua.", TEXT, "Last-Modified: thứ hai"),
    "nowhere": reply(b"", "Location: http://[", status=REDIRECT),
    "half a bracket": reply(b"", "Location: //[::1/x", status=REDIRECT),
    "a port that is none": reply(b"", "Location: http://e.com:port/", status=REDIRECT),
    "another scheme": reply(b"", "Location: gopher://e.com/", status=REDIRECT),
    "spaces": reply(b"", "Location: /a b\tc", status=REDIRECT),
    "a dotted host": reply(b"", "Location: http://..e..com/", status=REDIRECT),
    "a host too long": reply(b"", f"Location: http://{'a' * 300}.com/", status=REDIRECT),
    "nothing at all": b"",
    "no HTTP": b"SSH-2.0-OpenSSH_9.6\r\n",
    "a status that is none": b"HTTP/1.1 99999 Odd\r\n\r\n",
    "a header without a colon": b"HTTP/1.1 200 OK\r\nodd\r\n\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
    "a negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
    "a size that is none": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "a body with 304": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nabcde",
    "switching": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
    "unknown packing": reply(PAGE, HTML, "Content-Encoding: \xff\xfe"),
    "a type in Latin-1": reply(PAGE, "Content-Type: text/\xe9; charset=\xe9"),
    "a set of letters that is none": reply(PAGE, "Content-Type: text/html; charset=punycode"),
}


@pytest.mark.parametrize("what", ODD)
def test_each_address_fails_alone(what: str, tmp_path: Path) -> None:
    """Whether it is added or asked again, twice; the other is refreshed, and the odd one is named or read."""
    now: dict[str, bytes] = {"/odd": reply(b"Tin.", TEXT), "/good": reply(b"Tin.", TEXT)}
    with serve(lambda connection, path: connection.sendall(now.get(path, NOT_FOUND))) as network:
        addresses = Addresses(tmp_path, network=network)
        for name in ("odd", "good"):
            assert addresses.add(f"{HOST}/{name}", print)
        for number in range(2):
            now["/odd"] = ODD[what]
            now["/good"] = reply(f"Tin số {number}.".encode(), TEXT)
            problems: list[str] = []
            found = addresses.refresh(lambda error: problems.append(str(error)))  # noqa: B023 - called at once
            assert f"{HOST}/good" in [document.id for document in found.documents]
            assert found.failed == len(problems)
            assert all(f"{HOST}/odd" in problem for problem in problems)
            addresses.save()
        added = Addresses(tmp_path, network=network)
        try:
            added.add(f"{HOST}/odd", print)
        except SourceError as error:
            assert f"{HOST}/odd" in str(error)


def test_what_nobody_foresaw_is_named_too(
    site: Site,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of any kind, a reading process that cannot be started among them."""
    for name in ("a", "b"):
        site.put(f"/{name}.html", page(ARTICLE, title=name))
    addresses = Addresses(tmp_path, network=site.network)
    for name in ("a", "b"):
        addresses.add(f"{SITE}/{name}.html", print)
    site.put("/a.html", page(ENGLISH))
    site.put("/b.html", page(ENGLISH))
    begin = guards.Guard.read

    for fault in (
        RecursionError(),
        KeyError("x"),
        MemoryError(),
        TrichDanError("No process can be started."),
    ):

        def read(self: guards.Guard, file: object, *rest: object) -> object:
            if "a.html" in getattr(file, "name", ""):
                raise fault  # noqa: B023 - called at once
            return begin(self, file, *rest)  # type: ignore[arg-type]

        with monkeypatch.context() as patch:
            patch.setattr(guards.Guard, "read", read)
            problems: list[str] = []
            found = Addresses.refresh(addresses, lambda error: problems.append(str(error)))  # noqa: B023 - called at once
        assert found.failed == 1
        assert f"{SITE}/a.html" in problems[0]
        site.put("/b.html", page([*ENGLISH, f"{fault!r} again."]))


def test_a_feed_whose_link_is_none(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """Its entry is named, and what the feed holds of it is taken; the others are fetched."""
    site.put("/good.html", page(ARTICLE))
    links = ("http://[bad", f"{SITE}/good.html", "http://[::1", "http://e.com:x/")
    items = "".join(
        f"<item><title>{n}</title><link>{link}</link><guid isPermaLink='false'>{n}</guid></item>"
        for n, link in enumerate(links)
    )
    site.put(
        "/rss", f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title>{items}</channel></rss>'
    )
    problems: list[str] = []
    found = Addresses(tmp_path, network=site.network).add(
        f"{SITE}/rss", lambda error: problems.append(str(error))
    )
    assert [document.id for document in found] == [f"{SITE}/good.html"]
    assert len(problems) == len(links) - 1


def test_a_location_in_utf_8(tmp_path: Path) -> None:
    """It is read as browsers read it."""
    asked: list[str] = []

    def answer(path: str) -> bytes:
        asked.append(path)
        there = {
            "/a": reply(b"", "Location: /tin-tức", status=REDIRECT),
            "/tin-t%E1%BB%A9c": reply(PAGE, HTML),
        }
        return there.get(path, NOT_FOUND)

    with serve(lambda connection, path: connection.sendall(answer(path))) as network:
        assert Client(Rules(), network).get(f"{HOST}/a").body == PAGE


def test_a_tag_goes_back_as_it_came(tmp_path: Path) -> None:
    """Byte for byte, over a run too."""
    asked: list[str] = []
    tag = '"caf\xe9"'
    with serve(lambda connection, path: connection.sendall(reply(PAGE, HTML, f"ETag: {tag}"))) as network:
        addresses = Addresses(tmp_path, network=network)
        addresses.add(f"{HOST}/a", print)
        addresses.save()
        assert json.loads((tmp_path / "addresses.json").read_text("utf-8"))[f"{HOST}/a"]["etag"] is not None
        again = Addresses(tmp_path, network=network)
        assert again.refresh(lambda error: asked.append(str(error))).failed == 0
    assert asked == []


LONG = b"x" * 5_000
PACKED = gzip.compress(LONG)


@pytest.mark.parametrize(
    "cut",
    [0, 1, 9, 10, 11, len(PACKED) // 2, len(PACKED) - 9, len(PACKED) - 8, len(PACKED) - 4, len(PACKED) - 1],
)
def test_gzip_that_is_cut_short_is_refused(cut: int) -> None:
    """Wherever it is cut, in whatever chunks it comes, also behind a member that is whole."""
    for data in (PACKED[:cut], *([PACKED + PACKED[:cut]] if cut else [])):
        for size in (1, 7, len(data) + 1):
            chunks = [data[place : place + size] for place in range(0, len(data), size)]
            with pytest.raises(SourceError, match="a comes cut short"):
                read_body(chunks, "gzip", 100_000, "a")


def test_gzip_with_a_wrong_checksum_or_length_is_refused() -> None:
    """Each bit of both counts, and so does what follows."""
    for place in range(1, 9):
        damaged = bytearray(PACKED)
        damaged[-place] ^= 1
        with pytest.raises(SourceError, match="a comes damaged"):
            read_body([bytes(damaged)], "gzip", 100_000, "a")
    with pytest.raises(SourceError, match="a comes damaged"):
        read_body([PACKED, b"not gzip"], "gzip", 100_000, "a")
    with pytest.raises(SourceError, match="a comes damaged"):
        read_body([zlib.compress(LONG)], "gzip", 100_000, "a")


def test_gzip_of_several_members_is_one() -> None:
    """As RFC 1952 says; zeros at the end are nothing. The oracle is `gzip`."""
    data = PACKED + gzip.compress(b"and more") + gzip.compress(b"") + b"\0" * 100
    for size in (1, 3, 1_000, len(data)):
        chunks = [data[place : place + size] for place in range(0, len(data), size)]
        assert read_body(chunks, "x-gzip", 100_000, "a") == gzip.decompress(data) == LONG + b"and more"
    with pytest.raises(SourceError, match="larger than the limit"):
        read_body([PACKED * 3], "gzip", 14_999, "a")
    assert len(read_body([PACKED * 3], "gzip", 15_000, "a")) == 15_000


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
SHORT = {
    "its length": reply(PAGE[:-100], HTML, length=len(PAGE)),
    "its chunks": CHUNKED + b"%x\r\n%s\r\n" % (len(PAGE), PAGE),
    "a chunk": CHUNKED + b"%x\r\n%s" % (len(PAGE) + 9, PAGE),
    "its packing": reply(gzip.compress(PAGE)[:-20], HTML, "Content-Encoding: gzip"),
    "its packing, to the end": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    + gzip.compress(PAGE)[:-8],
}


@pytest.mark.parametrize("what", SHORT)
def test_what_is_short_is_refused_by_name(what: str, tmp_path: Path) -> None:
    """Of its length, its chunks or its packing; nothing of it becomes a document."""
    with serve(
        lambda connection, path: connection.sendall(SHORT[what] if path == "/a" else NOT_FOUND)
    ) as network:
        addresses = Addresses(tmp_path, network=network)
        with pytest.raises(SourceError, match=f"^{HOST}/a comes cut short; left out.$"):
            addresses.add(f"{HOST}/a", print)
        assert addresses.urls == ()


def test_an_answer_without_a_body_is_not_short(tmp_path: Path) -> None:
    """A server may say of a page that has not changed how it would be packed."""
    answers = [
        reply(gzip.compress(PAGE), HTML, "Content-Encoding: gzip", 'ETag: "1"'),
        reply(b"", "Content-Encoding: gzip", status="304 Not Modified"),
    ]
    with serve(
        lambda connection, path: connection.sendall(answers.pop(0) if path == "/a" else NOT_FOUND)
    ) as network:
        addresses = Addresses(tmp_path, network=network)
        assert addresses.add(f"{HOST}/a", print)
        assert addresses.refresh(print) == ((), (), 0)


def test_an_address_that_has_not_changed_since_never(tmp_path: Path) -> None:
    """What a server was not asked for is no answer: the address is named, and not remembered."""
    never = reply(b"", status="304 Not Modified")
    with serve(lambda connection, path: connection.sendall(never if path == "/a" else NOT_FOUND)) as network:
        addresses = Addresses(tmp_path, network=network)
        with pytest.raises(SourceError, match=r"/a cannot be fetched .*304"):
            addresses.add(f"{HOST}/a", print)
    assert addresses.urls == ()


def test_a_redirect_is_checked_against_robots(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """Of its own host or of another one, where a feed leads too; and only what is asked for is refused."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /kin")
    site.put("/kin/a.html", page(ARTICLE))
    site.put("/mo/a.html", page(ARTICLE))
    site.put("/a.html", "", 302, Location="/kin/a.html")
    site.put("/b.html", "", 307, Location="http://khac.example.com/kin/a.html")
    site.put("/c.html", "", 301, Location="/mo/a.html")
    addresses = Addresses(tmp_path, network=site.network)
    for name in ("a", "b"):
        with pytest.raises(SourceError, match=r"robots\.txt"):
            addresses.add(f"{SITE}/{name}.html", print)
    assert addresses.add(f"{SITE}/c.html", print)
    link = f"<item><link>{SITE}/a.html</link></item>"
    site.put(
        "/rss", f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title>{link}</channel></rss>'
    )
    problems: list[str] = []
    assert addresses.add(f"{SITE}/rss", lambda error: problems.append(str(error))) == ()
    assert "robots.txt" in problems[0]
    assert "/kin/a.html" not in site.paths()


def test_robots_that_cannot_be_had_are_asked_for_once(site: Site, tmp_path: Path) -> None:  # noqa: F811
    """A feed of a hundred entries does not wait a hundred times; its host is not asked for anything else."""
    site.put("/robots.txt", "x", 200, Content_Encoding="unheard-of")
    robots = Robots(Client(Rules(), site.network))
    for number in range(3):
        with pytest.raises(SourceError, match="packed in a way"):
            robots.require_allowed(f"{SITE}/{number}.html")
    assert [path for path, _ in site.asked] == ["/robots.txt"]


def rules_kept(site: Site, text: str) -> int:  # noqa: F811
    """Return how many rules are kept of a robots.txt."""
    site.put("/robots.txt", text)
    robots = Robots(Client(Rules(), site.network))
    robots.require_allowed(f"{SITE}/x")
    (said,) = robots._said.values()
    return sum(len(rules._rules) for rules in said._user_agents.values())  # type: ignore[union-attr, misc]


def test_robots_cost_as_much_as_they_are_long(site: Site) -> None:  # noqa: F811
    """Twice the programs with twice the rules are twice the rules, not four times."""

    def many(count: int) -> str:
        programs = "".join(
            f"{('User-agent:', 'user   agent', 'UserAgent :')[n % 3]} b{n}*\n" for n in range(count)
        )
        return programs + "".join(f"Disallow: /{n}\n" for n in range(count))

    assert rules_kept(site, many(2_000)) <= 2 * rules_kept(site, many(1_000)) <= 4_000


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("User-agent: *\nDisallow: /", True),
        ("User-agent: other\nDisallow: /", False),
        ("User-agent: TrichDan\nDisallow: /", True),
        ("User-agent: trichdan # ours\nDisallow: /", True),
        ("user agent trichdan\ndisallow /", True),
        ("User-agent: other\nUser-agent: trichdan\nDisallow: /", True),
        ("User-agent: trichdan\nUser-agent: other\nDisallow: /", True),
        ("User-agent: trichdan\nAllow: /\nUser-agent: *\nDisallow: /", False),
        ("User-agent: other\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: *\nAllow: /\n\nUser-agent: other\nDisallow: /", False),
        ("User-agent: trichdan2\nDisallow: /", False),
        ("User-agent:\nDisallow: /", False),
    ],
)
def test_robots_speak_of_us_or_of_all(site: Site, text: str, refused: bool) -> None:  # noqa: F811
    """Whatever they say of other programs, before and behind."""
    site.put("/robots.txt", text)
    robots = Robots(Client(Rules(), site.network))
    if refused:
        with pytest.raises(SourceError, match=r"robots\.txt"):
            robots.require_allowed(f"{SITE}/a")
    else:
        robots.require_allowed(f"{SITE}/a")


def test_robots_with_broken_characters(tmp_path: Path) -> None:
    """What can be read of it holds, and the rest is no reason to leave a page."""

    def answer(connection: socket.socket, path: str) -> None:
        robots = reply(b"# \xff\nUser-agent: *\nDisallow: /no", "Content-Type: text/plain")
        connection.sendall(
            robots if path == "/robots.txt" else reply(b"Mot cau.", "Content-Type: text/plain")
        )

    with serve(answer) as network:
        addresses = Addresses(tmp_path, Rules(seconds=60), network=network)
        assert addresses.add(f"{HOST}/a.txt", print)
        with pytest.raises(SourceError, match="not to be fetched by programs"):
            addresses.add(f"{HOST}/no.txt", print)


def test_the_look_up_of_the_system_gives_addresses() -> None:
    """No ports, and each as it is written."""
    assert Network().resolve("127.0.0.1", 80) == ["127.0.0.1"]
