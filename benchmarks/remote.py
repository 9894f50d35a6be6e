"""`python -m benchmarks.remote --corpora DIR`: the share of questions that Milvus answers as the files do.

The sample collection and the Vietnamese paragraphs of XQuAD-R are built, and pushed into milvus-lite or the
server of `--server`. Each question is asked on both sides, and the first sentence compared, then the first
three: quotes, and those nearest where none answers.
"""

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpus import evenly
from benchmarks.tasks import seeds, xquad_r
from index.encoders import BundledEncoder, StaticModel
from index.indexer import Indexer
from index.progress import Silence
from index.records import Document
from index.remote.address import Address
from index.remote.milvus import Milvus
from index.remote.pushing import push
from index.remote.remote_store import RemoteStore
from index.store import Store
from retrieval.answer import Answerer
from retrieval.ranking import Ranker
from retrieval.reading import Reader
from retrieval.records import Answer


class Same(NamedTuple):
    """Of how many questions both sides name the same first sentence, and the same first three."""

    questions: int
    first: int
    three: int

    def __str__(self) -> str:
        first, three = self.first / self.questions, self.three / self.questions
        return f"{self.questions} questions, the first the same {first:.3f}, the first three {three:.3f}"


def compare(
    documents: Sequence[Document], questions: Sequence[str], address: Address, reader: Reader | None
) -> Same:
    """Build the documents, push them, and ask both sides."""
    model, ranker = StaticModel.open(), Ranker.bundled()
    encoder = BundledEncoder(model)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        Indexer(store, encoder, model).build(documents)
        with store.current(encoder.identity) as here:
            milvus = Milvus.connect(address)
            push(here, milvus, Silence())
            milvus.close()
            with RemoteStore(address).current(encoder.identity) as there:
                local, remote = (
                    Answerer(side, encoder, model, ranker, reader=reader) for side in (here, there)
                )
                pairs = [(_told(local.answer(each)), _told(remote.answer(each))) for each in questions]
    first = sum(one[:1] == other[:1] for one, other in pairs)
    return Same(len(pairs), first, sum(one == other for one, other in pairs))


def _told(answer: Answer) -> list[tuple[str, int]]:
    return [(each.document, each.start) for each in (*answer.quotes, *answer.related)][:3]


def main() -> None:
    """Compare and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.remote", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="Folder with bench/xquad-r.vi.json.xz.")
    parser.add_argument("--server", help="milvus://HOST:PORT/NAME, overwritten; default: milvus-lite.")
    parser.add_argument("--questions", type=int, default=1190, help="So many of XQuAD-R, evenly spread.")
    parser.add_argument("--reader", action="store_true", help="With the reader, as answers are given.")
    arguments = parser.parse_args()
    sample = seeds(Path("seeds/questions.jsonl"))
    xquad = xquad_r(arguments.corpora, "vi", "vi")
    reader = Reader.open() if arguments.reader else None
    with tempfile.TemporaryDirectory() as folder:
        for name, situation, most in (("seeds", sample, None), ("XQuAD-R vi", xquad, arguments.questions)):
            asked = [each.question for each in situation.asked]
            spread = evenly(asked, min(most or len(asked), len(asked)))
            address = Address.parse(arguments.server or f"milvus-lite:{folder}/{name[:5]}.db/trial")
            print(f"{name}: {compare(situation.documents, spread, address, reader)}", flush=True)


if __name__ == "__main__":
    main()
