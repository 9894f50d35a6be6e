"""The reader's vocabulary: the pieces of its teacher that the languages of the corpora use most."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer

from index.text.terms import fold
from training import corpora

PIECES = 64_000
SPECIAL = range(4)  # <s>, <pad>, </s>, <unk>
_BATCH, _LONGEST = 2000, 2000
_WEIGHTS = {"news": 3.0, "wikipedia": 3.0, "plain": 2.0, "lower": 1.0, "en": 2.0, "vi": 1.0}
_OTHERS = 0.3
_CHARACTERS = {
    "news": 14_000_000,
    "wikipedia": 10_000_000,
    "plain": 5_000_000,
    "lower": 3_000_000,
    "en": 6_000_000,
}
_MOST = 2_000_000


def chosen_pieces(tokenizer: Tokenizer, folder: Path, seed: int) -> list[int]:
    """Return the ids of the pieces to keep, ascending: the special ones, letters, and the most frequent.

    Each kind of text counts by its share, so that a language with little text keeps its words.
    """
    counted: dict[str, Counter[int]] = defaultdict(Counter)
    for kind, texts in _kinds(folder, seed):
        for first in range(0, len(texts), _BATCH):
            batch = tokenizer.encode_batch_fast(texts[first : first + _BATCH], add_special_tokens=False)
            for encoding in batch:
                counted[kind].update(encoding.ids)
    shares: defaultdict[int, float] = defaultdict(float)
    for kind, counts in counted.items():
        total, weight = counts.total(), _WEIGHTS.get(kind, _OTHERS)
        for piece, count in counts.items():
            if count > 1:
                shares[piece] += weight * count / total
    vocabulary = json.loads(tokenizer.to_str())["model"]["vocab"]
    letters = {n for n in shares if len(vocabulary[n][0].strip("▁")) <= 1}
    kept = set(SPECIAL) | letters
    for piece in sorted(shares, key=lambda piece: -shares[piece]):
        if len(kept) >= PIECES:
            break
        kept.add(piece)
    return sorted(kept)


def pruned(tokenizer: Tokenizer, kept: list[int]) -> str:
    """Return the tokenizer with some of its pieces only, as JSON; text divides into those that are left."""
    data = json.loads(tokenizer.to_str())
    numbers = {old: new for new, old in enumerate(kept)}
    data["model"]["vocab"] = [data["model"]["vocab"][piece] for piece in kept]
    data["model"]["unk_id"] = numbers[data["model"]["unk_id"]]
    data["added_tokens"] = [
        {**token, "id": numbers[token["id"]]} for token in data["added_tokens"] if token["id"] in numbers
    ]
    data["truncation"] = data["padding"] = None
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _kinds(folder: Path, seed: int) -> Iterator[tuple[str, list[str]]]:
    texts: dict[str, list[str]] = defaultdict(list)
    sizes: Counter[str] = Counter()
    for kind, text in _texts(folder, seed):
        if sizes[kind] < _CHARACTERS.get(kind, _MOST):
            texts[kind].append(text[:_LONGEST])
            sizes[kind] += min(len(text), _LONGEST)
    yield from texts.items()


def _texts(folder: Path, seed: int) -> Iterator[tuple[str, str]]:
    articles = [article.text for article in corpora.news(folder)]
    random.Random(seed).shuffle(articles)  # noqa: S311 - reproducible, not secret
    yield from (("news", text) for text in articles)
    for text in articles[:4000]:
        yield "plain", fold(text).lower()
        yield "lower", text.lower()
    for title, _, paragraph in corpora.wikipedia(folder):
        yield "wikipedia", f"{title} {paragraph}"
    for pair in corpora.english_vietnamese(folder):
        yield "en", pair.left
        yield "vi", pair.right
    for name in corpora.extractive_files(folder):
        for row in corpora.extractive(folder, name):
            yield f"questions {row.language}", row.question
            yield f"contexts {row.language}", row.context
    for pair in corpora.english_other(folder):
        yield f"captions {pair.language}", pair.right
