"""`python -m benchmarks.counts [--renew]`: how much work a small fixed case takes, counted rather than timed.

The sentences of the sample collection are shuffled into 200 documents, no two alike. An index of them is
built, opened, asked, and given one more document. A busy machine does not change the counts, so a test
compares them with those in `benchmarks/data/counts.json`; `--renew` records them again.
"""

import argparse
import contextlib
import json
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from index.disk import Disk
from index.encoders import BundledEncoder, StaticModel
from index.generation.arrays import PartedRows
from index.generation.catalogue import Catalogue
from index.generation.vectors.half_vectors import HalfVectors
from index.generation.vectors.vector_codes import VectorCodes
from index.generation.word_index import WordIndex
from index.indexer import Indexer
from index.indexer.chunking import Sizes
from index.progress import Problems, Silence
from index.records import Document
from index.sources import read_from, sample_folder
from index.store import Store
from index.text.segment import quotable
from retrieval import answer
from retrieval.answer import Answerer
from retrieval.ranking import Ranker

RECORDED = Path(__file__).parent / "data" / "counts.json"
MORE = 0.02
"""Growth by more than this share is a finding; sentences that tie may change with the libraries."""

_DOCUMENTS, _SENTENCES = 200, 12
_NEVER = 10**18  # nanoseconds
_SIZES = Sizes(least=40_000, usual=80_000, most=160_000)  # several parts, as of a large collection
_QUESTIONS = 10

Counts = dict[str, dict[str, int]]
_Tally = Callable[[Counter[str], tuple[Any, ...], Any], None]


def documents() -> list[Document]:
    """Return the documents of the case."""
    sentences = [
        found.document.text[start:end]
        for found in read_from([sample_folder()], Problems(Silence()))
        for start, end, _ in quotable(found.document.text)
    ]
    drawn = random.Random(1)  # noqa: S311 - only has to be the same each time
    return [
        Document(
            f"{number:03}",
            f"Bản tin thứ {number}.\n\n"
            + " ".join(drawn.sample(sentences, _SENTENCES))
            + f"\n\nHết bản {number}.",
        )
        for number in range(_DOCUMENTS)
    ]


def questions() -> list[str]:
    """Return the questions of the case."""
    lines = (sample_folder() / "questions.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines[:_QUESTIONS]]


def counted() -> Counts:
    """Run the case and count."""
    told: Counts = {}

    @contextlib.contextmanager
    def counting(what: str) -> Iterator[None]:
        with _watched() as counts:
            yield
        told[what] = dict(sorted(counts.items()))

    model = StaticModel.open()
    encoder, ranker, made = BundledEncoder(model), Ranker.bundled(), documents()
    with tempfile.TemporaryDirectory() as folder:
        # No file is ever old enough to be remembered as verified, else the count would depend on the clock.
        store = Store(Path(folder) / "data", settled=_NEVER, exact_up_to=0)
        indexer = Indexer(store, encoder, model, sizes=_SIZES)
        with counting("build"):
            indexer.build(made[1:])
        with counting("add one document"):
            indexer.add(made[:1])
        with counting("open"):
            generation = store.current(encoder.identity, model.revision)
            answerer = Answerer(generation, encoder, model, ranker)
        with generation:
            for what in ("ten questions", "the same questions again"):
                with counting(what):
                    for question in questions():
                        answerer.answer(question)
    return told


def grown(told: Counts, recorded: Counts) -> list[str]:
    """Return what has grown since it was recorded."""
    found = []
    for what, counts in told.items():
        for name, count in counts.items():
            most = recorded.get(what, {}).get(name, 0)
            if count > most + MORE * most:
                found.append(f"{what}: {count:,} {name}, recorded are {most:,}")
    return found


@contextlib.contextmanager
def _watched() -> Iterator[Counter[str]]:
    """Count the work of a block."""
    counts: Counter[str] = Counter()
    with contextlib.ExitStack() as held:
        for owner, name, tally in _WATCHED:
            held.enter_context(mock.patch.object(owner, name, _tallied(getattr(owner, name), tally, counts)))
        yield counts


def _tallied(method: Callable[..., Any], tally: _Tally, counts: Counter[str]) -> Callable[..., Any]:
    def counting(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - stands for any method
        result = method(*arguments, **named)
        tally(counts, arguments, result)
        return result

    return counting


def _texts(counts: Counter[str], arguments: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401 - any method
    counts["texts divided into tokens"] += len(result)
    counts["tokens"] += sum(map(len, result))


def _compared(counts: Counter[str], arguments: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401
    counts["vectors compared"] += len(arguments[0]) * len(arguments[1])


def _scanned(counts: Counter[str], arguments: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401
    counts["codes scanned"] += arguments[0].count


def _rows(counts: Counter[str], arguments: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401
    counts["vectors read"] += len(result)


def _taken(counts: Counter[str], arguments: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401
    counts["token and term ids read"] += len(result.values)


def _terms(counts: Counter[str], arguments: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401
    counts["terms looked up"] += len(arguments[1])


def _statements(counts: Counter[str], arguments: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401
    counts["statements of SQLite"] += 1


def _candidates(counts: Counter[str], arguments: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401
    counts["rows scored"] += len(result)


def _written(counts: Counter[str], arguments: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401
    counts["files written"] += 1


def _summed(counts: Counter[str], arguments: tuple[Any, ...], result: Any) -> None:  # noqa: ANN401
    counts["bytes summed"] += result.size


_WATCHED: tuple[tuple[Any, str, _Tally], ...] = (
    (StaticModel, "tokenize", _texts),
    (HalfVectors, "search", _compared),
    (VectorCodes, "search", _scanned),
    (HalfVectors, "rows", _rows),
    (PartedRows, "take", _taken),
    (WordIndex, "search", _terms),
    (Catalogue, "_rows", _statements),
    (answer, "candidates", _candidates),
    (Disk, "write", _written),
    (Disk, "sum", _summed),
)


def main() -> None:
    """Count, and compare or record."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.counts", description=__doc__)
    parser.add_argument("--renew", action="store_true", help="Record what is counted now.")
    renew = parser.parse_args().renew
    told = counted()
    if renew:
        RECORDED.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")
    print(json.dumps(told, indent=1, ensure_ascii=False))
    for line in grown(told, json.loads(RECORDED.read_text("utf-8"))):
        print(line)


if __name__ == "__main__":
    main()
