"""Work in a process of its own, so that its memory is its own too, and what it took."""

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
    """What work gave and took.

    Attributes:
        result: What it returned.
        wall: Seconds on the clock.
        cpu: Seconds of processor time, of all its threads and of the processes that it waited for.
        own: MiB of memory of its own and of those processes at most, which nobody else could have had.
        files: MiB of mapped files in its memory at most, which the system takes back when it needs them.
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
    """Yield the numbers of a process and of all that it and they have started and not yet waited for."""
    yield process
    with contextlib.suppress(OSError):  # one that has just ended
        for task in (_PROCESSES / process / "task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(child)


def _memory(process: str) -> tuple[int, int]:
    """Return how many KiB of its own a process has in memory, and of files; none where it has ended."""
    with contextlib.suppress(OSError, KeyError):
        lines = (_PROCESSES / process / "status").read_text().splitlines()
        told = dict(line.split(":", 1) for line in lines)
        return int(told["RssAnon"].split()[0]), int(told["RssFile"].split()[0])
    return 0, 0


class _Watch(threading.Thread):
    """Looks at the memory of this process and of those that it starts while a block runs."""

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
