"""Adds words of other scripts to a vocabulary that divides all other texts as before.

Byte-pair merging goes on where it ended (Sennrich, Haddow and Birch 2016). A merge that is learned later
applies after all earlier ones, and what it makes takes part in later ones only: a text in which no two tokens
of a new merge can stand side by side is divided as before.
"""

import heapq
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import pairwise

from tokenizers import Tokenizer

Pair = tuple[str, str]
UNKNOWN = "<unk>"


def with_more_words(tokenizer: Tokenizer, words: Mapping[str, int], count: int) -> Tokenizer:
    """Return the tokenizer with up to `count` more tokens, numbered after those that it has.

    Args:
        tokenizer: A byte-pair tokenizer.
        words: Words, or clauses in a script without spaces, and how often each stands in the texts.
        count: Tokens to add.
    """
    description = json.loads(tokenizer.to_str())
    vocabulary, merges = description["model"]["vocab"], description["model"]["merges"]
    encoded = tokenizer.encode_batch(list(words), add_special_tokens=False)
    state = _Merging([encoding.tokens for encoding in encoded], list(words.values()))
    while count and (pair := state.best()):
        joined = "".join(pair)
        if joined not in vocabulary:
            vocabulary[joined] = len(vocabulary)
            merges.append(list(pair))
            count -= 1
            state.merge(pair)
        else:
            # Made by other merges before: to make it by these as well would change what is divided now.
            state.forbid(pair)
    return Tokenizer.from_str(json.dumps(description))


class _Merging:
    """Divided words, and how often each two tokens stand side by side in them."""

    def __init__(self, divided: list[list[str]], often: list[int]) -> None:
        self._divided, self._often = divided, often
        self._apart: set[Pair] = set()
        self._counts: Counter[Pair] = Counter()
        self._where: dict[Pair, set[int]] = defaultdict(set)
        for number, tokens in enumerate(divided):
            self._count(number, tokens, 1)
        self._heap = [(-count, pair) for pair, count in self._counts.items()]
        heapq.heapify(self._heap)

    def best(self) -> Pair | None:
        """Return the most frequent pair that may be joined."""
        while self._heap:
            count, pair = self._heap[0]
            now = self._counts[pair]
            if pair in self._apart or now <= 0 or UNKNOWN in pair:
                heapq.heappop(self._heap)
            elif -count != now:
                heapq.heapreplace(self._heap, (-now, pair))
            else:
                return pair
        return None

    def forbid(self, pair: Pair) -> None:
        """Never join this pair."""
        self._apart.add(pair)

    def merge(self, pair: Pair) -> None:
        """Join the pair wherever it stands."""
        joined = "".join(pair)
        changed: set[Pair] = set()
        for number in self._where.pop(pair):
            tokens = self._divided[number]
            merged = _joined(tokens, pair, joined)
            self._count(number, tokens, -1)
            self._count(number, merged, 1)
            changed.update(pairwise(merged))
            self._divided[number] = merged
        for other in sorted(changed):
            heapq.heappush(self._heap, (-self._counts[other], other))
        self._apart.add(pair)

    def _count(self, number: int, tokens: list[str], sign: int) -> None:
        for pair in pairwise(tokens):
            self._counts[pair] += sign * self._often[number]
            if sign > 0:
                self._where[pair].add(number)


def _joined(tokens: list[str], pair: Pair, joined: str) -> list[str]:
    found, place = [], 0
    while place < len(tokens):
        if tuple(tokens[place : place + 2]) == pair:
            found.append(joined)
            place += 2
        else:
            found.append(tokens[place])
            place += 1
    return found
