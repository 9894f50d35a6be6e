"""The vocabulary: words keep together, neighbours that belong together become one token, nothing is lost."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from training.tokenizer import LEAST, train_tokenizer

PROSE = [
    "Tổng thống nói chiến tranh sẽ chấm dứt.",
    "Ông nói tổng thống không muốn chiến tranh.",
    "Thủ tướng gặp tổng thống, nói về thủ tướng khác.",
    "Tranh của ông, tướng của bà, thủ của họ: chiến, dứt, thống, tổng.",
]


def prose() -> Iterator[str]:
    """Give the texts often enough for phrases to be learned."""
    return (text for text in PROSE for _ in range(LEAST))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Train a small vocabulary."""
    others = ["中国总统说", "президент России", "5 tỷ USD và 1,000.5 km"] * LEAST
    return train_tokenizer([*prose(), *others], prose, words=400, pairs=50, triples=20)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chiến tranh", ["▁chiến▁tranh"]),
        ("Chiến  tranh", ["▁chiến", "▁tranh"]),  # apart: a line may break there
        ("thủ tướng, tổng thống", ["▁thủ▁tướng", ",", "▁tổng▁thống"]),
        ("chiến, tranh", ["▁chiến", ",", "▁tranh"]),
        ("5", ["5"]),
    ],
)
def test_phrases(text: str, expected: list[str], tokenizer: Tokenizer) -> None:
    """Words that belong together are one token, unless something stands between them."""
    assert tokenizer.encode(text, add_special_tokens=False).tokens == expected


def test_only_spaced_scripts_mark_where_words_begin(tokenizer: Tokenizer) -> None:
    """The first character of a Chinese clause is the token that it is inside of one."""
    first, inside = tokenizer.encode("总统").tokens, tokenizer.encode("中国总统").tokens
    assert not any("▁" in token for token in first + inside)
    assert tokenizer.encode("россии").tokens[0].startswith("▁")


def test_frequent_neighbours_without_cohesion_stay_apart() -> None:
    """A pair is no phrase because both words are everywhere."""
    texts = [f"của các {word} các của {word} của {word} các" for word in ("a", "b", "c", "d")] * LEAST
    trained = train_tokenizer(texts, lambda: texts, words=100, pairs=50, triples=20)
    assert trained.encode("của các").tokens == ["▁của", "▁các"]


def test_the_vocabulary_is_complete(tokenizer: Tokenizer) -> None:
    """Every token has one number, and every merge makes a token of the vocabulary."""
    model = json.loads(tokenizer.to_str())["model"]
    assert sorted(model["vocab"].values()) == list(range(tokenizer.get_vocab_size()))
    assert all("".join(pair) in model["vocab"] for pair in model["merges"])
    assert len(tokenizer.get_vocab()) == tokenizer.get_vocab_size()


@given(st.text(alphabet="tổng thống chiếnANA 5,.中国\n\t ", max_size=60))
def test_offsets_tell_where_tokens_stand(tokenizer: Tokenizer, text: str) -> None:
    """Tokens follow each other, and everything but white space belongs to one."""
    encoding = tokenizer.encode(text, add_special_tokens=False)
    covered = {place for start, end in encoding.offsets for place in range(start, end)}
    assert list(encoding.offsets) == sorted(encoding.offsets)
    assert {place for place, character in enumerate(text) if not character.isspace()} <= covered
