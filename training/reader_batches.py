"""Groups to batches for the reader's network: questions as people type them, and which candidates compete."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from index.encoders.model_files import Vocabulary
from index.text.terms import fold
from retrieval.reading.pairs import SENTENCE, Pair, Passage, rows
from training.questions import with_typo
from training.reader_groups import Candidate, Group

WRONG = 4
"""Wrong candidates beside the right ones."""
NEAREST = 8
"""Most of them are of these first."""
MOST_RIGHT = 2
PLAIN, CHAT, BARE, TYPO = 0.22, 0.14, 0.05, 0.06
"""Shares of Vietnamese questions without accents, as in a chat, without their mark; of all with a slip."""
ABROAD = {"asked-en": 0.4, "en": 0.4, "asked-vi": 0.07, "vi": 0.07}
"""Shares of questions that get words of another language, by kind."""
NO_TITLE, NO_BEFORE = 0.15, 0.12
"""Shares of passages that lack the title, the sentence before: many documents have no title."""
# What people write in chats, and what it stands for.
_SHORT = {
    "bao nhiêu": ("bn", "bnhiu", "bao nhiu"), "không": ("k", "ko", "hok"), "được": ("dc", "đc"),
    "gì": ("j", "gi"), "với": ("vs",), "bạn": ("bn",), "bây giờ": ("bh", "bây h"), "bao giờ": ("bh", "bao h"),
    "hôm nay": ("hn",), "như thế nào": ("ntn",), "thế nào": ("tn",), "điện thoại": ("đt", "dt"),
    "người": ("ng", "ngừi"), "mọi người": ("mn",), "rồi": ("r", "rùi"), "vậy": ("v", "z", "zậy"),
    "tổng thống": ("tt",), "thủ tướng": ("ttg",), "hà nội": ("hn",), "trường": ("trg",), "biết": ("bít",),
    "việt nam": ("vn",), "triệu": ("tr",), "công ty": ("cty",), "anh em": ("ae",),
}  # fmt: skip
_BEFORE = ("cho hỏi ", "ad ơi ", "mn ơi ", "ai bt ", "cho mình hỏi ", "ủa ", "thế ")
_AFTER = (" v", " vậy", " ạ", " thế", " nhỉ", " z", " vậy mn", " ??")


class Item(NamedTuple):
    """One pair of a batch.

    Attributes:
        group: Number of its group in the batch.
        row: What the network is given.
        right: Whether the sentence answers.
        span: First and last piece of the words that answer; None where they are not known.
        leans: Whether it needs the sentence before; None where nobody said.
    """

    group: int
    row: Pair
    right: bool
    span: tuple[int, int] | None
    leans: bool | None


def competing(group: Group, random_: random.Random) -> list[Candidate]:
    """Return right candidates, two at most, and wrong ones, most of them the nearest; [] if none is right."""
    right = [candidate for candidate in group.candidates if candidate.label == 1]
    wrong = [candidate for candidate in group.candidates if candidate.label == 0]
    if group.answerable and not right:
        return []
    right = random_.sample(right, min(len(right), MOST_RIGHT)) if group.answerable else []
    count = WRONG - max(len(right) - 1, 0)
    chosen = random_.sample(wrong[:NEAREST], min(3, count, len(wrong[:NEAREST])))
    others = [candidate for candidate in wrong if candidate not in chosen]
    return [*right, *chosen, *random_.sample(others, min(len(others), count - len(chosen)))]


Switch = Callable[[str, random.Random], str | None]
"""Returns a text with words of another language, None where it does not know enough of its words."""


def items(
    batch: Sequence[tuple[Group, Sequence[Candidate]]],
    vocabulary: Vocabulary,
    random_: random.Random,
    switch: Switch | None = None,
) -> list[Item]:
    """Return the pairs of some groups, with questions and passages varied; `switch` is for some questions."""
    found = []
    for number, (group, candidates) in enumerate(batch):
        chosen = switch if random_.random() < ABROAD.get(group.kind, 0.0) else None
        abroad = chosen(group.question, random_) if chosen else None
        at_home = group.kind.startswith(("vi", "asked-vi")) and not abroad
        question = typed(abroad or group.question, random_, vietnamese=at_home)
        passages = [
            Passage(
                "" if random_.random() < NO_TITLE else each.title,
                "" if random_.random() < NO_BEFORE else each.before,
                each.text,
            )
            for each in candidates
        ]
        for row, each in zip(rows(vocabulary, question, passages), candidates, strict=True):
            found.append(Item(number, row, each.label == 1, _pieces(row, each.span), each.leans))
    return found


def typed(question: str, random_: random.Random, *, vietnamese: bool) -> str:
    """Return the question as somebody types it."""
    if vietnamese:
        choice = random_.random()
        if choice < PLAIN:
            question = fold(question).lower()
        elif choice < PLAIN + CHAT:
            question = _chatted(question, random_)
        elif choice < PLAIN + CHAT + BARE:
            question = question.rstrip("?")
    return with_typo(question, random_) if random_.random() < TYPO else question


def _chatted(question: str, random_: random.Random) -> str:
    question = question.lower().rstrip("?. ")
    for word, short in _SHORT.items():
        if word in question and random_.random() < 0.6:
            question = question.replace(word, random_.choice(short))
    if random_.random() < 0.4:
        question = random_.choice(_BEFORE) + question
    if random_.random() < 0.5:
        question += random_.choice(_AFTER)
    return fold(question) if random_.random() < 0.4 else question


def _pieces(row: Pair, span: tuple[int, int] | None) -> tuple[int, int] | None:
    if span is None:
        return None
    start, end = span
    inside = [place for place, (first, last) in enumerate(row.offsets) if last > start and first < end]
    if not inside or row.offsets[inside[-1]][1] < end - 1:  # cut off
        return None
    return row.first + inside[0], row.first + inside[-1]


class Padded(NamedTuple):
    """Rows of like lengths as tensors, int64: (rows, pieces) each, `lengths` (rows,)."""

    ids: Tensor
    parts: Tensor
    matches: Tensor
    lengths: Tensor

    @property
    def sentence(self) -> Tensor:
        """Where the pieces of the sentences are, bool (rows, pieces)."""
        real = torch.arange(self.ids.shape[1])[None] < self.lengths[:, None]
        return (self.parts == SENTENCE) & real


def padded(found: Sequence[Pair]) -> Padded:
    """Return rows as tensors, filled up to the longest."""
    longest = max(len(row.ids) for row in found)
    columns = np.zeros((3, len(found), longest), dtype=np.int64)
    for number, row in enumerate(found):
        columns[:, number, : len(row.ids)] = row.ids, row.parts, row.matches
    lengths = torch.tensor([len(row.ids) for row in found])
    ids, parts, matches = (torch.from_numpy(column) for column in columns)
    return Padded(ids, parts, matches, lengths)
