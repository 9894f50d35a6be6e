"""`python -m training.question_vector --corpora DIR --work DIR`: makes the reader's head for questions.

The reader stays as it is: it reads each question once, and what is learned is how to make of that a vector
which stands by that of the sentence that answers. The sentences keep the vectors of the bundled encoder, and
what the encoder says of the question counts beside, as when the program searches. `--work` is the folder of
`training.reader`: the candidates there are hard negatives.
"""

import argparse
import hashlib
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from index.encoders import StaticModel
from retrieval.reading.network import BUNDLED, HEAD, ReaderNetwork
from retrieval.reading.question_vector import SHARE
from training.question_pairs import question_pairs
from training.reader_batches import typed
from training.reader_groups import Group, all_groups

SEED = 7
HIDDEN = 256
BATCH, STEPS, RATE, WARM = 1024, 3000, 2e-3, 100
"""Questions of a step: each is also compared with the sentences of all others."""
HARD = 4
"""Wrong candidates of a question that are compared with as well."""
SCALE = 30.0
"""By what cosines are multiplied in the softmax."""
ALONE = 0.3
"""Weight of the reader's vector by itself, beside that of both together."""
CHANGED = 0.4
"""Share of the questions that are typed as people type."""
Floats = npt.NDArray[np.float32]
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Questions, what is known of them, and the sentences to tell apart.

    Attributes:
        means: What the reader makes of each question, float16 (n, width).
        encoded: The encoder's vector of each, float16 (n, dimension).
        right: Place of the sentence that answers, (n,).
        wrong: Places of sentences that do not, (n, HARD); -1 fills up.
        groups: Questions of one group may be answered by each other's sentences, (n,).
        sentences: The encoder's vectors, float16 (m, dimension).
    """

    means: npt.NDArray[np.float16]
    encoded: npt.NDArray[np.float16]
    right: npt.NDArray[np.int64]
    wrong: npt.NDArray[np.int64]
    groups: npt.NDArray[np.int64]
    sentences: npt.NDArray[np.float16]


class TrainedHead(nn.Module):
    """`retrieval.reading.question_vector.VectorHead` in torch."""

    def __init__(self, width: int, dimension: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.direct = nn.Linear(width, dimension)
        self.inner = nn.Linear(width, HIDDEN)
        self.outer = nn.Linear(HIDDEN, dimension, bias=False)
        nn.init.zeros_(self.outer.weight)

    def forward(self, means: Tensor) -> Tensor:
        """Return unit vectors, (n, dimension)."""
        x = self.norm(means)
        return F.normalize(self.direct(x) + self.outer(F.gelu(self.inner(x))), dim=-1)

    def arrays(self) -> dict[str, npt.NDArray[np.float16]]:
        """Return the weights by the names of `VectorHead`."""
        named = {
            "direct": self.direct.weight,
            "inner": self.inner.weight,
            "inner_bias": self.inner.bias,
            "outer": self.outer.weight,
            "bias": self.direct.bias,
        }
        return {name: values.detach().numpy().astype(np.float16) for name, values in named.items()}


def main() -> None:
    """Read the questions, train, and write the head beside the reader."""
    parser = argparse.ArgumentParser(prog="python -m training.question_vector", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder of training.reader")
    parser.add_argument("--model", type=Path, default=BUNDLED, help="folder of the reader")
    parser.add_argument("--steps", type=int, default=STEPS)
    options = parser.parse_args()
    started = time.monotonic()

    def report(line: str) -> None:
        print(f"[{time.monotonic() - started:6.0f} s] {line}", flush=True)  # noqa: T201 - a script that reports

    lessons = _lessons(options.corpora, options.work, ReaderNetwork.open(options.model), report)
    head = trained(lessons, options.steps, report)
    save_file(head.arrays(), options.model / HEAD)
    path = options.model / "revision.json"
    revision = json.loads(path.read_bytes())
    revision["sha256"][HEAD] = hashlib.sha256((options.model / HEAD).read_bytes()).hexdigest()
    revision["encoder"] = StaticModel.open().revision
    path.write_text(json.dumps(revision, indent=1) + "\n", "utf-8")
    report("done")


def _lessons(corpora: Path, work: Path, network: ReaderNetwork, report: Report) -> Lessons:
    random_ = random.Random(SEED)  # noqa: S311 - reproducible, not secret
    static = StaticModel.open()
    questions: list[str] = []
    sentences: dict[str, int] = {}
    right, wrong, groups = [], [], []

    def add(question: str, answers: str, others: Sequence[str], group: int) -> None:
        changed = random_.random() < CHANGED
        questions.append(typed(question, random_, vietnamese=True) if changed else question)
        right.append(sentences.setdefault(answers, len(sentences)))
        places = [sentences.setdefault(text, len(sentences)) for text in others[:HARD]]
        wrong.append([*places, *[-1] * (HARD - len(places))])
        groups.append(group)

    for pair in question_pairs(corpora, work, SEED):
        add(pair.question, pair.sentence, (), pair.group)
    for number, group in enumerate(all_groups(corpora, work / "groups", static, SEED, report)):
        if answers := [each.text for each in group.candidates if each.label == 1]:
            add(group.question, random_.choice(answers), _others(group), -1 - number)
    report(f"{len(questions)} questions, {len(sentences)} sentences")
    means = [network.mean_states(questions[at : at + BATCH]) for at in range(0, len(questions), BATCH)]
    report("read")
    return Lessons(
        np.concatenate(means).astype(np.float16),
        static.encode(questions).astype(np.float16),
        np.array(right),
        np.array(wrong),
        np.array(groups),
        static.encode(list(sentences)).astype(np.float16),
    )


def _others(group: Group) -> list[str]:
    return [each.text for each in group.candidates if each.label == 0]


def trained(lessons: Lessons, steps: int, report: Report) -> TrainedHead:
    """Return the head after so many steps."""
    torch.manual_seed(SEED)
    random_ = np.random.default_rng(SEED)
    head = TrainedHead(lessons.means.shape[1], lessons.encoded.shape[1])
    optimizer = torch.optim.AdamW(head.parameters(), weight_decay=0.01)
    order = np.zeros(0, dtype=np.int64)
    for step in range(steps):
        if len(order) < BATCH:
            order = random_.permutation(len(lessons.right))
        chosen, order = order[:BATCH], order[BATCH:]
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARM) * max(0.02, 1 - step / steps)
        loss = _loss(head, lessons, chosen)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if (step + 1) % 500 == 0:
            report(f"step {step + 1}: {loss.item():.3f}")
    return head


def _loss(head: TrainedHead, lessons: Lessons, chosen: npt.NDArray[np.int64]) -> Tensor:
    hard = np.unique(lessons.wrong[chosen])
    hard = hard[hard >= 0]
    targets = _tensor(lessons.sentences[np.concatenate([lessons.right[chosen], hard])])
    groups, right = lessons.groups[chosen], lessons.right[chosen]
    # What answers another question of the same group, or is right for one and wrong for another, is no error.
    same = (groups[:, None] == groups[None]) | (right[:, None] == right[None])
    alike = np.concatenate([same, right[:, None] == hard[None]], axis=1)
    np.fill_diagonal(alike, val=False)
    read = head(_tensor(lessons.means[chosen]))
    together = F.normalize(_tensor(lessons.encoded[chosen]) + SHARE * read, dim=-1)
    unknown = torch.from_numpy(alike)
    return contrast(together, targets, unknown) + ALONE * contrast(read, targets, unknown)


def contrast(questions: Tensor, targets: Tensor, unknown: Tensor) -> Tensor:
    """Return the mean of -log of the softmax that the right sentences get (van den Oord et al. 2018).

    Args:
        questions: Unit vectors, (n, dimension).
        targets: Those of the sentences, (m, dimension); the first n are the right ones, in order.
        unknown: bool (n, m): what is left out, as it may be right.
    """
    logits = (SCALE * questions @ targets.T).masked_fill(unknown, -1e4)
    return F.cross_entropy(logits, torch.arange(len(questions)))


def _tensor(values: npt.NDArray[np.float16]) -> Tensor:
    return torch.from_numpy(values.astype(np.float32))


if __name__ == "__main__":
    main()
