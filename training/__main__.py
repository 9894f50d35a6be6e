"""`python -m training --corpora DIR`: makes the bundled encoder and the ranker, in one run."""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from index.encoders import StaticModel, open_encoder
from index.encoders.static import BUNDLED
from index.text.terms import fold
from training.cached import CachedEncoder
from training.encoder import EncodedTask, train
from training.folder import write_folder
from training.lessons import all_situations
from training.ranker import SHARES, Example, examples, train_ranker
from training.tasks import Task, all_tasks
from training.tokenizer import train_tokenizer

SEED = 7
RANKER = Path(__file__).parent.parent / "retrieval" / "ranking" / "ranker.json"
# How often the trainer of the vocabulary sees the texts of a task. Dictionary and names count more than the
# captions of lectures, which are most of what there is in other languages.
VOCABULARY_SHARES = {
    "en-vi news": 2.0, "en-vi other": 0.7, "news": 1.5, "news questions": 1.0, "wikipedia": 1.0,
    "jaquad": 1.0, "viquad": 3.0, "dictionary": 4.0, "names": 5.0, "en-xx": 0.35, "ja-vi": 1.0,
}  # fmt: skip
PHRASES_FROM = frozenset({"en-vi news", "news", "news questions", "wikipedia", "viquad"})


def main() -> None:
    """Train what is asked for and write it into the packages."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument(
        "--corpora", type=Path, required=True, help="folder of the corpora (see the model card)"
    )
    parser.add_argument("--only", choices=("encoder", "ranker"), help="make one part, keep the other")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="folder of the encoder")
    parser.add_argument("--steps", type=int, default=3000, help="batches of the first phase")
    parser.add_argument("--late-steps", type=int, default=8000, help="batches of the second phase")
    parser.add_argument("--late-runs", type=int, default=4, help="times that each later phase is run")
    parser.add_argument("--last-steps", type=int, default=8000, help="batches of the last phase")
    parser.add_argument("--encoder", help="fit the ranker for this sentence-transformers model instead")
    parser.add_argument("--ranker-out", type=Path, default=RANKER, help="file of the ranker")
    options = parser.parse_args()
    if options.encoder and (options.only != "ranker" or options.ranker_out == RANKER):
        parser.error(
            "--encoder is for --only ranker --ranker-out FILE: the ranker of the package is for its own"
        )
    started = time.monotonic()

    def report(line: str) -> None:
        print(f"[{time.monotonic() - started:6.0f} s] {line}", flush=True)  # noqa: T201 - a script that reports

    if options.only != "ranker":
        _make_encoder(options, report)
    if options.only != "encoder":
        static = StaticModel.open(options.model)
        encoder = CachedEncoder(open_encoder(options.encoder, static)) if options.encoder else None
        found: list[Example] = []
        for situation in all_situations(options.corpora, SEED):
            found.extend(examples(situation, static, encoder))
            report(f"{situation.name}: {len(found)} questions so far")
        options.ranker_out.write_text(train_ranker(found, SHARES, report).to_json() + "\n", "utf-8")
    report("done")


def _make_encoder(options: argparse.Namespace, report: Callable[[str], None]) -> None:
    tasks = all_tasks(options.corpora, SEED)
    report(f"{sum(len(task.left) for task in tasks)} pairs")
    tokenizer = train_tokenizer(_texts(tasks), lambda: _prose(tasks))
    report(f"{tokenizer.get_vocab_size()} tokens")
    encoded = [EncodedTask(task, tokenizer) for task in tasks]
    vectors = train(
        encoded,
        tokenizer.get_vocab_size(),
        steps=options.steps,
        late_steps=options.late_steps,
        late_runs=options.late_runs,
        last_steps=options.last_steps,
        seed=SEED,
        report=report,
    )
    write_folder(options.model, tokenizer, vectors)


def _texts(tasks: list[Task]) -> Iterator[str]:
    random_ = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    for task in tasks:
        share = VOCABULARY_SHARES.get(task.name, 0.0)
        for pair in zip(task.left, task.right, strict=True):
            times = int(share) + (random_.random() < share % 1)
            yield from pair * times


def _prose(tasks: list[Task]) -> Iterator[str]:
    """Yield the texts that phrases come from, each with and without its accents, as people type them."""
    for task in tasks:
        if task.name in PHRASES_FROM:
            for text in chain(task.left if task.name == "en-vi news" else (), task.right):
                yield text
                yield fold(text)


if __name__ == "__main__":
    main()
