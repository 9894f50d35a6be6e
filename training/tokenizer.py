"""Trains the vocabulary of the bundled encoder: byte-pair merges inside words, then over their borders.

Vietnamese writes a space after every syllable, and most of its words have two: `chiến tranh` is war, `chiến`
alone hardly anything. So a second stage joins neighbouring words into phrases (as SuperBPE does, Liu et al.
2025), here only those that hold together: by normalised pointwise mutual information (Bouma 2009).
"""

import json
from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

WORDS = 74_000
"""Tokens of the first stage; the phrases come on top."""
PAIRS, TRIPLES = 20_000, 2_000
"""Phrases of two words, and phrases made of a phrase and a word or another phrase."""
LEAST = 40
"""How often a phrase must stand in the texts: a vector of its own needs to be learned."""
_SPACED = r"\p{Latin}\p{Cyrillic}\p{Greek}\p{Arabic}\p{Hangul}\p{Devanagari}\p{M}"
_APART = r"\s\p{P}\p{S}\p{N}"
_BORDER = "▁"
Ints = npt.NDArray[np.int64]
Texts = Callable[[], Iterable[str]]


def train_tokenizer(
    texts: Iterable[str], prose: Texts, words: int = WORDS, pairs: int = PAIRS, triples: int = TRIPLES
) -> Tokenizer:
    """Return a byte-pair tokenizer (Sennrich, Haddow and Birch 2016) with phrases, over lower-case NFKC text.

    Punctuation, symbols and numbers separate; a mark at the beginning of a word tells it from the inside of
    another, in scripts that put spaces between words. The alphabet is capped, so that rare Han characters do
    not use up the vocabulary.

    Args:
        texts: What words are learned from, in every language.
        prose: Gives the texts that phrases are learned from, anew at every call.
        words: Tokens inside words, the alphabet included.
        pairs: Phrases of two words at most.
        triples: Longer phrases at most.
    """
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))  # noqa: S106 - the unknown token, no secret
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    tokenizer.pre_tokenizer = _divider(within_words=True)
    trainer = trainers.BpeTrainer(
        vocab_size=words, special_tokens=["<unk>"], limit_alphabet=7_000, min_frequency=2, show_progress=False
    )
    tokenizer.train_from_iterator(texts, trainer)
    for count, cohesion in ((pairs, 0.30), (triples, 0.60)):
        tokenizer = _with_phrases(tokenizer, prose(), count, cohesion)
    return tokenizer


def _divider(*, within_words: bool) -> pre_tokenizers.PreTokenizer:
    words = rf"[^{_APART}]+" if within_words else rf"[^{_APART}]+(?: [^{_APART}]+)*"
    return pre_tokenizers.Sequence(
        [
            # Numbers, marks one by one, and words, or words with single spaces between; the rest is space.
            pre_tokenizers.Split(Regex(rf"\p{{N}}+|[\p{{P}}\p{{S}}]|{words}"), "removed", invert=True),
            pre_tokenizers.Metaspace(_BORDER, "always", split=within_words),
            pre_tokenizers.Split(Regex(rf"{_BORDER}(?![{_SPACED}])"), "removed"),
        ]
    )


def _with_phrases(tokenizer: Tokenizer, texts: Iterable[str], count: int, cohesion: float) -> Tokenizer:
    """Return the tokenizer with up to `count` merges of neighbouring whole words or phrases."""
    vocabulary = tokenizer.get_vocab()
    names = sorted(vocabulary, key=vocabulary.__getitem__)
    begins = np.array([name.startswith(_BORDER) and len(name) > 1 for name in names])
    inside = np.array([name[0].isalpha() for name in names])
    found = _neighbours(tokenizer, texts, begins, inside)
    merges = []
    for left, right in _cohesive(*found, len(names), cohesion):
        if (joined := names[left] + names[right]) not in vocabulary:
            vocabulary[joined] = len(vocabulary)
            merges.append([names[left], names[right]])
            if len(merges) == count:
                break
    description = json.loads(tokenizer.to_str())
    description["model"]["vocab"] = vocabulary
    description["model"]["merges"] += merges
    larger = Tokenizer.from_str(json.dumps(description))
    larger.pre_tokenizer = _divider(within_words=False)
    return larger


def _neighbours(
    tokenizer: Tokenizer, texts: Iterable[str], begins: npt.NDArray[np.bool_], inside: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints, Ints]:
    """Count how often each whole word stands, and each two side by side: keys left * size + right, counts.

    Args:
        tokenizer: Of the texts.
        texts: What is counted.
        begins: Which tokens begin a word.
        inside: Which tokens go on with the word before them.
    """
    size = len(begins)
    single = np.zeros(size, dtype=np.int64)
    keys: list[Ints] = []
    for ids in _encoded(tokenizer, texts):
        # A token is a whole word if the next one does not go on with it; -1 parts the texts.
        starts = (ids >= 0) & begins[ids]
        goes_on = np.append((ids[1:] >= 0) & inside[ids[1:]], False)
        whole = starts & ~goes_on
        single += np.bincount(ids[whole], minlength=size)
        both = whole[:-1] & whole[1:]
        keys.append(ids[:-1][both] * size + ids[1:][both])
    pairs, counts = np.unique(np.concatenate(keys), return_counts=True)
    return single, pairs, counts


def _encoded(tokenizer: Tokenizer, texts: Iterable[str], batch: int = 20_000) -> Iterable[Ints]:
    waiting: list[str] = []
    for text in texts:
        waiting.append(text)
        if len(waiting) == batch:
            yield _joined(tokenizer, waiting)
            waiting = []
    if waiting:
        yield _joined(tokenizer, waiting)


def _joined(tokenizer: Tokenizer, texts: list[str]) -> Ints:
    ids: list[int] = []
    for encoding in tokenizer.encode_batch_fast(texts, add_special_tokens=False):
        ids.extend(encoding.ids)
        ids.append(-1)
    return np.asarray(ids, dtype=np.int64)


def _cohesive(
    single: Ints, pairs: Ints, counts: Ints, size: int, cohesion: float
) -> Iterable[tuple[int, int]]:
    """Return the pairs that hold together, those first that are both frequent and close."""
    often = counts >= LEAST
    pairs, counts = pairs[often], counts[often]
    left, right = pairs // size, pairs % size
    total = single.sum()
    information = np.log(counts * total / (single[left] * single[right]))
    normalised = information / -np.log(counts / total)
    order = np.argsort(-(normalised * np.log(counts)), kind="stable")
    return [(int(left[i]), int(right[i])) for i in order if normalised[i] >= cohesion]
