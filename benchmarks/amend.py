"""`python -m benchmarks.amend --corpora DIR`: adding one article, compared with building thousands.

Questions are asked while the article is added, and each must be answered. Processor time is compared, since
other work on the machine does not change it.
"""

import argparse
import itertools
import tempfile
import threading
from pathlib import Path

from benchmarks.child import Took, alone
from benchmarks.corpus import articles
from index.encoders import BundledEncoder, StaticModel
from index.indexer import BuildReport, Indexer
from index.records import Document
from index.store import Store
from retrieval.answer import Answerer
from retrieval.ranking import Ranker

QUESTIONS = ("Kết quả xổ số ngày 6/2/2017 là gì?", "Ai là bộ trưởng y tế?", "giá vàng hôm nay bao nhiêu")
NEW = Document("bai-moi", "Ông Trích Văn Dẫn khai trương thư viện ở Hà Nội. Buổi lễ có 1.234 người dự.")


def indexer(data_dir: Path) -> Indexer:
    """Return an indexer with the bundled encoder."""
    model = StaticModel.open()
    return Indexer(Store(data_dir), BundledEncoder(model), model)


def build(data_dir: Path, corpora: Path, count: int) -> BuildReport:
    """Build this many articles."""
    return indexer(data_dir).build(articles(corpora, count))


def add(data_dir: Path) -> BuildReport:
    """Add one article."""
    return indexer(data_dir).add([NEW])


class Asking(threading.Thread):
    """Asks question after question until stopped, each of the generation that is live at the time.

    Attributes:
        answered: How many questions were answered, by generation.
        failed: What went wrong; should stay empty.
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
        except BaseException as error:  # any error is a finding
            self.failed.append(error)


def show(what: str, took: Took[BuildReport]) -> None:
    """Print what was built and what it took."""
    report = took.result
    print(
        f"{what}: {report.documents} documents, {report.sentences} sentences, {report.reused} reused; {took}",
        flush=True,
    )


def main() -> None:
    """Build, add one article while questions are asked, and print the ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.amend", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="Folder of the news.")
    parser.add_argument("--documents", type=int, default=30_000)
    parser.add_argument("--keep", type=Path, help="Folder to build in and keep. Default: a temporary one.")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data_dir = arguments.keep or Path(folder) / "data"
        whole = alone(build, data_dir, arguments.corpora, arguments.documents)
        show("build", whole)
        asking = Asking(data_dir)
        asking.start()
        one = alone(add, data_dir)
        show("add", one)
        asking.ended.set()
        asking.join()
        print(f"one article: 1/{whole.cpu / one.cpu:.1f} of the processor time of the whole build")
        print(f"questions answered meanwhile: {asking.answered}, failed: {asking.failed or 'none'}")


if __name__ == "__main__":
    main()
