"""The head for questions: its loss against sums by hand, and the same in torch as in the program."""

import math

import numpy as np
import pytest
import torch
from torch.nn import functional as F  # noqa: N812 - its usual name

from retrieval.reading.question_vector import VectorHead
from training.question_vector import HARD, SCALE, Lessons, TrainedHead, contrast, trained


def unit(seed: int, rows: int) -> torch.Tensor:
    """Make unit vectors."""
    return F.normalize(torch.randn(rows, 6, generator=torch.Generator().manual_seed(seed)), dim=-1)


def test_the_loss_against_sums_by_hand() -> None:
    """Two questions, three sentences; the second question may be answered by the third."""
    questions, targets = unit(1, 2), unit(2, 3)
    unknown = torch.tensor([[False, False, False], [False, False, True]])
    exponents = [[math.exp(SCALE * float(q @ t)) for t in targets] for q in questions]
    first = math.log(sum(exponents[0])) - math.log(exponents[0][0])
    second = math.log(exponents[1][0] + exponents[1][1]) - math.log(exponents[1][1])
    assert float(contrast(questions, targets, unknown)) == pytest.approx((first + second) / 2, rel=1e-3)


def test_the_program_computes_the_same() -> None:
    """Float16 on the way, so to three digits."""
    torch.manual_seed(3)
    head = TrainedHead(24, 6)
    torch.nn.init.normal_(head.outer.weight)
    means = np.random.default_rng(3).normal(3, 2, size=(5, 24)).astype(np.float32)
    expected = head(torch.from_numpy(means)).detach().numpy()
    assert VectorHead.from_tensors(head.arrays()).vectors(means) == pytest.approx(expected, abs=3e-3)


def test_it_learns_where_answers_are() -> None:
    """What the reader says tells the sentence, the encoder knows nothing: after training it is found."""
    random = np.random.default_rng(5)
    sentences = random.normal(size=(64, 6))
    sentences /= np.linalg.norm(sentences, axis=1, keepdims=True)
    right = random.integers(0, 64, 2048)
    means = sentences[right] @ random.normal(size=(6, 24)) + random.normal(0, 0.02, size=(2048, 24))
    lessons = Lessons(
        means.astype(np.float16),
        np.zeros((2048, 6), dtype=np.float16),
        right,
        np.full((2048, HARD), -1),
        right,
        sentences.astype(np.float16),
    )
    head = trained(lessons, 150, lambda _: None)
    found = VectorHead.from_tensors(head.arrays()).vectors(means.astype(np.float32)) @ sentences.T
    assert (found.argmax(axis=1) == right).mean() > 0.8
