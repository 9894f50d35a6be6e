"""Repeated news is one quote: the first is shown, the others are cited."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Document
from retrieval.grouping import MOST_OF_A_DOCUMENT, MOST_PLACES, Restatement, diversify, grouped, restated
from tests.retrieval.conftest import Open


@pytest.mark.parametrize(
    ("keys", "groups"),
    [([], []), ([7], [[0]]), ([1, 2, 1, 3, 2], [[0, 2], [1, 4], [3]]), ([0, -1, 0, -1], [[0, 2], [1, 3]])],
)
def test_groups(keys: list[int], groups: list[list[int]]) -> None:
    """Equal keys are together, in the order of the first of each."""
    assert grouped(keys) == groups


@given(st.lists(st.integers(0, 3), max_size=12))
def test_every_key_is_in_one_group(keys: list[int]) -> None:
    """Groups keep the order of their first keys, and each position is in exactly one."""
    groups = grouped(keys)
    assert sorted(position for group in groups for position in group) == list(range(len(keys)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    assert all(group == sorted(group) for group in groups)


@pytest.mark.parametrize(
    ("documents", "order"),
    [
        ([], []),
        ([5, 5, 5], [0, 1, 2]),
        ([5, 5, 5, 6], [0, 1, 3, 2]),
        ([5, 6, 5, 5, 5, 6, 6, 7], [0, 1, 2, 5, 7, 3, 4, 6]),
    ],
)
def test_a_document_does_not_fill_an_answer(documents: list[int], order: list[int]) -> None:
    """From its third quote on, a document comes after the others; alone it still fills the answer."""
    assert list(diversify(documents)) == order


@given(st.lists(st.integers(0, 4), max_size=30))
def test_spread_is_a_stable_order(documents: list[int]) -> None:
    """Every place is there once; the first two of each document come by rank, then all the others."""
    order = list(diversify(documents))
    first = [p for p, d in enumerate(documents) if documents[:p].count(d) < MOST_OF_A_DOCUMENT]
    assert order[: len(first)] == first
    assert order[len(first) :] == sorted(set(range(len(documents))) - set(first))


SAID = "Bão số 5 đổ bộ vào Quảng Ninh."


def day(number: int) -> dt.date:
    """Return a day of one month."""
    return dt.date(2024, 9, number)


def test_the_earliest_is_shown(open_collection: Open) -> None:
    """By date, the undated last; another number of the storm is another news."""
    generation, _ = open_collection(
        [
            Document("a", f"Mở đầu. {SAID}"),
            Document("b", SAID.upper(), date=day(7)),
            Document("c", "Bão số 15 đổ bộ vào Quảng Ninh.", date=day(1)),
            Document("d", f"{SAID} Hết.", date=day(6)),
        ]
    )
    a, b, c, d = 1, 2, 3, 4
    assert [generation.sentence(row).document for row in (a, b, c, d)] == list("abcd")
    assert generation.same(a) == [a, b, d]
    for row in (a, b, d):
        assert restated(generation, row) == Restatement(d, (b, a))
    assert restated(generation, c) == Restatement(c, ())
    assert restated(generation, 0) == Restatement(0, ())


def test_without_dates_the_one_that_was_found_is_shown(open_collection: Open) -> None:
    """A document that says it three times is cited once, and its second place in its own answer last."""
    generation, _ = open_collection([Document("a", f"{SAID}\n{SAID}\n{SAID}"), Document("b", SAID)])
    assert restated(generation, 3) == Restatement(3, (0,))
    assert restated(generation, 1) == Restatement(1, (3, 0))


def test_many_places_become_a_number(open_collection: Open) -> None:
    """A thousand copies are one quote with a few citations, and say how many more there are."""
    generation, _ = open_collection([Document(f"{number:04}", SAID) for number in range(1_000)])
    where = restated(generation, 500)
    assert where == Restatement(500, tuple(range(MOST_PLACES)), 999 - MOST_PLACES)
