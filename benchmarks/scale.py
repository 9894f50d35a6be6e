"""`python -m benchmarks.scale --corpora DIR`: a collection of a million sentences, from the build on.

News and Wikipedia are built into one collection. Then, each in a process of its own: the index is opened with
none of its files in memory and asked questions that people wrote, checked as `trichdan index check` does, and
given one article more. Takes some ten minutes and 4 GB of disk; nothing else should be running.
"""

import argparse
import os
import statistics
import tempfile
import time
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from benchmarks.amend import add, indexer, show
from benchmarks.child import alone
from benchmarks.corpus import articles, questions, texts
from bot.system.process import cores
from index.check import check
from index.encoders import BundledEncoder, StaticModel
from index.indexer import BuildReport
from index.store import Store
from retrieval.answer import Answerer
from retrieval.ranking import Ranker


class Asked(NamedTuple):
    """How fast answers come.

    Attributes:
        opened: Seconds until the first question can be asked, with the models loaded.
        first: Milliseconds for the first answer.
        median: Milliseconds, of the answers after it.
        p95: The same, which one in twenty takes longer than.
        cpu_median: Milliseconds of processor, which other work on the machine changes less.
        cpu_p95: The same, which one in twenty takes longer than.
    """

    opened: float
    first: float
    median: float
    p95: float
    cpu_median: float
    cpu_p95: float


def build(data_dir: Path, corpora: Path, news: int, wikipedia: int) -> BuildReport:
    """Build one collection of both corpora."""
    return indexer(data_dir).build(chain(articles(corpora, news), texts(corpora, wikipedia)))


def ask(data_dir: Path, asked: list[str]) -> Asked:
    """Open the index, no file of which is in memory, and ask."""
    model = StaticModel.open()
    encoder, ranker = BundledEncoder(model), Ranker.bundled()
    _forget(data_dir)
    started = time.perf_counter()
    with Store(data_dir).current(encoder.identity, model.revision) as generation:
        answerer = Answerer(generation, encoder, model, ranker)
        opened = time.perf_counter() - started
        times, cpu = [], []
        for question in asked:
            started, used = time.perf_counter(), time.process_time()
            answerer.answer(question)
            times.append(1000 * (time.perf_counter() - started))
            cpu.append(1000 * (time.process_time() - used))
    first, *others = times
    return Asked(opened, first, *_middle_and_tail(others), *_middle_and_tail(cpu[1:]))


def _middle_and_tail(times: list[float]) -> tuple[float, float]:
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def prove(data_dir: Path) -> list[str]:
    """Read every byte again and return what is wrong, as `trichdan index check` does."""
    model = StaticModel.open()
    encoder = BundledEncoder(model)
    with Store(data_dir).current(encoder.identity, model.revision, full=True) as generation:
        return list(map(str, check(generation, encoder=encoder, tokens=model, workers=cores())))


def _forget(folder: Path) -> None:
    """Have the system forget what it keeps of the files below a folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main() -> None:
    """Build, ask, check and add, and print what each took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="Folder of news, Wikipedia and ViQuAD.")
    parser.add_argument("--news", type=int, default=35_439, help="So many articles.")
    parser.add_argument("--wikipedia", type=int, default=5_000, help="So many texts.")
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--keep", type=Path, help="Folder to build in, which stays. Default: one that goes.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data_dir = arguments.keep or Path(folder) / "data"
        if not (data_dir / "CURRENT").exists():
            show("build", alone(build, data_dir, arguments.corpora, arguments.news, arguments.wikipedia))
        size = sum(path.stat().st_size for path in data_dir.rglob("*") if path.is_file())
        print(f"on the disk: {size / 1e9:.2f} GB", flush=True)
        asked = alone(ask, data_dir, questions(arguments.corpora, arguments.questions))
        told = asked.result
        print(
            f"open: {told.opened:.2f} s; the first answer {told.first:.0f} ms, median {told.median:.1f} ms, "
            f"p95 {told.p95:.1f} ms, of processor {told.cpu_median:.1f} and {told.cpu_p95:.1f} ms; {asked}",
            flush=True,
        )
        proved = alone(prove, data_dir)
        print(f"check: {proved.result or 'sound'}; {proved}", flush=True)
        show("add", alone(add, data_dir))


if __name__ == "__main__":
    main()
