"""What is remembered of sentences against reading them anew."""

import numpy as np
import pytest

from index.encoders import StaticModel
from index.generation import Generation
from index.generation.documents import Documents
from index.records import Document
from retrieval.features.answer_types import offers
from retrieval.features.sentence_cache import SentenceCache
from retrieval.records import AnswerType
from tests.retrieval.conftest import Open


def halves(generation: Generation) -> list[np.ndarray]:
    """Return some rows, then some of them again with others, then all."""
    everything = np.arange(generation.sentences)
    return [everything[::2], everything[::3], everything[::-1]]


@pytest.mark.parametrize("kind", [*AnswerType, None])
def test_kinds(kind: AnswerType | None, sample: tuple[Generation, StaticModel]) -> None:
    """Each row offers what its sentence offers, whether it was read before or not."""
    generation, _ = sample
    cache = SentenceCache(generation)
    for rows in halves(generation):
        expected = [offers(kind, generation.sentence(row).text) for row in rows.tolist()]
        assert cache.kinds(kind, rows).tolist() == expected


def test_around(sample: tuple[Generation, StaticModel], open_collection: Open) -> None:
    """The paragraphs of rows are the generation's, each once, also in a collection of a single sentence."""
    for generation in (sample[0], open_collection([Document("d", "Nga họp.")])[0]):
        cache = SentenceCache(generation)
        places = [(s.document, s.paragraph) for s in map(generation.sentence, range(generation.sentences))]
        assert cache.paragraphs == len(set(places))
        for rows in halves(generation):
            paragraphs = cache.around(rows)
            around = paragraphs.rows
            held = [places[row] for row in rows.tolist()]
            assert around.tolist() == [row for row, place in enumerate(places) if place in held]
            assert [places[row] for row in around[paragraphs.first].tolist()] == sorted(
                set(held), key=places.index
            )
            assert around[paragraphs.place].tolist() == rows.tolist()
            assert [places[row] for row in around[paragraphs.first][paragraphs.mine].tolist()] == held


def test_lengths(sample: tuple[Generation, StaticModel]) -> None:
    """Of the sum of the vectors of each paragraph, whether it was read before or not."""
    generation, _ = sample
    cache = SentenceCache(generation)
    for rows in halves(generation):
        paragraphs = cache.around(rows)
        vectors = generation.vectors.rows(paragraphs.rows)
        parts = np.split(vectors.astype(float), paragraphs.first[1:])
        for _ in range(2):
            np.testing.assert_allclose(
                cache.lengths(paragraphs, vectors),
                [np.linalg.norm(part.sum(axis=0)) for part in parts],
                rtol=1e-5,
            )


def test_titles(open_collection: Open) -> None:
    """A title names a country in any language; a document without a title names none."""
    titles = ["Thủ tướng Đức họp", None, "Germans vote", "Pháp họp"]
    generation, _ = open_collection(
        [Document(f"d{n}", "Một câu. Hai câu.", title=title) for n, title in enumerate(titles)]
    )
    cache, rows = SentenceCache(generation), np.arange(generation.sentences)
    expected = [generation.sentence(row).document in {"d0", "d2"} for row in rows.tolist()]
    assert cache.titles_name(rows, "country:DE").tolist() == expected
    assert not cache.titles_name(rows, "country:JP").any()


def test_openings(sample: tuple[Generation, StaticModel], open_collection: Open) -> None:
    """Each row's opening is the first rows of its document, the last again where it has fewer."""
    for generation in (sample[0], open_collection([Document("d", "Nga họp.")])[0]):
        rows = np.arange(generation.sentences)
        found = SentenceCache(generation).openings(rows, 2)
        documents = [generation.rows_of(generation.sentence(row).document) for row in rows.tolist()]
        assert found.T.tolist() == [[d.start, min(d.start + 1, d.stop - 1)] for d in documents]


def test_what_was_read_is_not_read_again(
    sample: tuple[Generation, StaticModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second question that comes upon the same sentences asks for no document and no term."""
    generation, _ = sample
    cache, rows = SentenceCache(generation), np.arange(generation.sentences)

    def read() -> tuple[list[int], int | None]:
        return cache.kinds(AnswerType.WHEN, rows).tolist(), cache.term_id("folded", "nato")

    first = read()
    monkeypatch.delattr(Documents, "document_at")
    monkeypatch.delattr(Generation, "term_id")
    assert read() == first
