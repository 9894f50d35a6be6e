"""Requests over real sockets: what failed before it left, and what may have arrived; proxies."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import pytest
from pydantic import SecretStr
from telegram.error import NetworkError
from telegram.request import RequestData

from bot.telegram.telegram_settings import TelegramSettings
from bot.telegram.transport.api import TelegramApi, connected
from bot.telegram.transport.faults import Fault, Flood, LocalFileUnreadable, Unsent, classify
from bot.telegram.transport.http import Wire, proxy_for, refuse_public
from index.errors import SettingsError
from tests.bot.scripted import Reply, says, scripted_bot
from tests.telegram.server import TOKEN

API = "https://api.telegram.org"
NO_PROXIES = {name: "" for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy")}


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the environment name no proxy."""
    for name in NO_PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@asynccontextmanager
async def answering(reply: bytes | None) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Listen, take each request whole, send the bytes and close; None sends nothing and goes on listening."""
    requests: list[bytes] = []
    done = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")]
        requests.append(head + await reader.readexactly(int(length[0].split(b":")[1]) if length else 0))
        if reply is None:
            await done.wait()
        else:
            writer.write(reply)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", requests
    finally:
        done.set()
        server.close()
        await server.wait_closed()


async def post(url: str, wire: Wire) -> object:
    """Send one request and close."""
    async with wire:
        return await wire.post(f"{url}/botX/sendMessage", RequestData([]))


def outcome(reply: bytes | None) -> Fault:
    """Return what becomes of a request that gets these bytes."""

    async def main() -> Fault:
        async with answering(reply) as (url, requests):
            with pytest.raises(NetworkError) as caught:
                await post(url, Wire(read_s=0.2))
            assert len(requests) == 1, "it arrived, and once"
            return classify(caught.value)

    return asyncio.run(main())


def test_what_arrived_may_have_been_carried_out() -> None:
    """No answer in time, a cut connection, half an answer and no HTTP: never taken for unsent."""
    for reply in (None, b"", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", b"surprise\r\n\r\n"):
        assert outcome(reply) is Fault.AMBIGUOUS


def test_what_never_left_is_known() -> None:
    """A refused connection, a name that nobody knows, a proxy that refuses."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
        for url, proxy in ((nowhere, None), ("http://nobody.invalid", None), (API, nowhere)):
            with pytest.raises(NetworkError) as caught:
                asyncio.run(post(url, Wire(proxy=proxy)))
            assert classify(caught.value) is Fault.UNSENT

    async def refused() -> Fault:
        async with answering(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") as (url, requests):
            with pytest.raises(NetworkError) as caught:
                await post(API, Wire(proxy=url))
            assert requests[0].startswith(b"CONNECT api.telegram.org:443 ")
            return classify(caught.value)

    assert asyncio.run(refused()) is Fault.UNSENT


def test_being_told_to_wait_is_heard() -> None:
    """429 says for how long; where it does not, a second."""

    async def seconds(body: bytes) -> int:
        head = b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: %d\r\n\r\n" % len(body)
        async with answering(head + body) as (url, _):
            with pytest.raises(Flood) as caught:
                await post(url, Wire())
            return caught.value.seconds

    assert asyncio.run(seconds(b'{"ok": false, "parameters": {"retry_after": 7}}')) == 7
    assert asyncio.run(seconds(b"slow down")) == 1


def test_a_redirect_is_not_followed(tmp_path: Path) -> None:
    """The token goes to the server of the settings and nowhere else."""

    async def main() -> None:
        async with answering(b"") as (elsewhere, stolen):
            moved = f"HTTP/1.1 302 Found\r\nLocation: {elsewhere}/\r\nContent-Length: 0\r\n\r\n".encode()
            async with (
                answering(moved) as (url, requests),
                connected(TelegramSettings(SecretStr(TOKEN), tmp_path, api_url=url)) as api,
            ):
                with pytest.raises(NetworkError):
                    await api.updates(7)
            assert stolen == []
            head, _, body = requests[0].partition(b"\r\n\r\n")
            assert head.startswith(f"POST /bot{TOKEN}/getUpdates HTTP/1.1".encode())
            assert json.loads(body)["offset"] == 7

    asyncio.run(main())


def test_a_file_of_a_local_server_is_copied(tmp_path: Path) -> None:
    """A Bot API server on this machine names a file by its place on the disk; nothing is fetched then."""
    there, here = tmp_path / "tin tức.txt", tmp_path / "here.txt"
    there.write_bytes("Đúng từng byte.\r\n".encode())
    asked: list[str] = []

    async def handle(method: str, params: dict[str, object]) -> Reply:
        asked.append(f"{method} {params['file_id']}")
        return says({"ok": True, "result": {"file_id": "f", "file_path": str(there)}})

    asyncio.run(TelegramApi(*scripted_bot(handle)).fetch("f", here))
    assert here.read_bytes() == there.read_bytes()
    assert asked == ["getFile f"]
    there.unlink()
    with pytest.raises(LocalFileUnreadable):
        asyncio.run(TelegramApi(*scripted_bot(handle)).fetch("f", here))


def test_no_more_at_once_than_allowed() -> None:
    """A ninth request waits for a free place, and the wire says that it is crowded."""

    async def main() -> None:
        async with answering(None) as (url, requests), Wire(8) as wire:
            tasks = [asyncio.create_task(wire.post(url, RequestData([]))) for _ in range(9)]
            await asyncio.sleep(0.3)
            assert len(requests) == 8
            assert wire.crowded
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            assert not wire.crowded

    asyncio.run(main())


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://proxy:3128"}, "http://proxy:3128"),
        ({"https_proxy": "proxy:3128"}, "http://proxy:3128"),
        ({"ALL_PROXY": "http://proxy:1"}, "http://proxy:1"),
        ({"HTTP_PROXY": "http://proxy:1"}, None),
        ({"HTTPS_PROXY": "http://proxy:1", "NO_PROXY": "telegram.org"}, None),
        ({"HTTPS_PROXY": "http://proxy:1", "NO_PROXY": "example.org"}, "http://proxy:1"),
        ({"ALL_PROXY": "socks5://me:hidden@proxy:1080"}, "socks5://me:hidden@proxy:1080"),
    ],
)
def test_proxies_come_from_the_environment(
    environment: dict[str, str], wanted: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As every program takes them; a server on this machine is asked directly."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxy_for(API) == wanted
    assert proxy_for("http://127.0.0.1:8081") is None


@pytest.mark.parametrize(
    "address", ["ftp://me:hidden@proxy:1080", "socks5://", "socks9://proxy:1", "http://[x"]
)
def test_a_proxy_that_cannot_be_used_is_named(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, without the password that a proxy's address may hold."""
    monkeypatch.setenv("ALL_PROXY", address)
    with pytest.raises(SettingsError, match=r"ALL_PROXY names no proxy.*socks5://") as caught:
        proxy_for(API)
    assert "hidden" not in str(caught.value)
    with pytest.raises(SettingsError, match="TRICHDAN_TELEGRAM_PROXY"):
        proxy_for(API, address)


def test_the_proxy_that_is_chosen_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the environment, and for a server of one's own, too."""
    monkeypatch.setenv("HTTPS_PROXY", "http://other:1")
    assert proxy_for(API, "socks5://proxy:1080") == "socks5://proxy:1080"
    assert proxy_for("http://127.0.0.1:8081", "proxy:3128") == "http://proxy:3128"


@asynccontextmanager
async def socks_proxy(*, user: bytes = b"", reply: int = 0) -> AsyncIterator[tuple[str, list[bytes]]]:
    """Run a SOCKS5 proxy as RFC 1928 and 1929 describe one; it notes the names that it is to connect to."""
    names: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        _, count = await reader.readexactly(2)
        methods = await reader.readexactly(count)
        wanted = 2 if user else 0
        writer.write(bytes((5, wanted if wanted in methods else 255)))
        if user:
            _, length = await reader.readexactly(2)
            name = await reader.readexactly(length)
            password = await reader.readexactly((await reader.readexactly(1))[0])
            writer.write(bytes((1, 0 if name + b":" + password == user else 1)))
        _, _, _, kind = await reader.readexactly(4)
        assert kind == 3, "the name is left to the proxy"
        names.append(await reader.readexactly((await reader.readexactly(1))[0]))
        port = int.from_bytes(await reader.readexactly(2), "big")
        writer.write(bytes((5, reply, 0, 1, 0, 0, 0, 0, 0, 0)))
        if reply == 0:
            there, back = await asyncio.open_connection("127.0.0.1", port)
            forth = asyncio.create_task(_pump(reader, back))
            writer.write(await there.read())
            forth.cancel()
            back.close()
        writer.close()

    tasks: set[asyncio.Task[None]] = set()

    async def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        tasks.add(task)
        await asyncio.gather(task, return_exceptions=True)
        writer.close()

    server = await asyncio.start_server(begin, "127.0.0.1", 0)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", names
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0.05)  # until the transports have let go


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(1 << 16):
        writer.write(data)


BODY = b'{"ok": true, "result": 1}'
GOOD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(BODY), BODY)


def test_requests_go_by_a_socks_proxy() -> None:
    """With name and password, and the name of the server is looked up behind the proxy."""

    async def main() -> None:
        async with answering(GOOD) as (url, requests), socks_proxy(user=b"me:secret") as (place, names):
            wire = Wire(proxy=f"socks5://me:secret@{place}")
            assert await post(url.replace("127.0.0.1", "localhost"), wire) == 1
            assert names == [b"localhost"]
            assert len(requests) == 1

    asyncio.run(main())


@pytest.mark.parametrize("reply", [1, 5])
def test_what_a_socks_proxy_refuses_has_not_left(reply: int) -> None:
    """A proxy that is away or cannot connect is told as what never left this machine: sent again in time."""

    async def main() -> None:
        async with socks_proxy(reply=reply) as (place, _):
            with pytest.raises(Unsent):
                await post("http://localhost:1/x", Wire(proxy=f"socks5://{place}"))
        with pytest.raises(Unsent):
            await post("http://localhost:1/x", Wire(proxy=f"socks5://{place}"))

    asyncio.run(main())


def test_http_leads_nowhere_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name of a container network is looked up before anything is sent; https may lead anywhere."""

    async def main(address: str, *, is_public: bool = False) -> None:
        async def found(*_: object) -> list[object]:
            return [(2, 1, 6, "", (address, 8081))]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
        await refuse_public("https://api.telegram.org")
        with pytest.raises(SettingsError, match="public address") if is_public else nullcontext():
            await refuse_public("http://botapi:8081")

    for private in ("172.18.0.4", "127.0.0.1", "fd00::4", "fe80::1%eth0"):
        asyncio.run(main(private))
    asyncio.run(main("149.154.167.220", is_public=True))
