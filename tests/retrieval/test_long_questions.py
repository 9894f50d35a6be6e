"""A question of a thousand characters costs what a short one does for each of its words, and no more."""

import tracemalloc
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.concepts import Concept
from index.encoders import BundledEncoder, StaticModel
from index.generation import Generation
from index.generation.word_index import Field, WordIndex
from retrieval.answer import Answerer
from retrieval.features.country_feature import named_tokens
from retrieval.features.late_interaction import Passages
from retrieval.question import read_question
from retrieval.question.question import LONGEST_QUESTION
from retrieval.question.synonyms import Synonyms, bundled
from tests.counting import calls, repeated
from tests.retrieval.conftest import ranker

FAMILIES = {
    "capitals": "LHQ ",
    "short capitals": "EU ",
    "capitals of another script": "ООН ",
    "no spaces": "北约",
    "countries": "Ukraine ",
    "many countries": "Đức, Pháp và Bỉ, Ukraine, Hà Lan, ",
    "dates": "22/4 ",
    "amounts": "1 tỷ USD ",
    "pairs of words": "viện trợ họp đàm phán ",
    "letters": "A B C D E F G H I K L M ",
}


@pytest.fixture(scope="module")
def asked(small: tuple[Generation, StaticModel]) -> Answerer:
    """Answer from a dozen sentences."""
    generation, model = small
    return Answerer(generation, BundledEncoder(model), model, ranker())


@pytest.mark.parametrize("unit", FAMILIES.values(), ids=FAMILIES)
def test_the_work_is_linear(asked: Answerer, unit: str) -> None:
    """Twice the question makes less than 2.6 times the calls; what is remembered of words is known before."""
    asked.answer(repeated(unit, LONGEST_QUESTION))
    counted = [
        calls(asked.answer, repeated(unit, length))
        for length in (LONGEST_QUESTION // 4, LONGEST_QUESTION // 2, LONGEST_QUESTION)
    ]
    assert all(longer < 2.6 * shorter for shorter, longer in pairwise(counted))


@pytest.mark.parametrize("unit", ["LHQ ", "EU ", "Kiev và ", "北约 "])
def test_a_name_is_searched_for_once(asked: Answerer, unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However often it is repeated; each of its other names costs a search of the whole collection."""
    searches: list[tuple[tuple[str, ...], Field]] = []
    search = WordIndex.search

    def counting(self: WordIndex, terms: tuple[str, ...], field: Field, k: int) -> list[tuple[int, float]]:
        searches.append((tuple(terms), field))
        return search(self, terms, field, k)

    monkeypatch.setattr(WordIndex, "search", counting)
    asked.answer(repeated(unit, LONGEST_QUESTION))
    assert 0 < len(searches) == len(set(searches))


@pytest.mark.parametrize("question", ["Kiev Kyiv Kiev", "kyiv kiev kyiv kiev", "LHQ HĐBA LHQ"])
def test_a_repeated_name_counts_where_it_stands_last(question: str) -> None:
    """As if each had been noted: what phrases say of a term that they share, the last one says."""
    found = [alternative.phrase for alternative in bundled().expand(read_question(question)).alternatives]
    words = tuple((word,) for word in read_question(question).text.lower().split())
    assert found == sorted(set(words), key=lambda word: len(words) - words[::-1].index(word))


def test_long_synonyms_are_looked_for_where_they_begin() -> None:
    """A long line of the operator's file costs nothing where the question does not begin as it does."""
    long = Synonyms.of([["một " * 200, "mot tram"], ["Kiev", "Kyiv"]])
    short = Synonyms.of([["Kiev", "Kyiv"]])
    question = read_question(repeated("hai ba Kiev ", LONGEST_QUESTION))
    assert calls(lambda _: long.expand(question), "") < 2 * calls(lambda _: short.expand(question), "")


def _within(size: int) -> Callable[[list[int]], list[tuple[int, int]]]:
    def cut(places: list[int]) -> list[tuple[int, int]]:
        edges = sorted({0, size, *places})
        return [(start, end) for start, end in pairwise(edges) if (start + end) % 3]

    return cut


cuts = st.lists(st.integers(0, 60), max_size=20).map(_within(60))


@given(tokens=cuts, names=cuts, ids=st.lists(st.sampled_from("ABC"), min_size=60, max_size=60))
def test_tokens_of_names_are_those_that_overlap(
    tokens: list[tuple[int, int]], names: list[tuple[int, int]], ids: list[str]
) -> None:
    """The same as comparing each token with each name."""
    named = [Concept(ids[start], start, end) for start, end in names]
    found = named_tokens(tokens, named)
    assert found.keys() == {name.id for name in named}
    for country, places in found.items():
        spans = [(name.start, name.end) for name in named if name.id == country]
        assert places == [
            place
            for place, (start, end) in enumerate(tokens)
            if any(start < to and end > at for at, to in spans)
        ]


@pytest.mark.parametrize(
    "text", ["Mỹ và Nga, Hàn Quốc", "中国和美国 🇻🇳 đ\u0301", "Ｕｋｒａｉｎｅ ﬁ ½ Việt\u0300 Nam", "한국은"]
)
def test_tokens_of_the_bundled_model_ascend(text: str) -> None:
    """Looking names up among them relies on it."""
    _, places = StaticModel.open().locate(text * 5)
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    assert [end for _, end in places] == sorted(end for _, end in places)


def test_memory_for_comparing_is_bounded() -> None:
    """Five hundred tokens with all blocks of a thousand passages would be 64 MB."""
    random_ = np.random.default_rng(3)
    passages = Passages.of(
        random_.integers(0, 900, size=30_000).astype(np.int32), np.arange(0, 30_000, 30, dtype=np.int64)
    )
    cosines = random_.random((len(passages.distinct), 500), dtype=np.float32)
    weights = np.full(500, 1 / 500, dtype=np.float32)
    works: tuple[Callable[[], object], ...] = (
        lambda: passages.best(cosines),
        lambda: passages.best_window(cosines, weights),
    )
    for work in works:
        tracemalloc.start()
        try:
            work()
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 16_000_000
