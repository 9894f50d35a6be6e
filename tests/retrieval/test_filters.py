"""Filters: what they leave, that nothing else is ever cited, and that what they leave is found."""

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoders import BundledEncoder, StaticModel
from index.generation import Generation
from index.records import Document
from retrieval import search
from retrieval.answer import Answerer
from retrieval.filters import Selection
from retrieval.question import read_question
from retrieval.records import EVERYTHING, Answer, DocumentFilter, Status
from tests.retrieval.conftest import Open, ranker

SAID = "Bão số 5 đổ bộ vào Quảng Ninh."
HOST = "https://www.bao.example/a"
OUTLETS = ("Tin Tức TTXVN", "Tuổi Trẻ", None)


def documents() -> list[Document]:
    """Return 240 documents about storms, of 30 days and three outlets, some without a date."""
    made = []
    for number in range(240):
        date = dt.date(2024, 9, 1 + number % 30) if number % 7 else None
        text = f"{SAID}\nCơn bão mạnh số {number} gây mưa ở Quảng Ninh."
        url = HOST if number % 5 == 0 else None
        made.append(Document(f"{number:03}", text, source=OUTLETS[number % 3], url=url, date=date))
    return made


@pytest.fixture(scope="module")
def storms(open_collection: Open) -> tuple[Generation, StaticModel]:
    """Index the storms."""
    return open_collection(documents())


def left(only: DocumentFilter) -> list[str]:
    """Return the ids of the documents that a filter leaves, read from the documents themselves."""
    return [
        document.id
        for document in documents()
        if (only.since is None or (document.date is not None and document.date >= only.since))
        and (only.until is None or (document.date is not None and document.date <= only.until))
        and (only.source is None or only.source in {document.source, "bao.example" if document.url else ""})
    ]


days = st.none() | st.dates(dt.date(2024, 8, 30), dt.date(2024, 10, 2))
filters = st.builds(
    DocumentFilter, days, days, st.sampled_from([None, "Tuổi Trẻ", "Tin Tức TTXVN", "bao.example", "Khác"])
)


@settings(deadline=None, max_examples=60)
@given(filters)
def test_the_mask_leaves_the_sentences_of_the_documents(
    storms: tuple[Generation, StaticModel], only: DocumentFilter
) -> None:
    """As a look at each document does; without a filter there is no mask."""
    generation, _ = storms
    mask = Selection(generation).mask(only)
    if only == EVERYTHING:
        assert mask is None
        return
    assert mask is not None
    shown = [generation.sentence(int(row)).document for row in np.flatnonzero(mask)]
    assert sorted(set(shown)) == left(only)
    assert len(shown) == 2 * len(left(only))


@pytest.mark.parametrize("source", ["TTXVN", "ttxvn", "tin tuc", "TIN TỨC", "Tin Tức TTXVN"])
def test_an_outlet_is_known_by_any_of_its_words(storms: tuple[Generation, StaticModel], source: str) -> None:
    """Case and accents do not matter, a word that the name lacks does."""
    selection = Selection(storms[0])
    mask, whole = (
        selection.mask(DocumentFilter(source=source)),
        selection.mask(DocumentFilter(source="Tin Tức TTXVN")),
    )
    assert mask is not None
    assert whole is not None
    assert np.array_equal(mask, whole)
    assert mask.sum() == 160
    none = selection.mask(DocumentFilter(source=f"{source} mới"))
    assert none is not None
    assert not none.any()


def places(answer: Answer) -> list[str]:
    """Return every document that an answer cites."""
    return [place.document for quote in answer.quotes + answer.related for place in (quote, *quote.also)]


@settings(deadline=None, max_examples=40)
@given(filters)
def test_only_what_is_left_is_cited(storms: tuple[Generation, StaticModel], only: DocumentFilter) -> None:
    """Neither as a quote, nor below it, nor counted; and whatever is left is found."""
    generation, model = storms
    answerer = Answerer(generation, BundledEncoder(model), model, ranker(), 0.0)
    answer = answerer.answer("Bão số 5 đổ bộ vào đâu?", only=only)
    assert answer.only == only
    wanted = left(only)
    assert set(places(answer)) <= set(wanted)
    assert (answer.status is Status.FOUND) == answer.near == bool(wanted)
    if wanted:
        (quote,) = [quote for quote in answer.quotes + answer.related if quote.text == SAID]
        assert 1 + len(quote.also) + quote.also_more == len(wanted)
        dates = [date for date in (place.date for place in (quote, *quote.also)) if date]
        assert dates == sorted(dates)


@pytest.mark.parametrize("few", [0, 1_000_000])
@pytest.mark.parametrize("source", ["Tuổi Trẻ", "bao.example"])
def test_the_filter_comes_before_the_cut(
    storms: tuple[Generation, StaticModel], monkeypatch: pytest.MonkeyPatch, few: int, source: str
) -> None:
    """The nearest sentences of those that are left are candidates, however many others are nearer."""
    generation, model = storms
    monkeypatch.setattr(search, "_FEW", few)
    mask = Selection(generation).mask(DocumentFilter(source=source))
    assert mask is not None
    question = read_question("Cơn bão mạnh số 7 gây mưa ở đâu?")
    vector = BundledEncoder(model).encode_queries([question.text])[0]
    rows = search.candidates(question, vector, generation, 5, mask, documents=0)
    assert mask[rows].all()
    assert rows.tolist() == sorted(set(rows.tolist()))
    allowed = np.flatnonzero(mask)
    scores = generation.vectors.rows(allowed) @ vector
    nearest = allowed[np.lexsort((allowed, -scores))[:5]]
    fifth = np.sort(scores)[-5]
    found = {int(row) for row in rows}
    assert all(
        int(row) in found or generation.vectors.rows([row])[0] @ vector <= fifth + 1e-5 for row in nearest
    )
    assert 5 <= len(rows) <= 15


def test_a_filter_that_leaves_nothing(storms: tuple[Generation, StaticModel]) -> None:
    """Is an honest "not here", which says what was asked."""
    generation, model = storms
    answerer = Answerer(generation, BundledEncoder(model), model, ranker(), 0.0)
    only = DocumentFilter(since=dt.date(2030, 1, 1))
    answer = answerer.answer("Bão số 5 đổ bộ vào đâu?", only=only)
    assert (answer.status, answer.quotes, answer.related, answer.only) == (Status.NOT_FOUND, (), (), only)
    assert answerer.explain("Bão số 5 đổ bộ vào đâu?", only=only).reasons == ()


def test_a_rare_document_is_found(open_collection: Open) -> None:
    """The one document of an outlet is found among hundreds that say the same better."""
    texts: Sequence[str] = [f"Bão đổ bộ vào Quảng Ninh lần {number}." for number in range(300)]
    rare = Document("z", "Một cơn bão ở xa.", source="Báo Hiếm")
    generation, model = open_collection([Document(f"{n:03}", text) for n, text in enumerate(texts)] + [rare])
    answerer = Answerer(generation, BundledEncoder(model), model, ranker(), 0.0)
    assert places(answerer.answer("Bão đổ bộ vào đâu?", only=DocumentFilter(source="Báo Hiếm"))) == ["z"]
    assert "z" not in places(answerer.answer("Bão đổ bộ vào đâu?"))
