"""`trichdan eval`: how well questions with known answers are answered."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import AsJson, DataDir, examples

if TYPE_CHECKING:
    from bot.terminal.screen import Screen
    from index.errors import Message
    from retrieval.evaluation import Row
    from retrieval.records import Answer

EXAMPLES = examples(
    "trichdan eval seeds/questions.jsonl", "trichdan eval --json questions.jsonl > figures.json"
)
_HEAD = ("kind", "questions", "recall@1", "recall@3", "MRR", "answered", "refused")
_RANKED = 50


def evaluate_file(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", show_default=False, help="Questions, one JSON object a line.")
    ],
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Measure how well the questions of a file are answered, by kind.

    Recall and MRR look at the ranking, below the threshold too; a quote is right when it covers more than
    half of an expected place. Answered is the share of questions with an answer in the collection that got
    quotes, refused the share of the others that got none.
    """
    from bot.settings import load
    from bot.system.system_language import spoken
    from bot.terminal.screen import Screen
    from bot.texts.collection import collection_texts
    from bot.texts.messages import translate
    from bot.wiring import open_collection
    from index.text.json_line import json_line
    from retrieval.evaluation import evaluate, read_cases, summarise

    settings = load(data_dir=data_dir)
    cases = read_cases(file)
    screen = Screen()
    texts = collection_texts(spoken(settings.language))
    with open_collection(settings, screen) as collection, screen.progress(texts) as progress:
        verdicts = []
        progress.stage("asking", len(cases))
        withheld: dict[Message, None] = {}

        def ask(question: str) -> "Answer":
            answer = collection.answerer.answer(question, top=_RANKED, related=_RANKED)
            withheld.update(dict.fromkeys(answer.misquoted))
            return answer

        for verdict in evaluate(cases, ask):
            verdicts.append(verdict)
            progress.advance(1)
    for message in withheld:
        screen.warn(translate(message, spoken(settings.language)))
    rows = summarise(verdicts)
    if as_json:
        screen.write(f"{json_line({'file': str(file), 'rows': [asdict(row) for row in rows]})}\n")
    else:
        _table(screen, rows)


def _table(screen: "Screen", rows: "Sequence[Row]") -> None:
    shown = [
        [row.kind, str(row.questions)]
        + [_share(value) for value in (row.recall_at_1, row.recall_at_3, row.mrr, row.answered, row.refused)]
        for row in rows
    ]
    screen.table(_HEAD, shown, numbers=range(1, len(_HEAD)))


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
