"""One deadline for a whole fetch, however a server spreads what it sends."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.errors import SourceError
from index.fetch import Addresses, Rules
from index.fetch.connection import Client
from index.fetch.deadline import Deadline, DeadlineExceededError
from tests.index.raw_server import HOST, NOT_FOUND, PUBLIC, reply, serve

SECONDS = 0.4
TICK = 0.05
TICKS = 1200
"""Each server would be done in time, were every operation given its own, and a minute after it is left."""
BODY = b"x" * 20


def drip(connection: socket.socket, data: bytes) -> None:
    """Send bytes, one at a time, and never pause as long as the limit."""
    for place in range(len(data)):
        connection.sendall(data[place : place + 1])
        time.sleep(TICK)


def headers(connection: socket.socket) -> None:
    """Send headers byte by byte."""
    drip(connection, b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * TICKS)
    connection.sendall(b"\r\nContent-Length: 20\r\n\r\n" + BODY)


def early_hints(connection: socket.socket) -> None:
    """Send one answer after another that is none yet."""
    for _ in range(TICKS):
        connection.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        time.sleep(TICK)
    connection.sendall(reply(BODY))


def chunk_extension(connection: socket.socket) -> None:
    """Send the size of a chunk with a word behind it that does not end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14;")
    drip(connection, b"x" * TICKS)
    connection.sendall(b"\r\n" + BODY + b"\r\n0\r\n\r\n")


def trailers(connection: socket.socket) -> None:
    """Send headers behind the body."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n" + BODY + b"\r\n0\r\n")
    drip(connection, b"X-Long: " + b"x" * TICKS)
    connection.sendall(b"\r\n\r\n")


def body(connection: socket.socket) -> None:
    """Send a body byte by byte."""
    connection.sendall(reply(b"", length=TICKS))
    drip(connection, b"x" * TICKS)


@pytest.mark.parametrize("slow", [headers, early_hints, chunk_extension, trailers, body])
def test_whatever_is_slow_ends(slow: Callable[[socket.socket], None]) -> None:
    """And what was waited for ends too: no thread is left behind that reads until the server has sent all."""
    sent = threading.Event()

    def answer(connection: socket.socket, path: str) -> None:
        slow(connection)
        sent.set()

    with serve(answer) as network:
        with pytest.raises(SourceError, match=rf"{HOST}/ took longer than {SECONDS} s"):
            Client(Rules(seconds=SECONDS), network).get(f"{HOST}/")
        for thread in threading.enumerate():
            if thread.name == "fetch":
                thread.join(10)
                assert not thread.is_alive()
        assert not sent.is_set()


def test_a_handshake_that_does_not_end() -> None:
    """Encryption is part of it."""

    def hello(connection: socket.socket, path: str) -> None:
        connection.sendall(b"\x16\x03\x03\x10\x00\x02\x00\x0f\xfc")
        drip(connection, b"\0" * 4 * TICKS)

    with serve(hello) as network, pytest.raises(SourceError, match="took longer than"):
        Client(Rules(seconds=SECONDS), network).get("https://cham.example.com/")


def test_all_redirects_together() -> None:
    """Each is fast enough by itself."""

    def lead_on(connection: socket.socket, path: str) -> None:
        time.sleep(SECONDS / 2)
        number = int(path.strip("/") or 0)
        there = reply(BODY) if number == 3 else reply(b"", f"Location: /{number + 1}", status="302 Found")
        connection.sendall(there)

    with serve(lead_on) as network:
        assert Client(Rules(seconds=20), network).get(f"{HOST}/").body == BODY
        with pytest.raises(SourceError, match="took longer than"):
            Client(Rules(seconds=SECONDS), network).get(f"{HOST}/")


def test_the_name_of_the_host() -> None:
    """A look-up cannot be ended; it is not waited for, and nothing is connected to afterwards."""
    known, told, connected = threading.Event(), threading.Event(), threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        known.wait(20)
        told.set()
        return [PUBLIC]

    def answer(connection: socket.socket, path: str) -> None:
        connected.set()
        connection.sendall(reply(BODY))

    with serve(answer) as network:
        with pytest.raises(SourceError, match="took longer than"):
            Client(Rules(seconds=SECONDS), replace(network, resolve=resolve)).get(f"{HOST}/")
        assert not told.is_set()
        known.set()
        for thread in threading.enumerate():
            if thread.name == "fetch":
                thread.join(10)
    assert not connected.is_set()


def test_robots_are_part_of_the_fetch(tmp_path: Path) -> None:
    """What they say and the page, together."""

    def answer(connection: socket.socket, path: str) -> None:
        time.sleep(SECONDS * 0.7)
        connection.sendall(
            NOT_FOUND if path == "/robots.txt" else reply(b"Con m\xc3\xa8o.", "Content-Type: text/plain")
        )

    with serve(answer) as network:
        assert Addresses(tmp_path, Rules(seconds=20), network=network).add(f"{HOST}/a.txt", print)
        with pytest.raises(SourceError, match=rf"{HOST}/a.txt.* took longer than {SECONDS} s"):
            Addresses(tmp_path, Rules(seconds=SECONDS), network=network).add(f"{HOST}/a.txt", print)


class Clock:
    """Time that passes only when somebody says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        for module in ("deadline", "robots"):
            monkeypatch.setattr(f"index.fetch.{module}.time", SimpleNamespace(monotonic=lambda: self.now))

    def pass_by(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds


def test_a_pause_that_a_host_asks_for_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is granted, and the fetch has its time all the same."""
    clock = Clock(monkeypatch)
    robots = reply(b"User-agent: *\nCrawl-delay: 50", "Content-Type: text/plain")

    def answer(connection: socket.socket, path: str) -> None:
        connection.sendall(
            robots if path == "/robots.txt" else reply(b"Con m\xc3\xa8o.", "Content-Type: text/plain")
        )

    with serve(answer) as network:
        rules = Rules(seconds=40, pause=60)
        addresses = Addresses(tmp_path, rules, network=replace(network, sleep=clock.pass_by))
        for name in ("a", "b"):
            assert addresses.add(f"{HOST}/{name}.txt", print)
    assert clock.now == 50


def test_what_is_done_in_time_is_handed_on() -> None:
    """Its result and its fault alike, a time-out of its own among these."""

    def late() -> None:
        raise TimeoutError("its own")

    deadline = Deadline(20)
    assert deadline.require(lambda: 3) == 3
    with pytest.raises(TimeoutError, match="its own"):
        deadline.require(late)
    with pytest.raises(DeadlineExceededError):
        Deadline(-1).require(lambda: pytest.fail("begun too late"))


FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>Báo</title>{}</channel></rss>'


def links(*paths: str) -> bytes:
    """Write a feed of links."""
    return FEED.format("".join(f"<item><link>{HOST}/{path}</link></item>" for path in paths)).encode()


def test_the_articles_of_a_feed_have_a_time_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left is named and comes the next time; what could not be had is tried after it."""
    asked: list[str] = []
    clock, is_slow = Clock(monkeypatch), True

    def answer(connection: socket.socket, path: str) -> None:
        asked.append(path)
        if path == "/rss":
            connection.sendall(reply(links("slow-1", "slow-2", "a.txt", "b.txt"), "Content-Type: text/xml"))
        elif path == "/robots.txt":
            connection.sendall(NOT_FOUND)
        elif "slow" in path and is_slow:
            clock.pass_by(15)
            connection.sendall(NOT_FOUND)
        else:
            connection.sendall(reply(f"Tin {path}.".encode(), "Content-Type: text/plain"))

    with serve(answer) as network:
        addresses = Addresses(tmp_path, Rules(seconds=40, articles=20), network=network)
        problems: list[str] = []
        assert addresses.add(f"{HOST}/rss", lambda error: problems.append(str(error))) == ()
        assert [path for path in asked if "rss" not in path and "robots" not in path] == [
            "/slow-1",
            "/slow-2",
        ]
        assert problems[2:] == [f"{HOST}/rss leads to slow articles; 2 are left for the next time."]
        addresses.save()
        again = Addresses(tmp_path, Rules(seconds=40, entries=2), network=network)
        found = again.refresh(print).documents
        assert [document.id for document in found] == [f"{HOST}/a.txt", f"{HOST}/b.txt"]
        is_slow = False
        found = again.refresh(print).documents
        assert [document.id for document in found] == [f"{HOST}/slow-1", f"{HOST}/slow-2"]
        assert again.refresh(print) == ((), (), 0)
