"""`python -m training.reader --corpora DIR --teacher DIR --work DIR`: makes the bundled reader.

The teacher is a folder of multilingual-e5-small: `model.safetensors` and `tokenizer.json`. What was reached
is kept in `--work`, so that a training that was stopped goes on where it was.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - its usual name

from index.encoders import StaticModel
from index.encoders.model_files import Vocabulary
from retrieval.reading.network import BUNDLED
from training.reader_batches import Item, Switch, competing, items, padded
from training.reader_export import write_model
from training.reader_groups import Candidate, Group, all_groups
from training.reader_model import ReaderModel, load_layers, span_loss
from training.reader_smoothing import largest_inputs
from training.reader_switching import reader_switch
from training.reader_vocabulary import chosen_pieces, pruned
from training.reader_words import Words, frozen_words
from training.written import OTHER

LAYERS = (0, 2, 4, 6, 8, 10)
"""Layers of the teacher that the reader starts from."""
SEED = 7
BATCH = 24
"""Groups of a step."""
CHUNK = 16
"""Pairs that go through the network together, of like lengths."""
HEADS, WARM = 4.0, 150
"""By what the new parts learn faster, steps until the peak of the rate of learning."""
ANSWERS, SPANS, LEANS = 0.5, 1.0, 0.1
"""Weights of the losses beside the listwise one."""
UNSURE, SURE = 0.35, 0.8
"""Weights of a wrong candidate: where only one right sentence is known, and where all are."""
JUDGED = 3
"""So often come the questions whose candidates were judged one by one."""
ABROAD = 2
"""So often come the questions in other languages to Vietnamese texts."""
SAVE = 50
NEW = ("part", "match", "scale", "hidden", "score", "span")
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train.

    Attributes:
        rate: Peak of the rate of learning.
        fixed: Lowest layers that stay as they are, which saves their part of the backward pass.
    """

    steps: int
    rate: float
    fixed: int


def main() -> None:
    """Train and write the model folder; `training.question_vector` and `training.decision` come after it."""
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--teacher", type=Path, required=True, help="folder of multilingual-e5-small")
    parser.add_argument("--work", type=Path, required=True, help="folder for groups and checkpoints")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="folder of the reader")
    parser.add_argument("--steps", type=int, default=1100)
    parser.add_argument("--rate", type=float, default=1e-4, help="peak of the rate of learning")
    parser.add_argument("--fixed", type=int, default=0, help="lowest layers that stay as they are")
    options = parser.parse_args()
    started = time.monotonic()

    def report(line: str) -> None:
        print(f"[{time.monotonic() - started:6.0f} s] {line}", flush=True)  # noqa: T201 - a script that reports

    options.work.mkdir(parents=True, exist_ok=True)
    state = load_file(options.teacher / "model.safetensors")
    tokenizer = Tokenizer.from_file(str(options.teacher / "tokenizer.json"))
    kept_file, tokenizer_file = options.work / "pieces.json", options.work / "tokenizer.json"
    if not tokenizer_file.exists():
        kept = chosen_pieces(tokenizer, options.corpora, SEED)
        kept_file.write_text(json.dumps(kept), "utf-8")
        tokenizer_file.write_text(pruned(tokenizer, kept), "utf-8")
    words = frozen_words(state, json.loads(kept_file.read_text("utf-8")))
    report(f"{len(words.rows)} pieces")
    groups = all_groups(options.corpora, options.work / "groups", StaticModel.open(), SEED, report)
    vocabulary = Vocabulary.open(tokenizer_file)
    reader = ReaderModel(len(LAYERS))
    load_layers(reader, state, list(LAYERS))
    train(
        reader,
        words,
        vocabulary,
        groups,
        reader_switch(options.corpora),
        Plan(options.steps, options.rate, options.fixed),
        options.work / "reader.safetensors",
        report,
    )
    parameters = {name: values.numpy() for name, values in reader.state_dict().items()}
    largest = largest_inputs(reader, words, vocabulary, groups, SEED)
    write_model(
        options.model,
        parameters,
        len(LAYERS),
        words.rows,
        words.scales,
        words.positions,
        tokenizer_file,
        largest,
    )
    report("done")


def train(
    reader: ReaderModel,
    words: Words,
    vocabulary: Vocabulary,
    groups: list[Group],
    switch: Switch,
    plan: Plan,
    checkpoint: Path,
    report: Report,
) -> None:
    """Train the reader in place; goes on from the checkpoint where there is one.

    The layers compute in bfloat16, which processors with matrix units do many times faster; the weights are
    kept and changed in float32.
    """
    for module in (
        (reader.part, reader.match, reader.norm, *reader.layers[: plan.fixed]) if plan.fixed else ()
    ):
        module.requires_grad_(requires_grad=False)
    steps = plan.steps
    names = [name for name, _ in reader.named_parameters()]
    masters = [p.detach().clone().requires_grad_() for p in reader.parameters()]
    new = [master for name, master in zip(names, masters, strict=True) if name.split(".")[0] in NEW]
    old = [master for name, master in zip(names, masters, strict=True) if name.split(".")[0] not in NEW]
    optimizer = torch.optim.AdamW([{"params": new}, {"params": old}], betas=(0.9, 0.98), weight_decay=0.01)
    by_name = dict(zip(names, masters, strict=True))
    first = _load(checkpoint, by_name, optimizer) if checkpoint.exists() else 0
    reader.bfloat16()
    _copy(masters, reader)
    random_ = random.Random(SEED + first)  # noqa: S311 - reproducible, not secret
    queue: list[Group] = []
    means: dict[str, float] = {}
    for step in range(first, steps):
        rate = plan.rate * min(1.0, (step + 1) / WARM) * max(0.02, 1 - step / steps)
        for group, factor in zip(optimizer.param_groups, (HEADS, 1.0), strict=True):
            group["lr"] = rate * factor
        losses = _losses(reader, words, vocabulary, _batch(groups, queue, random_), random_, switch)
        total = sum((loss for loss in losses.values()), torch.zeros(()))
        total.backward()
        for parameter, master in zip(reader.parameters(), masters, strict=True):
            master.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        torch.nn.utils.clip_grad_norm_(masters, 1.0)
        optimizer.step()
        _copy(masters, reader)
        for name, loss in losses.items():
            means[name] = 0.97 * means.get(name, loss.item()) + 0.03 * loss.item()
        if (step + 1) % SAVE == 0 or step + 1 == steps:
            report(f"step {step + 1}: " + ", ".join(f"{name} {value:.3f}" for name, value in means.items()))
            _save(checkpoint, by_name, optimizer, step + 1)
    reader.float()
    _copy(masters, reader)


_MOMENTS = ("exp_avg", "exp_avg_sq")  # what the optimizer remembers


def _save(path: Path, masters: dict[str, Tensor], optimizer: torch.optim.Optimizer, step: int) -> None:
    tensors = {name: master.detach() for name, master in masters.items()}
    for name, master in masters.items():
        if remembered := optimizer.state.get(master):  # a layer that stays as it is has none
            tensors |= {f"{moment} {name}": remembered[moment] for moment in _MOMENTS}
    save_file({**tensors, "step": torch.tensor(step)}, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _load(path: Path, masters: dict[str, Tensor], optimizer: torch.optim.Optimizer) -> int:
    """Take up what was saved, and return after which step that was."""
    saved = load_file(path)
    step = int(saved["step"])
    with torch.no_grad():
        for name, master in masters.items():
            master.copy_(saved[name])
            remembered = {moment: saved[key] for moment in _MOMENTS if (key := f"{moment} {name}") in saved}
            if remembered:
                optimizer.state[master] = {"step": torch.tensor(float(step)), **remembered}
    return step


def _copy(masters: list[Tensor], reader: ReaderModel) -> None:
    with torch.no_grad():
        for parameter, master in zip(reader.parameters(), masters, strict=True):
            parameter.copy_(master)


def _batch(
    groups: list[Group], queue: list[Group], random_: random.Random
) -> list[tuple[Group, list[Candidate]]]:
    batch: list[tuple[Group, list[Candidate]]] = []
    while len(batch) < BATCH:
        if not queue:
            queue += [group for group in groups for _ in range(_times(group))]
            random_.shuffle(queue)
        group = queue.pop()
        candidates = competing(group, random_)
        if len(candidates) > 1:
            batch.append((group, candidates))
    return batch


def _times(group: Group) -> int:
    if group.is_judged:
        return JUDGED
    return ABROAD if group.kind == OTHER else 1


def _losses(
    reader: ReaderModel,
    words: Words,
    vocabulary: Vocabulary,
    batch: list[tuple[Group, list[Candidate]]],
    random_: random.Random,
    switch: Switch,
) -> dict[str, Tensor]:
    found = items(batch, vocabulary, random_, switch)
    scores, span = forward(reader, words, found)
    owner = torch.tensor([item.group for item in found])
    right = torch.tensor([item.right for item in found])
    listwise, answers, lists = torch.zeros(()), torch.zeros(()), 0
    for number, (group, _) in enumerate(batch):
        mine, is_right = scores[owner == number, 0], right[owner == number]
        if is_right.any():
            listwise = listwise + torch.logsumexp(mine, 0) - torch.logsumexp(mine[is_right], 0)
            lists += 1
        wrong = UNSURE if group.answerable and not group.is_complete else SURE
        weight = torch.where(is_right, 1.0, wrong)
        each = F.binary_cross_entropy_with_logits(mine, is_right.float(), weight, reduction="sum")
        answers = answers + each / len(mine) ** 0.5
    said = [place for place, item in enumerate(found) if item.leans is not None]
    leans = torch.tensor([float(bool(found[place].leans)) for place in said])
    lean = F.binary_cross_entropy_with_logits(scores[said, 1], leans) if said else torch.zeros(())
    return {
        "listwise": listwise / max(lists, 1),
        "answers": ANSWERS * answers / len(batch),
        "spans": SPANS * span,
        "leans": LEANS * lean,
    }


def forward(reader: ReaderModel, words: Words, found: list[Item]) -> tuple[Tensor, Tensor]:
    """Return the scores of all pairs, (pairs, 2), and the mean loss of the spans that are known."""
    order = sorted(range(len(found)), key=lambda place: len(found[place].row.ids))
    scores: list[Tensor] = [torch.zeros(())] * len(found)
    spans, count = torch.zeros(()), 0
    for first in range(0, len(order), CHUNK):
        places = order[first : first + CHUNK]
        batch = padded([found[place].row for place in places])
        embedded = words.embed(batch.ids).to(reader.norm.weight.dtype)
        said, span = reader(embedded, batch.parts, batch.matches, batch.lengths)
        for number, place in enumerate(places):
            scores[place] = said[number]
        known = [number for number, place in enumerate(places) if found[place].span]
        if known:
            where = torch.tensor([found[places[number]].span for number in known])
            spans = spans + span_loss(span[known], where, batch.sentence[known]) * len(known)
            count += len(known)
    return torch.stack(scores), spans / max(count, 1)


if __name__ == "__main__":
    main()
