"""`python -m benchmarks.amend --corpora DIR`: one article more, against building thousands whole.

A child builds, so that its memory is its own; questions are asked all the while an article is added, and each
must be answered. Processor time is compared, which other work on the machine does not change.
"""

import argparse
import itertools
import json
import lzma
import multiprocessing
import resource
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from index.build import BuildReport, Indexer
from index.encoder import BundledEncoder
from index.records import Document
from index.static import StaticModel
from index.store import Store
from retrieval.answer import Answerer
from retrieval.rank import Ranker

NEWS = "news.vi.jsonl.xz"
QUESTIONS = ("Kết quả xổ số ngày 6/2/2017 là gì?", "Ai là bộ trưởng y tế?", "giá vàng hôm nay bao nhiêu")
NEW = Document("bai-moi", "Ông Trích Văn Dẫn khai trương thư viện ở Hà Nội. Buổi lễ có 1.234 người dự.")


def articles(path: Path, count: int) -> Iterator[Document]:
    """Yield so many articles of the news corpus."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, count):
            row = json.loads(line)
            yield Document(str(row["id"]), f"{row['lede']}\n\n{row['body']}", row["title"])


def _work(kind: str, data_dir: Path, corpus: Path, count: int, told: Connection) -> None:
    model = StaticModel.open()
    encoder, store = BundledEncoder(model), Store(data_dir)
    wall, cpu = time.perf_counter(), time.process_time()
    if kind == "build":
        report = Indexer(store, encoder, model).build(articles(corpus, count))
    else:
        report = Indexer(store, encoder, model).add([NEW])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    told.send((report, time.perf_counter() - wall, time.process_time() - cpu, peak))


def measure(kind: str, data_dir: Path, corpus: Path, count: int) -> tuple[BuildReport, float, float, int]:
    """Build, or add one article, in a process of its own; print and return what it took."""
    mine, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_work, args=(kind, data_dir, corpus, count, theirs)
    )
    process.start()
    theirs.close()
    result: tuple[BuildReport, float, float, int] = mine.recv()
    process.join()
    report, wall, cpu, peak = result
    print(  # noqa: T201
        f"{kind}: {report.documents} documents, {report.sentences} sentences, {report.reused} reused; "
        f"{cpu:.1f} s of processor, {wall:.1f} s on the clock, {peak} MiB at most",
        flush=True,
    )
    return result


class Asking(threading.Thread):
    """Asks question after question until told to end, each of the generation that is live then.

    Attributes:
        answered: How many questions were answered, by generation.
        failed: What went wrong, never anything.
    """

    def __init__(self, data_dir: Path) -> None:
        super().__init__(daemon=True)
        self._store = Store(data_dir)
        self.ended = threading.Event()
        self.answered: dict[str, int] = {}
        self.failed: list[BaseException] = []

    def run(self) -> None:
        """Ask."""
        model = StaticModel.open()
        encoder, ranker = BundledEncoder(model), Ranker.bundled()
        questions = itertools.cycle(QUESTIONS)
        try:
            while not self.ended.is_set():
                with self._store.current(encoder.identity, model.revision) as generation:
                    answerer = Answerer(generation, encoder, model, ranker)
                    for question in itertools.islice(questions, 10):
                        answerer.answer(question)
                        self.answered[generation.name] = self.answered.get(generation.name, 0) + 1
        except BaseException as error:  # whatever it is, it is what is looked for
            self.failed.append(error)


def main() -> None:
    """Build, add one article while questions are asked, and print the ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.amend", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help=f"Folder of {NEWS}.")
    parser.add_argument("--documents", type=int, default=30_000)
    parser.add_argument("--keep", type=Path, help="Folder to build in, which stays. Default: one that goes.")
    arguments = parser.parse_args()
    corpus = arguments.corpora / NEWS
    with tempfile.TemporaryDirectory() as folder:
        data_dir = arguments.keep or Path(folder) / "data"
        _, _, whole, _ = measure("build", data_dir, corpus, arguments.documents)
        asking = Asking(data_dir)
        asking.start()
        _, _, one, _ = measure("add", data_dir, corpus, arguments.documents)
        asking.ended.set()
        asking.join()
        print(f"one article: 1/{whole / one:.1f} of the processor time of the whole build")  # noqa: T201
        print(  # noqa: T201
            f"questions answered meanwhile: {asking.answered}, failed: {asking.failed or 'none'}"
        )


if __name__ == "__main__":
    main()
