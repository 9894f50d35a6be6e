"""What is remembered of sentences against reading them anew."""

import numpy as np
import pytest

from index.generation import Generation
from index.holdings import Holdings
from index.records import Document
from index.static import StaticModel
from retrieval.offers import KINDS, offers
from retrieval.readings import Readings
from tests.retrieval.conftest import Open


def halves(generation: Generation) -> list[np.ndarray]:
    """Return some rows, then some of them again with others, then all."""
    everything = np.arange(generation.sentences)
    return [everything[::2], everything[::3], everything[::-1]]


@pytest.mark.parametrize("kind", [*KINDS, "how", "what", None])
def test_kinds(kind: str | None, sample: tuple[Generation, StaticModel]) -> None:
    """Each row offers what its sentence offers, whether it was read before or not."""
    generation, _ = sample
    readings = Readings(generation)
    for rows in halves(generation):
        expected = [offers(kind, generation.sentence(row).text) for row in rows.tolist()]
        assert readings.kinds(kind, rows).tolist() == expected


def test_paragraphs(sample: tuple[Generation, StaticModel], open_collection: Open) -> None:
    """Each row's paragraph is the generation's, also in a collection of a single sentence."""
    for generation in (sample[0], open_collection([Document("d", "Nga họp.")])[0]):
        rows = np.arange(generation.sentences)
        begin, end = Readings(generation).paragraphs(rows)
        places = [(s.document, s.paragraph) for s in map(generation.sentence, rows.tolist())]
        for row, first, last in zip(rows.tolist(), begin.tolist(), end.tolist(), strict=True):
            own = [other for other, place in enumerate(places) if place == places[row]]
            assert list(range(first, last)) == own


def test_openings(sample: tuple[Generation, StaticModel], open_collection: Open) -> None:
    """Each row's opening is the first rows of its document, the last again where it has fewer."""
    for generation in (sample[0], open_collection([Document("d", "Nga họp.")])[0]):
        rows = np.arange(generation.sentences)
        found = Readings(generation).openings(rows, 2)
        documents = [generation.rows_of(generation.sentence(row).document) for row in rows.tolist()]
        assert found.T.tolist() == [[d.start, min(d.start + 1, d.stop - 1)] for d in documents]


def test_what_was_read_is_not_read_again(
    sample: tuple[Generation, StaticModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second question that comes upon the same sentences asks for no document and no term."""
    generation, _ = sample
    readings, rows = Readings(generation), np.arange(generation.sentences)

    def read() -> tuple[list[int], int | None]:
        return readings.kinds("when", rows).tolist(), readings.term_id("folded", "nato")

    first = read()
    monkeypatch.delattr(Holdings, "document_at")
    monkeypatch.delattr(Generation, "term_id")
    assert read() == first
