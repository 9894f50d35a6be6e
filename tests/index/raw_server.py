"""A server that sends what a test says, byte by byte if need be."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator

import httpcore

from index.fetch import Network

PUBLIC = "93.184.216.34"
HOST = "http://cham.example.com"

Answer = Callable[[socket.socket, str], None]
"""Answers on a connection what was asked for by a path."""


@contextlib.contextmanager
def serve(answer: Answer) -> Iterator[Network]:
    """Serve on this machine, which plays all hosts."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()
    threads: list[threading.Thread] = []

    def one(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            asked = b""
            while b"\r\n\r\n" not in asked and (more := connection.recv(4096)):
                asked += more
                if asked[:1] == b"\x16":  # a handshake, not a request
                    break
            path = asked.split(b" ")[1].decode("latin-1") if asked.startswith(b"GET ") else ""
            answer(connection, path)

    def listen() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threads.append(threading.Thread(target=one, args=(connection,), daemon=True))
            threads[-1].start()

    plain = httpcore.SyncBackend()
    port = listener.getsockname()[1]
    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    try:
        yield Network(
            lambda host, port: [PUBLIC],
            lambda host, _, timeout: plain.connect_tcp("127.0.0.1", port, timeout),
            lambda seconds: None,
        )
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def reply(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """Write an answer; of another length than it has, where `length` is given."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("utf-8") + body


NOT_FOUND = reply(b"", status="404 Not Found")
