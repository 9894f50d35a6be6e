"""Building: the whole path from documents to a generation that answers."""

import datetime as dt
import json
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.errors import EncoderError, SourceError, StoreError
from index.generation import Generation
from index.indexer import Indexer
from index.records import Document
from index.sources import sample_documents
from index.store import Store
from index.text.segment import segment
from index.text.terms import fold, terms
from tests.index.fakes import WORDS, FakeEncoder, FakeTokens, Floats


def manifest_of(store: Store) -> bytes:
    """Return the manifest of the live generation, as it is on disk."""
    with store.current() as generation:
        return (store.data_dir / "generations" / generation.name / "manifest.json").read_bytes()


def test_a_generation_holds_what_its_documents_say(
    documents: list[Document], indexer: Indexer, store: Store, encoder: FakeEncoder, tokens: FakeTokens
) -> None:
    """Every sentence, vector, token and term matches an independent pass over the documents."""
    report = indexer.build(documents)

    with store.current(encoder.identity, tokens.revision) as generation:
        expected = [(d, span) for d in documents for span in segment(d.text)]
        assert report.sentences == generation.sentences == len(expected)
        assert report.documents == generation.documents == 3
        assert report.generation == generation.name
        assert list(generation.iter_documents()) == documents
        for row, (document, span) in enumerate(expected):
            sentence = generation.sentence(row)
            text = document.text[span.start : span.end]
            assert (sentence.row, sentence.document, sentence.text) == (row, document.id, text)
            assert (sentence.start, sentence.end, sentence.paragraph) == span
            assert sentence.line == document.text[: span.start].count("\n") + 1
            assert np.array_equal(
                generation.vectors.rows([row]), encoder.encode_passages([text]).astype(np.float16)
            )
            assert generation.tokens.row(row).tolist() == tokens.tokenize([text])[0].tolist()
            accented = [generation.term_id("accented", term) for term in terms(text)]
            folded = [generation.term_id("folded", fold(term)) for term in terms(text)]
            assert generation.terms.row(row).tolist() == accented
            assert generation.folded.row(row).tolist() == folded


def test_frequencies_count_sentences(documents: list[Document], indexer: Indexer, store: Store) -> None:
    """A term that occurs twice in a sentence counts once; the word index counts the same."""
    indexer.build([*documents, Document("z.txt", "An an an. Hai an.")])
    with store.current() as generation:
        number = generation.term_id("accented", "an")
        assert number is not None
        assert generation.frequencies("accented")[number] == 2
        assert generation.words.document_frequency("accented", "an") == 2
        assert generation.term_id("accented", "không-có") is None
        assert len(generation.keys("folded")) == len(generation.frequencies("folded"))


def test_rows_of_documents(documents: list[Document], indexer: Indexer, store: Store) -> None:
    """Rows of a document lie together."""
    indexer.build(documents)
    with store.current() as generation:
        assert [generation.rows_of(d.id) for d in documents] == [range(3), range(3, 5), range(5, 9)]


@pytest.mark.parametrize("row", [-1, 9, 10_000])
def test_a_row_that_is_not_there(documents: list[Document], indexer: Indexer, store: Store, row: int) -> None:
    """A negative row is not the last one."""
    indexer.build(documents)
    with store.current() as generation:
        for ask in (generation.sentence, generation.same, generation.terms.row):
            with pytest.raises(IndexError):
                ask(row)
        with pytest.raises(IndexError):
            generation.tokens.take([0, row])
        for unknown in ("no such document", "\ud800"):
            with pytest.raises(KeyError):
                generation.document(unknown)


def test_taken_rows_are_in_the_order_asked(documents: list[Document], indexer: Indexer, store: Store) -> None:
    """Rows of unequal length come back one after another."""
    indexer.build(documents)
    with store.current() as generation:
        rows = [4, 0, 4, 8]
        taken = generation.terms.take(rows)
        assert taken.indptr[0] == 0
        for place, row in enumerate(rows):
            part = taken.values[taken.indptr[place] : taken.indptr[place + 1]]
            assert part.tolist() == generation.terms.row(row).tolist()
        assert generation.terms.take([]).indptr.tolist() == [0]


def test_front_matter_makes_no_sentences(tmp_path: Path, indexer: Indexer, store: Store) -> None:
    """It stays in the text, so offsets and lines are those of the file."""
    path = tmp_path / "tin.md"
    path.write_text("---\ntitle: Bản tin\ndate: 2024-07-12\n---\nMột câu. Hai câu.\n", "utf-8")
    indexer.build_paths([path])
    with store.current() as generation:
        document = generation.document("tin.md")
        assert document.text == path.read_text("utf-8")
        assert (document.title, document.date) == ("Bản tin", dt.date(2024, 7, 12))
        assert [generation.sentence(row).text for row in range(2)] == ["Một câu.", "Hai câu."]
        assert generation.sentences == 2
        assert generation.sentence(0).line == 5
        assert generation.newest == generation.oldest == dt.date(2024, 7, 12)


def test_the_sample_collection(indexer: Indexer, store: Store) -> None:
    """Five documents, and neither their description nor their questions."""
    report = indexer.build(sample_documents(lambda problem: pytest.fail(str(problem))))
    with store.current() as generation:
        assert report.documents == 5
        assert [document.id[:4] for document in generation.iter_documents()] == [
            "000_",
            "001_",
            "002_",
            "003_",
            "004_",
        ]
        assert generation.newest == dt.date(2024, 7, 12)


def test_nothing_to_index(tmp_path: Path, indexer: Indexer, store: Store) -> None:
    """No document, or none that can be read, is an error that says why; nothing is published."""
    with pytest.raises(SourceError, match="no document"):
        indexer.build([])
    (tmp_path / "a.txt").write_bytes(b"\0")
    with pytest.raises(SourceError, match="binary"):
        indexer.build_paths([tmp_path / "a.txt"])
    assert store.generations() == []


def test_what_is_left_out_is_reported(tmp_path: Path, indexer: Indexer) -> None:
    """The report names what could not be read, and every other document is there."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Một câu.", "utf-8")
    (folder / "b.bin").write_bytes(b"x")
    rows = [{"id": "1", "text": "Hai câu."}, {"id": "1", "text": "Ba câu."}, {"text": 5}]
    (folder / "c.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    report = indexer.build_paths([folder])
    assert (report.documents, report.sentences) == (2, 2)
    told = " ".join(map(str, report.problems))
    assert len(report.problems) == 3
    for name in ("b.bin", "The id 1 stands twice", "Row 3"):
        assert name in told


def test_a_second_document_with_an_id_is_refused(indexer: Indexer, store: Store) -> None:
    """Also where documents do not come from files."""
    twins = [Document("a", "Một câu."), Document("a", "Hai câu.")]
    report = indexer.build(twins)
    assert [str(problem)[:32] for problem in report.problems] == ["A second document has the id a; "]
    with store.current() as generation:
        assert generation.document("a").text == "Một câu."


def collection(size: int, seed: int) -> list[Document]:
    """Make documents, some with equal sentences."""
    random_ = random.Random(seed)  # noqa: S311 - test data
    texts = [
        " ".join(
            " ".join(random_.choices(WORDS, k=6)).capitalize() + "." for _ in range(random_.randint(1, 5))
        )
        for _ in range(size)
    ]
    return [Document(f"{number:03}", text) for number, text in enumerate([*texts, *texts[:2]])]


@pytest.mark.parametrize("seed", range(10))
def test_equal_collections_make_equal_generations(
    seed: int, new_store: Callable[..., Store], tokens: FakeTokens
) -> None:
    """F11: built twice, in another order and through another state, the manifest is the same, byte for byte.

    Of a changed collection only the changed sentences are encoded, and equal sentences of two documents
    are both there.
    """
    documents = collection(12, seed)
    first, second, third = new_store("1"), new_store("2"), new_store("3")
    Indexer(first, FakeEncoder(), tokens).build(documents)
    shuffled = random.Random(seed).sample(documents, len(documents))  # noqa: S311 - test data
    Indexer(second, FakeEncoder(), tokens).build(shuffled)
    assert manifest_of(first) == manifest_of(second)

    changed = [*documents[:5], Document(documents[5].id, "Một câu hoàn toàn mới."), *documents[6:]]
    Indexer(third, FakeEncoder(), tokens).build(changed)
    encoder = FakeEncoder()
    report = Indexer(third, encoder, tokens).build(documents)
    assert report.reused == len(documents) - 1
    published = set(encoder.encoded[: -min(32, report.sentences)])  # the rest is the check's sample
    assert published == {documents[5].text[span.start : span.end] for span in segment(documents[5].text)}
    assert manifest_of(third) == manifest_of(first)
    with third.current() as generation:
        twin = [generation.sentence(generation.rows_of(name)[0]) for name in ("000", "012")]
        assert twin[0].text == twin[1].text


def test_an_equal_build_writes_nothing(documents: list[Document], indexer: Indexer, store: Store) -> None:
    """The live generation is published once."""
    first = indexer.build(documents).generation
    assert indexer.build(documents).generation == first
    assert [stored.name for stored in store.generations()] == [first]


def test_an_encoder_that_fails_leaves_the_old_generation(
    documents: list[Document], indexer: Indexer, store: Store, tokens: FakeTokens
) -> None:
    """NaN is refused before anything is written, and a wrong vector by the check before publication."""
    name = indexer.build(documents).generation

    class NotANumber(FakeEncoder):
        def _encode(self, texts: Sequence[str]) -> Floats:
            return np.full((len(texts), 16), np.nan, dtype=np.float32)

    class Unstable(FakeEncoder):
        def _encode(self, texts: Sequence[str]) -> Floats:
            generator = np.random.default_rng(len(self.encoded))
            drawn: Floats = generator.normal(size=(len(texts), 16)).astype(np.float32)
            return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)  # type: ignore[no-any-return]  # numpy says Any

    with pytest.raises(EncoderError, match="finite"):
        Indexer(store, NotANumber(), tokens).build([Document("n", "Câu mới.")])
    with pytest.raises(StoreError, match="did not pass its check"):
        Indexer(store, Unstable(name="unstable"), tokens).build([Document("n", "Câu mới.")])
    with store.current() as generation:
        assert generation.name == name
    assert [stored.name for stored in store.generations()] == [name]


def test_progress_is_told(
    documents: list[Document], store: Store, encoder: FakeEncoder, tokens: FakeTokens
) -> None:
    """Every stage is named with its length, and reaches it."""
    stages: list[tuple[str, int | None, int]] = []

    class Recorder:
        def stage(self, name: str, total: int | None) -> None:
            stages.append((name, total, 0))

        def advance(self, steps: int) -> None:
            name, total, done = stages.pop()
            stages.append((name, total, done + steps))

        def problem(self, error: SourceError) -> None:
            pytest.fail(str(error))

    Indexer(store, encoder, tokens, progress=Recorder()).build(documents)
    assert [name for name, _, _ in stages] == ["reading", "indexing", "publishing"]
    assert all(total in (None, done) for _, total, done in stages)


def test_one_generation_serves_many_threads(
    documents: list[Document], indexer: Indexer, store: Store, encoder: FakeEncoder
) -> None:
    """Sixteen threads read the same sentences as one."""
    indexer.build(documents)
    with store.current() as generation, ThreadPoolExecutor(16) as pool:

        def everything(_: int) -> tuple[object, ...]:
            vectors = encoder.encode_queries(["Kiev đàm phán"])
            return (
                [generation.sentence(row) for row in range(generation.sentences)],
                generation.vectors.search(vectors, 3)[1].tolist(),
                generation.words.search(["kiev"], "accented", 3),
                generation.term_id("folded", "phan"),
            )

        assert all(found == everything(0) for found in pool.map(everything, range(64)))


def test_a_closed_generation(documents: list[Document], indexer: Indexer, store: Store) -> None:
    """It says that it is closed in an error of ours."""
    indexer.build(documents)
    generation: Generation = store.current()
    generation.close()
    with pytest.raises(StoreError):
        generation.sentence(0)
