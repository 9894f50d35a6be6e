"""Trains the token vectors: first as mean vectors, then with the late-interaction score that ranks.

Both learn from what there is much of; a last phase, with the score of the second, dwells on the few
questions that were written for it. Loss of all: symmetric in-batch contrastive cross-entropy (van den Oord,
Li and Vinyals 2018) at a fixed temperature. Late interaction of a question q with a sentence s (after Khattab
and Zaharia 2020, with the norm of a static vector as the weight of its token):
sum_i |q_i| max_j cos(q_i, s_j) / sum_i |q_i|.
"""

import math
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from training.runs import Floats, mean_of_runs
from training.tasks import WRITTEN, Task

DIMENSION = 256
TEMPERATURE = 0.05
LONGEST_LEFT, LONGEST_RIGHT = 40, 64
WRITTEN_SHARE = 0.4
"""This share of the batches of the last phase is of written questions; the others keep what was learned."""
Tokens = npt.NDArray[np.int32]


class EncodedTask:
    """A task as token ids, with a way to draw batches."""

    def __init__(self, task: Task, tokenizer: Tokenizer) -> None:
        self.name, self.share, self.late_share = task.name, task.share, task.late_share
        left = encode(tokenizer, task.left, LONGEST_LEFT)
        right = encode(tokenizer, task.right, LONGEST_RIGHT)
        keep = [i for i in range(len(left)) if len(left[i]) and len(right[i])]
        self.left, self.right = [left[i] for i in keep], [right[i] for i in keep]
        groups: dict[int, list[int]] = defaultdict(list)
        for row, i in enumerate(keep):
            groups[task.group[i]].append(row)
        self._free = groups.pop(-1, [])
        self._groups = list(groups.values())

    def draw(self, size: int, random_: random.Random, per_group: int) -> list[int]:
        """Return `size` rows, up to `per_group` of each group drawn."""
        if not self._groups or random_.random() * len(self.left) < len(self._free):
            return random_.choices(self._free, k=size)
        rows: list[int] = []
        while len(rows) < size:
            group = random_.choice(self._groups)
            rows.extend(random_.sample(group, min(per_group, len(group))))
        return rows[:size]


def encode(tokenizer: Tokenizer, texts: Sequence[str], longest: int) -> list[Tokens]:
    """Return the first `longest` token ids of each text."""
    found: list[Tokens] = []
    for start in range(0, len(texts), 50_000):
        for encoding in tokenizer.encode_batch_fast(
            list(texts[start : start + 50_000]), add_special_tokens=False
        ):
            found.append(np.asarray(encoding.ids[:longest], dtype=np.int32))
    return found


def train(
    tasks: Sequence[EncodedTask],
    vocabulary: int,
    *,
    steps: int,
    late_steps: int,
    late_runs: int,
    last_steps: int,
    seed: int,
    report: Callable[[str], None],
    batch: int = 1024,
    late_batch: int = 160,
) -> Floats:
    """Return trained token vectors, float32 (vocabulary, 256).

    The later phases run `late_runs` times, each with other batches from where the one before ended, and the
    mean of what they reach is better than each (Wortsman et al., "Model soups", 2022). One thread computes
    each run, so that the number of cores changes the time and not the result.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    random_ = random.Random(seed)  # noqa: S311 - reproducible, not secret
    table = nn.Embedding(vocabulary, DIMENSION, sparse=True)
    nn.init.normal_(table.weight, std=0.05)
    shares, late_shares = [t.share for t in tasks], [t.late_share for t in tasks]
    _phase(table, tasks, shares, steps, batch, 0.012, _mean_loss, random_, 1, report)
    rest = (1 - WRITTEN_SHARE) / sum(late_shares)
    last_shares = [WRITTEN_SHARE if t.name == WRITTEN else rest * t.late_share for t in tasks]

    def run(shares: Sequence[float], count: int, rate: float, number: int) -> Floats:
        draws = random.Random(f"{seed} {rate} {number}")  # noqa: S311 - reproducible, not secret
        _phase(table, tasks, shares, count, late_batch, rate, _late_loss, draws, 6, report)
        return table.weight.detach().numpy()

    for phase in ((late_shares, late_steps, 0.003), (last_shares, last_steps, 0.0015)):
        mean = mean_of_runs(partial(run, *phase), late_runs)
        table.weight.data.copy_(torch.from_numpy(mean))
    return table.weight.detach().numpy()


def train_more(
    tasks: Sequence[EncodedTask],
    vectors: Floats,
    free: npt.NDArray[np.bool_],
    *,
    steps: int,
    late_steps: int,
    seed: int,
    report: Callable[[str], None],
) -> Floats:
    """Return token vectors of which those that are `free`, bool (vocabulary,), were trained further.

    All others stay as they are, bit for bit, so that the free ones come to where these are.
    """
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    random_ = random.Random(seed)  # noqa: S311 - reproducible, not secret
    table = nn.Embedding.from_pretrained(torch.from_numpy(vectors.copy()), freeze=False, sparse=True)
    moves = torch.from_numpy(free)

    def only_free(gradient: Tensor) -> Tensor:
        gradient = gradient.coalesce()
        kept = moves[gradient.indices()[0]]
        rows, values = gradient.indices()[:, kept], gradient.values()[kept]
        return torch.sparse_coo_tensor(rows, values, gradient.shape, check_invariants=True, is_coalesced=True)

    table.weight.register_hook(only_free)
    shares, late_shares = [t.share for t in tasks], [t.late_share for t in tasks]
    _phase(table, tasks, shares, steps, 512, 0.004, _mean_loss, random_, 1, report)
    _phase(table, tasks, late_shares, late_steps, 160, 0.003, _late_loss, random_, 6, report)
    trained: Floats = table.weight.detach().numpy()
    return trained


Loss = Callable[[nn.Embedding, list[Tokens], list[Tokens]], Tensor]


def _phase(
    table: nn.Embedding,
    tasks: Sequence[EncodedTask],
    shares: Sequence[float],
    steps: int,
    batch: int,
    rate: float,
    loss_of: Loss,
    random_: random.Random,
    per_group: int,
    report: Callable[[str], None],
) -> None:
    optimizer = torch.optim.SparseAdam(table.parameters(), lr=rate)
    started, running = time.monotonic(), defaultdict(list)
    for step in range(steps):
        warm = min(1.0, (step + 1) / 50)
        for group in optimizer.param_groups:
            group["lr"] = rate * warm * (0.5 + 0.5 * math.cos(math.pi * step / steps)) + rate * 0.01
        task = random_.choices(tasks, shares)[0]
        rows = task.draw(batch, random_, per_group)
        loss = loss_of(table, [task.left[row] for row in rows], [task.right[row] for row in rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        running[task.name].append(loss.item())
        if (step + 1) % 200 == 0 or step + 1 == steps:
            means = "  ".join(f"{name} {np.mean(values):.2f}" for name, values in sorted(running.items()))
            report(f"step {step + 1}/{steps} {time.monotonic() - started:.0f} s  {means}")
            running.clear()


def _flat(texts: list[Tokens]) -> tuple[Tensor, Tensor]:
    offsets = np.cumsum([0] + [len(text) for text in texts[:-1]])
    return torch.from_numpy(np.concatenate(texts).astype(np.int64)), torch.from_numpy(offsets)


def _pooled(table: nn.Embedding, texts: list[Tokens]) -> Tensor:
    tokens, offsets = _flat(texts)
    return F.normalize(F.embedding_bag(tokens, table.weight, offsets, mode="mean", sparse=True), dim=1)


def _contrast(scores: Tensor, right: list[Tokens]) -> Tensor:
    """Cross-entropy both ways; a text that stands twice in a batch is no negative of itself."""
    keys: dict[bytes, int] = {}
    same = torch.tensor([keys.setdefault(text.tobytes(), i) for i, text in enumerate(right)])
    twice = (same[:, None] == same[None, :]) & ~torch.eye(len(same), dtype=torch.bool)
    scores = (scores / TEMPERATURE).masked_fill(twice, -1e4)
    target = torch.arange(len(scores))
    return (F.cross_entropy(scores, target) + F.cross_entropy(scores.T, target)) / 2


def _mean_loss(table: nn.Embedding, left: list[Tokens], right: list[Tokens]) -> Tensor:
    return _contrast(_pooled(table, left) @ _pooled(table, right).T, right)


def _late_loss(table: nn.Embedding, left: list[Tokens], right: list[Tokens]) -> Tensor:
    late, mean = _late_scores(table, left, right), _pooled(table, left) @ _pooled(table, right).T
    return _contrast(late, right) + 0.5 * _contrast(mean, right) + _contrast((late + mean) / 2, right)


def _late_scores(table: nn.Embedding, left: list[Tokens], right: list[Tokens]) -> Tensor:
    """Return the late-interaction score of every left text with every right text."""
    left_tokens, left_place = np.unique(np.concatenate(left), return_inverse=True)
    right_tokens, right_place = np.unique(np.concatenate(right), return_inverse=True)
    left_vectors = table(torch.from_numpy(left_tokens.astype(np.int64)))
    right_vectors = F.normalize(table(torch.from_numpy(right_tokens.astype(np.int64))), dim=1)
    weights = left_vectors.norm(dim=1)
    cosines = right_vectors @ (left_vectors / weights[:, None].clamp(min=1e-6)).T
    longest = max(len(text) for text in right)
    padded = np.empty((len(right), longest), dtype=np.int64)
    start = 0
    for row, text in enumerate(right):
        places = right_place[start : start + len(text)]
        padded[row, : len(text)], padded[row, len(text) :] = places, places[0]
        start += len(text)
    # Which token of each right text is best for each left token: found without gradients, since only the
    # winners get any.
    tokens_of = torch.from_numpy(padded)
    with torch.no_grad():
        winner = tokens_of.gather(1, F.embedding(tokens_of, cosines).argmax(dim=1))
    best = cosines[winner, torch.arange(len(left_tokens))]
    place = torch.from_numpy(left_place.astype(np.int64))
    owner = torch.from_numpy(np.repeat(np.arange(len(left)), [len(text) for text in left]))
    weight = weights[place]
    total = torch.zeros(len(left)).index_add(0, owner, weight)
    summed = torch.zeros(len(left), len(right)).index_add(0, owner, weight[:, None] * best.T[place])
    return summed / total[:, None]
