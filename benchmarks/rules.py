"""`python -m benchmarks.rules`: rules whose headings say what the sentences below them are about.

Four invented sets of rules in `benchmarks/data/rules.jsonl` are asked together with the sample collection,
with and without their headings, which shows what the headings are worth.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from benchmarks.cost import SEEDS
from benchmarks.measures import mean_reciprocal_rank, recall_at
from index.encoders import BundledEncoder, StaticModel
from index.indexer import Indexer
from index.records import Document
from index.sources import read
from index.store import Store
from index.text.headings import numbered
from retrieval.answer import Answerer
from retrieval.ranking import Ranker
from retrieval.reading import Reader
from retrieval.records import Answer

DATA = Path(__file__).parent / "data" / "rules.jsonl"
_AMONG = 10


class RulesQuestion(NamedTuple):
    """A question and the sentence that answers it."""

    question: str
    document: str
    expected: str


def rules(path: Path = DATA) -> tuple[list[Document], list[RulesQuestion]]:
    """Return the rules and the questions about them."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    texts = {row["document"]: row["text"] for row in rows if "text" in row}
    documents = [
        Document(name, text, title=text.partition("\n")[0], headings=numbered(text))
        for name, text in texts.items()
    ]
    return documents, [RulesQuestion(**row) for row in rows if "question" in row]


def rank_of(answer: Answer, question: RulesQuestion) -> int | None:
    """Return the rank of the sentence that answers, from 1; None if it is not among those shown."""
    shown = (*answer.quotes, *answer.related)[:_AMONG]
    right = (quote.document == question.document and quote.text in question.expected for quote in shown)
    return next((rank for rank, is_right in enumerate(right, start=1) if is_right), None)


def ranks(documents: Sequence[Document], questions: Sequence[RulesQuestion]) -> list[int | None]:
    """Ask every question about the documents and the sample."""
    sample = read(sorted(SEEDS.glob("**/*.txt")), lambda _: None)
    static = StaticModel.open()
    encoder = BundledEncoder(static)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        Indexer(store, encoder, static).build([*documents, *sample])
        with store.current(encoder.identity, static.revision) as generation:
            answerer = Answerer(generation, encoder, static, Ranker.bundled(), reader=Reader.open())
            return [
                rank_of(answerer.answer(each.question, top=_AMONG, related=_AMONG), each)
                for each in questions
            ]


def main() -> None:
    """Print how often the first sentence answers, with and without headings."""
    argparse.ArgumentParser(prog="python -m benchmarks.rules", description=__doc__).parse_args()
    documents, questions = rules()
    bare = [replace(document, headings=()) for document in documents]
    print(f"| {len(questions)} questions about rules | first | among ten | MRR |")
    print("| --- | --: | --: | --: |")
    for name, asked in (("with headings", documents), ("without", bare)):
        found = ranks(asked, questions)
        figures = (recall_at(found, 1), recall_at(found, _AMONG), mean_reciprocal_rank(found))
        print(f"| {name} | {' | '.join(f'{figure:.3f}' for figure in figures)} |")


if __name__ == "__main__":
    main()
