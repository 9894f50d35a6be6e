"""Words of other languages among known ones."""

import numpy as np
import pytest

from training.lexicon import NEAREST, Floats, Neighbours, learned, neighbours, placed, spelt

KNOWN = ["▁war", "▁peace", "▁chiến▁tranh", "▁vote", "▁city", "▁river", "▁king", "▁child", "▁road", "▁sea"] * 2


def directions(count: int, seed: int) -> Floats:
    """Return random unit vectors."""
    vectors = np.random.default_rng(seed).normal(size=(count, 48)).astype(np.float32)
    unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def test_a_language_of_its_own_direction_does_not_hide_the_meaning() -> None:
    """Words keep their neighbours when all words of their language lie far from those of the other."""
    meanings = directions(20, 1)
    away = np.eye(1, 48, dtype=np.float32)[0] * 3
    moved = (meanings + away) / np.linalg.norm(meanings + away, axis=1, keepdims=True)
    found = neighbours(moved, np.zeros(20, dtype=np.int64), meanings, np.zeros(20, dtype=np.int64))
    assert found.numbers[:, 0].tolist() == list(range(20))
    assert (found.alike[:, 0] > found.alike[:, 1]).all()


def _found(number: int) -> Neighbours:
    others = [n for n in range(len(KNOWN)) if n != number]
    numbers = np.array([[number, *others[: NEAREST - 1]]])
    return Neighbours(numbers, np.array([[0.9] + [-3.0] * (NEAREST - 1)], dtype=np.float32))


@pytest.mark.parametrize("is_old", [False, True])
def test_a_word_is_put_where_the_one_most_like_it_is(is_old: bool) -> None:
    """A new one as long as that; one that was learned comes half of the way."""
    known = directions(len(KNOWN), 2) * np.arange(1, len(KNOWN) + 1, dtype=np.float32)[:, None]
    now = directions(1, 3) * 11
    (vector,) = placed(_found(4), known, now, np.array([is_old]))
    wanted = known[4] if not is_old else known[4] / 5 + now[0] / 11
    cosine = float(vector @ wanted / np.linalg.norm(vector) / np.linalg.norm(wanted))
    assert cosine == pytest.approx(1, abs=1e-4)
    assert np.linalg.norm(vector) == pytest.approx(8 if is_old else 5, rel=1e-3)


def test_what_is_learned() -> None:
    """Only what is much alike is a translation; a phrase in Vietnamese translates itself as well."""
    pairs = learned(_found(2), KNOWN, ["▁війна"])
    assert [pair[0] for pair in pairs] == ["uk", "vi"]
    assert (pairs[0].left, pairs[0].right, pairs[1].right) == ("chiến tranh", "війна", "chiến tranh")
    assert learned(Neighbours(_found(2).numbers, _found(2).alike - 1), KNOWN, ["▁війна"]) == []


@pytest.mark.parametrize(("name", "expected"), [("▁москва", "Москва"), ("▁война", "война"), ("▁xyz", "xyz")])
def test_names_have_a_capital_letter(name: str, expected: str) -> None:
    """The teacher has met them so."""
    assert spelt(name, {"▁Москва": -9.0, "▁война": -9.5, "▁Война": -10.0}) == expected
