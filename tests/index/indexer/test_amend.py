"""Adding and removing: only what is new is encoded, and the result equals a full build."""

from collections.abc import Callable

import pytest

from index.errors import GenerationCorrupt, GenerationMismatch, SourceError
from index.indexer import Indexer
from index.records import Document
from index.store import Store
from tests.index.fakes import FakeEncoder, FakeTokens
from tests.index.published import file_of, folder_of


def manifest_of(store: Store) -> bytes:
    """Return the manifest of the live generation."""
    with store.current() as generation:
        return (folder_of(store, generation.name) / "manifest.json").read_bytes()


def ids(store: Store) -> list[str]:
    """Return the ids of the live documents."""
    with store.current() as generation:
        return [summary.id for summary in generation.summaries()]


@pytest.mark.parametrize("place", ["a.txt", "tin-1.txt", "z.txt"])
def test_adding_is_building_whole(
    documents: list[Document], new_store: Callable[..., Store], tokens: FakeTokens, place: str
) -> None:
    """A document before, in the place of, or after the others: equal bytes, only its sentences encoded."""
    new = Document(place, "Một câu mới. Kiev đàm phán.")
    added, whole = new_store("added"), new_store("whole")
    Indexer(added, FakeEncoder(), tokens).build(documents)
    encoder = FakeEncoder()
    report = Indexer(added, encoder, tokens).add([new])
    Indexer(whole, FakeEncoder(), tokens).build(
        [new, *(document for document in documents if document.id != place)]
    )
    assert manifest_of(added) == manifest_of(whole)
    assert report.reused == report.documents - 1
    assert encoder.encoded[:2] == ["Một câu mới.", "Kiev đàm phán."]
    assert len(encoder.encoded) == 2 + min(32, report.sentences)  # the check encodes a sample


def test_changed_metadata_costs_no_encoding(
    documents: list[Document], indexer: Indexer, store: Store
) -> None:
    """The sentences are the same: what is cited with them is new."""
    indexer.build(documents)
    first = documents[0]
    report = indexer.add([Document(first.id, first.text, title="Tiêu đề mới")])
    assert report.reused == 3
    with store.current() as generation:
        assert generation.document(first.id).title == "Tiêu đề mới"


def test_removing(documents: list[Document], new_store: Callable[..., Store], tokens: FakeTokens) -> None:
    """What is removed is found by nothing any more, and the rest costs nothing."""
    removed, whole = new_store("removed"), new_store("whole")
    Indexer(removed, FakeEncoder(), tokens).build(documents)
    report = Indexer(removed, FakeEncoder(), tokens).remove([documents[0].id])
    Indexer(whole, FakeEncoder(), tokens).build(documents[1:])
    assert report.reused == 2
    assert manifest_of(removed) == manifest_of(whole)
    with removed.current() as generation:
        assert generation.words.search(["zelensky"], "accented", 5) == []
        assert generation.term_id("accented", "zelensky") is None


def test_removing_what_is_not_there(documents: list[Document], indexer: Indexer, store: Store) -> None:
    """One unknown id, and nothing is removed; the last document cannot be removed."""
    indexer.build(documents)
    with pytest.raises(SourceError, match=r"no document nowhere\.txt"):
        indexer.remove([documents[0].id, "nowhere.txt"])
    assert ids(store) == [document.id for document in documents]
    with pytest.raises(SourceError, match="no document to index"):
        indexer.remove([document.id for document in documents])
    assert len(store.generations()) == 1


def test_adding_to_nothing_builds(documents: list[Document], indexer: Indexer, store: Store) -> None:
    """The first document makes the first generation; adding nothing changes nothing."""
    indexer.add(documents[:1])
    assert ids(store) == [documents[0].id]
    with pytest.raises(SourceError, match="no document to index"):
        indexer.add([])


def test_nothing_is_added_to_what_cannot_be_used(
    documents: list[Document], new_store: Callable[..., Store], tokens: FakeTokens
) -> None:
    """Amending what another encoder made, or what is damaged, would lose it: it is refused and stays."""
    store = new_store()
    indexer = Indexer(store, FakeEncoder(), tokens)
    first = indexer.build(documents).generation
    with pytest.raises(GenerationMismatch):
        Indexer(store, FakeEncoder(name="other"), tokens).add([Document("new", "Câu.")])
    second = indexer.add([Document("new", "Câu.")]).generation
    path = file_of(store, second, "places.npy")
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(GenerationCorrupt):
        indexer.add([Document("newer", "Câu.")])
    assert [stored.name for stored in store.generations()] == [first, second]
    store.rollback()
    indexer.add([Document("newer", "Câu.")])
    assert "new" not in ids(store)


def test_summaries(documents: list[Document], indexer: Indexer, store: Store) -> None:
    """All that documents say of themselves, sorted by id."""
    indexer.build(reversed(documents))
    with store.current() as generation:
        found = [(s.id, s.title, s.source, s.url, s.date) for s in generation.summaries()]
        assert found == [(d.id, d.title, d.source, d.url, d.date) for d in documents]
        assert generation.document_at(1) == documents[1]
