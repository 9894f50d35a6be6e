"""What a reader that was taken over can do: code of ours runs in its place and tries."""

import json
import socket
import sys
from collections.abc import Iterator

import pytest

from index.sources import Options
from index.sources.containment.children import command
from index.sources.containment.guard import Guard
from index.sources.files.files import HeldFile
from index.sources.files.limits import LIMITS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's measures are those of Linux")

# Each is run where a parser would run; it says what it got, or raises.
ATTEMPTS = {
    "read a file": "open(SECRET).read()",
    "read the program's environment": "open(f'/proc/{os.getppid()}/environ').read()",
    "read the program's memory": "open(f'/proc/{os.getppid()}/mem', 'rb').fileno()",
    "look at its open files": "os.listdir(f'/proc/{os.getppid()}/fd')",
    "read the users of the system": "open('/etc/passwd').read()",
    "list a folder": "os.listdir(os.path.dirname(SECRET))",
    "write a file": "open(SECRET + '.new', 'w').close()",
    "write over a file": "os.open(SECRET, os.O_WRONLY)",
    "delete a file": "os.remove(SECRET)",
    "rename a file": "os.rename(SECRET, SECRET + '.new')",
    "make a folder": "os.mkdir(SECRET + '.d')",
    "link a file": "os.symlink(SECRET, SECRET + '.link')",
    "change the rights of a file": "os.chmod(SECRET, 0o777)",
    "change the times of a file": "os.utime(SECRET)",
    "cut a file": "os.truncate(SECRET, 0)",
    "connect": "socket.create_connection(('127.0.0.1', PORT), 2)",
    "send a datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', PORT))",
    "open a local socket": "socket.socket(socket.AF_UNIX)",
    "ask for a name": "socket.getaddrinfo('localhost', 80)[0]",
    "start a process": "subprocess.run(['/bin/true'], check=True)",
    "become another program": "os.execv('/bin/true', ['true'])",
    "fork": "os._exit(0) if os.fork() == 0 else os.wait()",
    "start a thread": "threading.Thread(target=int).start()",
    "signal the program": "os.kill(os.getppid(), 0)",
    "signal everybody": "os.killpg(0, 0)",
    "trace the program": "call(libc.ptrace, 16, os.getppid(), 0, 0)",
    "read its memory by a call": "call(libc.syscall, 310, os.getppid(), 0, 0, 0, 0, 0)",
    "raise the limit of memory": "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "raise the limit of time": "resource.setrlimit(resource.RLIMIT_CPU, (-1, -1))",
    "raise the limit of files": "resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))",
    "lift a limit of the program": "resource.prlimit(os.getppid(), resource.RLIMIT_AS, (1 << 30, 1 << 30))",
    "take more memory": "len(bytearray(LIMIT))",
    "become somebody else": "os.setuid(0) or os.setgid(0)",
    "go into a namespace": "call(libc.unshare, 0x10000000)",
    "change the root": "os.chroot('/')",
    "mount": "call(libc.mount, b'none', b'/tmp', b'tmpfs', 0, 0)",
    "ask the kernel for more": "call(libc.syscall, 425, 8, 0)",
    "do as its parent does": "call(libc.prctl, 4, 1, 0, 0, 0)",
    "write to its own standard output": "os.fchmod(0, 0o777)",
}


INNOCENT = {
    "compute": "len('a')",
    "load a library": "import decimal, lxml.etree, feedparser",
    "take memory": "bytearray(1 << 20)",
    "see the time": "time.time(), time.monotonic()",
}

INSIDE = """
import ctypes, os, resource, socket, subprocess, sys, threading, time
from index.sources.containment import worker
from index.sources.web.feed import Feed, FeedEntry
libc = ctypes.CDLL(None, use_errno=True)
def call(function, *arguments):
    if function(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")
def outcome(attempt):
    try:
        exec(attempt, globals())
    except BaseException as error:
        return f"refused: {type(error).__name__}"
    return "done"
def hijacked(data, name, url=None):
    entries = (FeedEntry(what, None, None, None, None, outcome(how), True) for what, how in ATTEMPTS.items())
    return Feed(None, None, tuple(entries))
worker.parse_feed = hijacked
main = worker.main
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Return what came of each attempt, in a reading process whose parser of feeds was replaced by them."""
    folder = tmp_path_factory.mktemp("inside")
    secret, module = folder / "secret", folder / "hijacked.py"
    secret.write_text("secret", "utf-8")
    secret.chmod(0o600)
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.MonkeyPatch.context() as patch:
        known = f"SECRET, LIMIT = {str(secret)!r}, {LIMITS.memory}\nPORT = {server.getsockname()[1]}\n"
        module.write_text(f"{known}ATTEMPTS = {ATTEMPTS | INNOCENT!r}\n{INSIDE}", "utf-8")
        started = command("hijacked")
        path, *rest = json.loads(started[-1])
        started[-1] = json.dumps([[str(folder), *path], *rest])
        patch.setenv("TRICHDAN_TELEGRAM_TOKEN", "secret")
        patch.setattr("index.sources.containment.guard.command", lambda _: started)
        with Guard() as guard:
            feed = guard.read_feed(HeldFile("a.rss", "a.rss", b"<rss/>"), Options())
    assert secret.read_text("utf-8") == "secret"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert {each.name for each in folder.iterdir()} <= {"hijacked.py", "secret", "__pycache__"}
    yield {entry.id: entry.text for entry in feed.entries}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nothing_can_be_done_from_inside(outcomes: dict[str, str], attempt: str) -> None:
    """What a parser that was taken over tries is refused by the kernel; what it aimed at is unharmed."""
    assert outcomes[attempt].startswith("refused: ")


@pytest.mark.parametrize("need", INNOCENT)
def test_what_reading_needs_can_be_done(outcomes: dict[str, str], need: str) -> None:
    """So that the attempts above do not fail for another reason."""
    assert outcomes[need] == "done"
