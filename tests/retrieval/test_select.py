"""The same text told twice is one group; nothing else is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.select import distinct


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        ([], []),
        (["a"], [[0]]),
        (["a", "b", "a", "c", "b"], [[0, 2], [1, 4], [3]]),
        (["Nga thắng.", "NGA  THẮNG.", "Nga\nthắng. "], [[0, 1, 2]]),
        (["hoà", unicodedata.normalize("NFD", "hoà")], [[0, 1]]),
        (["Nga thắng.", "Nga thắng!", "Nga thang."], [[0], [1], [2]]),
        (["10² km", "102 km"], [[0], [1]]),
        (["hoà", "hòa"], [[0], [1]]),
    ],
)
def test_groups(texts: list[str], groups: list[list[int]]) -> None:
    """Case, spaces and Unicode form do not tell texts apart; accents and punctuation do."""
    assert distinct(texts) == groups


@given(st.lists(st.sampled_from(["a", "A", " a", "b", "á", "a\u0301", "", "a b", "a  b"]), max_size=12))
def test_every_text_is_in_one_group(texts: list[str]) -> None:
    """Groups keep the order of their first texts, and each position is in exactly one."""
    groups = distinct(texts)
    assert sorted(position for group in groups for position in group) == list(range(len(texts)))
    assert [group[0] for group in groups] == sorted(group[0] for group in groups)
    assert all(group == sorted(group) for group in groups)


def test_long_texts_take_little_time() -> None:
    """A text of endless marks is compared as it stands."""
    text = "a" + "\u0301\u0323" * 500_000
    assert distinct([text, text, "b"]) == [[0, 1], [2]]
