"""Work in a process of its own, so that its memory is its own too, and what it took."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, TypeVar

from bot.process import be_sparing, one_thread_a_product

_STATUS = Path("/proc/self/status")
_EVERY_S = 0.02

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Took(Generic[Result]):
    """What work gave and took.

    Attributes:
        result: What it returned.
        wall: Seconds on the clock.
        cpu: Seconds of processor time, of all its threads.
        own: MiB of memory of its own at most, which nobody else could have had meanwhile.
        files: MiB of mapped files in memory at most, which the system takes back when it needs them.
    """

    result: Result
    wall: float
    cpu: float
    own: int
    files: int

    def __str__(self) -> str:
        return (
            f"{self.cpu:.1f} s of processor, {self.wall:.1f} s on the clock, {self.own} MiB of memory "
            f"and {self.files} MiB of mapped files at most"
        )


def alone(work: Callable[..., Result], *arguments: object) -> Took[Result]:
    """Do work in a new process with the threads and memory settings of `trichdan index`; on Linux.

    Raises:
        EOFError: It failed; what went wrong is on standard error.
    """
    one_thread_a_product()
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_tell, args=(theirs, work, arguments))
    process.start()
    theirs.close()
    try:
        took: Took[Result] = mine.recv()
    finally:
        process.join()
    return took


def _tell(told: Connection, work: Callable[..., Result], arguments: tuple[object, ...]) -> None:
    be_sparing()
    with _Watch() as watch:
        wall, cpu = time.perf_counter(), time.process_time()
        result = work(*arguments)
        took = Took(
            result, time.perf_counter() - wall, time.process_time() - cpu, watch.own >> 10, watch.files >> 10
        )
    told.send(took)


class _Watch(threading.Thread):
    """Looks at the memory of this process while a block runs."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._ended = threading.Event()
        self.own = self.files = 0

    def run(self) -> None:
        while not self._ended.wait(_EVERY_S):
            told = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
            own, files = (int(told[name].split()[0]) for name in ("RssAnon", "RssFile"))
            self.own, self.files = max(self.own, own), max(self.files, files)

    def __enter__(self) -> "_Watch":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join()
