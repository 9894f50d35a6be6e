"""A vocabulary with more words: what it cuts less finely, and what it must divide as before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from training.more_words import with_more_words
from training.tokenizer import train_tokenizer

HOME = ["Tổng thống nói chiến tranh sẽ chấm dứt.", "The chairman ended the war with the president."]
OTHERS = {"выборы": 90, "выборов": 60, "война": 50, "πόλεμος": 40}


def divided(tokenizer: Tokenizer, text: str) -> list[str]:
    """Return the tokens of a text."""
    tokens: list[str] = tokenizer.encode(text, add_special_tokens=False).tokens
    return tokens


@pytest.fixture(scope="module")
def base() -> Tokenizer:
    """Train a vocabulary of letters, with hardly a word."""
    return train_tokenizer([*HOME, *OTHERS], lambda: HOME * 40, words=70, pairs=0, triples=0)


@pytest.fixture(scope="module")
def larger(base: Tokenizer) -> Tokenizer:
    """Add all that can be added."""
    return with_more_words(base, OTHERS, 100)


def test_the_words_become_tokens(larger: Tokenizer) -> None:
    """Each word of a script that the home does not write is one token in the end."""
    assert divided(larger, "выборы") == ["▁выборы"]
    assert divided(larger, "Война") == ["▁война"]


def test_tokens_so_far_keep_their_numbers(base: Tokenizer, larger: Tokenizer) -> None:
    """New ones are numbered after them, without a gap."""
    before, now = base.get_vocab(), larger.get_vocab()
    assert {name: now[name] for name in before} == before
    assert sorted(now.values()) == list(range(len(now)))


@given(st.lists(st.sampled_from(" ".join(HOME).split() + list(OTHERS)), max_size=12))
def test_home_is_divided_as_before(base: Tokenizer, larger: Tokenizer, words: list[str]) -> None:
    """Whatever stands beside it: the tokens of a word of the home are those it had."""
    home = set(" ".join(HOME).split())
    kept = [token for word in words if word in home for token in divided(base, word)]
    assert [t for word in words if word in home for t in divided(larger, word)] == kept
    assert divided(larger, " ".join(w for w in words if w in home)) == divided(
        base, " ".join(w for w in words if w in home)
    )


def test_frequent_words_come_first(base: Tokenizer) -> None:
    """With room for a few tokens, they are of the words that stand most often."""
    few = with_more_words(base, OTHERS, 3)
    assert few.get_vocab_size() == base.get_vocab_size() + 3
    shorter = {word: len(divided(base, word)) - len(divided(few, word)) for word in OTHERS}
    assert shorter["выборы"] > 0 == shorter["πόλεμος"]


def test_unknown_letters_join_nothing(base: Tokenizer) -> None:
    """A letter that the vocabulary has not is no part of a word of it."""
    assert "<unk>" in divided(base, "ქართული")
    assert not [n for n in with_more_words(base, {"ქართული": 99}, 9).get_vocab() if n.count("<unk>") > 1]
    assert with_more_words(base, {"ქართული": 99}, 9).get_vocab_size() == base.get_vocab_size()
