"""Run work in a separate process, so that its memory can be measured, and report what it took."""

import contextlib
import multiprocessing
import resource
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, TypeVar

from bot.system.process import be_sparing, one_thread_a_product

_PROCESSES = Path("/proc")
_EVERY_S = 0.02

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Took(Generic[Result]):
    """The result of some work, and what it took.

    Attributes:
        result: What it returned.
        wall: Seconds on the clock.
        cpu: Seconds of processor time, including all threads and the processes it waited for.
        own: Peak MiB of private memory, including those processes.
        files: Peak MiB of mapped files in memory, which the system takes back when it needs to.
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
        EOFError: It failed; the reason is on standard error.
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
        wall, cpu = time.perf_counter(), _processor()
        result = work(*arguments)
        took = Took(
            result, time.perf_counter() - wall, _processor() - cpu, watch.own >> 10, watch.files >> 10
        )
    told.send(took)


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def _family(process: str) -> Iterator[str]:
    """Yield the ids of a process and of all its descendants that have not been waited for."""
    yield process
    with contextlib.suppress(OSError):  # one that has just ended
        for task in (_PROCESSES / process / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(child)


def _memory(process: str) -> tuple[int, int]:
    """Return how many KiB of private memory and of mapped files a process has; zero if it has ended."""
    with contextlib.suppress(OSError, KeyError):
        lines = (_PROCESSES / process / "status").read_text().splitlines()
        told = dict(line.split(":", 1) for line in lines)
        return int(told["RssAnon"].split()[0]), int(told["RssFile"].split()[0])
    return 0, 0


class _Watch(threading.Thread):
    """Watches the memory of this process and of those it starts while a block runs."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._ended = threading.Event()
        self.own = self.files = 0

    def run(self) -> None:
        while not self._ended.wait(_EVERY_S):
            family = [_memory(process) for process in _family("self")]
            self.own = max(self.own, sum(own for own, _ in family))
            self.files = max(self.files, family[0][1])

    def __enter__(self) -> "_Watch":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self.join()
