"""Division into parts: equal collections have equal parts, and a change makes few of them anew."""

import random
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.generation.entries import SHORT, Entry, fingerprint, size_of
from index.generation.manifest import Recipe
from index.indexer import Indexer
from index.indexer.chunking import Sizes, divide, part_name
from index.indexer.plan import MOST_SENTENCES
from index.records import Document
from index.store import Store
from index.text.segment import segment
from tests.index.fakes import WORDS, FakeEncoder, FakeTokens, Floats
from tests.index.published import folder_of

SMALL = Sizes(least=60, usual=200, most=500)


def entries(count: int, seed: int = 0) -> list[Entry]:
    """Make entries, sorted by id."""
    random_ = random.Random(seed)  # noqa: S311 - test data
    return [
        Entry(f"{number:05}", random_.randbytes(32), random_.randint(1, 90), None) for number in range(count)
    ]


@given(st.lists(st.integers(1, 400), max_size=60), st.integers(0, 5))
def test_parts_are_the_collection(sizes: list[int], shift: int) -> None:
    """Nothing is lost or moved; each part but the last has its least size, and ends when it has its most."""
    made = [Entry(f"{number + shift:03}", b"", size, None) for number, size in enumerate(sizes)]
    parts = divide(made, SMALL)
    assert [entry for part in parts for entry in part] == made
    for part in parts:
        held = [entry.size for entry in part]
        assert held
        assert sum(held[:-1]) < SMALL.most
        assert part is parts[-1] or sum(held) >= SMALL.least


@pytest.mark.parametrize("seed", range(5))
def test_a_change_moves_few_ends(seed: int) -> None:
    """Of two thousand documents one is added, one removed, one changed: nearly all parts stay."""
    whole = entries(2_000, seed)
    before = {tuple(part) for part in divide(whole, SMALL)}
    place = random.Random(seed).randrange(2_000)  # noqa: S311 - test data
    changed = whole[place]._replace(fingerprint=b"x", size=77)
    for others in (
        [*whole[:place], Entry(f"{place - 1:05}x", b"", 50, None), *whole[place:]],
        [*whole[:place], *whole[place + 1 :]],
        [*whole[:place], changed, *whole[place + 1 :]],
    ):
        after = {tuple(part) for part in divide(sorted(others), SMALL)}
        assert len(after - before) <= 4
        assert len(before) > 200


def test_a_name_tells_all_that_a_part_is_made_of() -> None:
    """Another document, another order, another recipe: another name."""
    recipe = Recipe(FakeEncoder().identity, "t")
    made = entries(5)
    names = {
        part_name(recipe, made),
        part_name(recipe, made[::-1]),
        part_name(recipe, made[1:]),
        part_name(recipe, [made[0]._replace(fingerprint=b"x"), *made[1:]]),
        part_name(Recipe(FakeEncoder().identity, "u"), made),
        part_name(Recipe(FakeEncoder(revision="2").identity, "t"), made),
        part_name(Recipe(FakeEncoder().identity, "t", segmenter=99), made),
    }
    assert len(names) == 7
    assert part_name(recipe, made) == part_name(recipe, list(made))


def test_a_fingerprint_tells_documents_apart() -> None:
    """Any field that differs makes another one."""
    told = {
        fingerprint(document)
        for document in (
            Document("a", "Câu."),
            Document("b", "Câu."),
            Document("a", "Câu. "),
            Document("a", "Câu.", title="t"),
            Document("a", "Câu.", source="t"),
            Document("a", "Câu.", body=1),
        )
    }
    assert len(told) == 6


def document(number: int, random_: random.Random) -> Document:
    """Make a document, with sentences that others have too."""
    sentences = [
        " ".join(random_.choices(WORDS, k=random_.randint(1, 6))).capitalize() + "." for _ in range(3)
    ]
    return Document(f"{number:03}", " ".join(sentences), title=f"Bài {random_.randint(0, 3)}")


def files_of(store: Store) -> bytes:
    """Return the manifest of the live generation, which sums up every byte of it."""
    with store.current() as generation:
        return (folder_of(store, generation.name) / "manifest.json").read_bytes()


@pytest.mark.parametrize("seed", range(4))
def test_any_way_leads_to_the_same_generation(new_store: Callable[..., Store], seed: int) -> None:
    """However documents were added, changed and removed: byte for byte what one build of them all makes.

    So answers, scores and BM25's counts are those of the whole build, too.
    """
    random_ = random.Random(seed)  # noqa: S311 - test data
    amended, whole = new_store("amended"), new_store("whole")
    indexer = Indexer(amended, FakeEncoder(), FakeTokens(), sizes=SMALL)
    held = {number: document(number, random_) for number in random_.sample(range(100), 30)}
    indexer.build(held.values())
    for _ in range(4):
        gone = random_.sample(sorted(held), random_.randint(1, 4))
        indexer.remove([held.pop(number).id for number in gone])
        new = {
            number: document(number, random_) for number in random_.sample(range(100), random_.randint(1, 5))
        }
        held |= new
        report = indexer.add(new.values())
        assert report.documents == len(held)
    Indexer(whole, FakeEncoder(), FakeTokens(), sizes=SMALL).build(held.values())
    assert files_of(amended) == files_of(whole)
    with whole.current() as generation:
        assert len(generation.parts) > 2


def test_most_files_are_shared(new_store: Callable[..., Store]) -> None:
    """An amendment writes one part anew; the others are the same files under a second name."""
    random_ = random.Random(1)  # noqa: S311 - test data
    store, tokens, encoder = new_store(), FakeTokens(), FakeEncoder()
    documents = [document(number, random_) for number in range(100)]
    first = Indexer(store, FakeEncoder(), tokens, sizes=SMALL).build(documents).generation
    report = Indexer(store, encoder, tokens, sizes=SMALL).add([Document("050x", "Một câu hoàn toàn mới.")])
    assert (report.added, report.changed, report.removed, report.reused) == (1, 0, 0, 100)
    assert encoder.encoded[0] == "Một câu hoàn toàn mới."
    inodes = {path.stat().st_ino for path in folder_of(store, first).rglob("*") if path.is_file()}
    vectors = list(folder_of(store, report.generation).glob("parts/*/vectors.faiss"))
    anew = [path for path in vectors if path.stat().st_ino not in inodes]
    assert len(vectors) > 10
    assert len(anew) <= 3
    assert not (store.data_dir / "work").exists()


def test_an_interrupted_build_goes_on_where_it_was(new_store: Callable[..., Store]) -> None:
    """The old generation answers, what was finished is not encoded again, and nothing is left behind."""
    random_ = random.Random(2)  # noqa: S311 - test data
    store, tokens = new_store(), FakeTokens()
    old = Indexer(store, FakeEncoder(), tokens, sizes=SMALL).build([Document("old", "Câu cũ.")]).generation
    documents = [document(number, random_) for number in range(60)]

    class Interrupted(FakeEncoder):
        def encode_passages(self, texts: Sequence[str]) -> Floats:
            if len(self.encoded) > 80:
                raise KeyboardInterrupt
            return super().encode_passages(texts)

    first = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        Indexer(store, first, tokens, sizes=SMALL).build(documents)
    with store.current() as generation:
        assert generation.name == old
    finished = list((store.data_dir / "work").glob("*/sums.json"))
    assert len(finished) > 2
    damaged = finished[0].parent / "places.npy"
    damaged.write_bytes(damaged.read_bytes()[:-1])
    again = FakeEncoder()
    report = Indexer(store, again, tokens, sizes=SMALL).build(documents)
    assert report.documents == 60
    assert not (store.data_dir / "work").exists()
    whole, afresh = new_store("whole"), FakeEncoder()
    Indexer(whole, afresh, tokens, sizes=SMALL).build(documents)
    assert files_of(store) == files_of(whole)
    assert len(again.encoded) < len(afresh.encoded) - 40


def test_short_sentences_make_parts_smaller() -> None:
    """A document counts by its code points, or by its sentences where these are short."""
    usual = Document("a", "Một câu dài như thường thấy trong báo, có chừng bảy mươi ký tự trở lên.\n" * 3)
    assert size_of(usual) == len(usual.text)
    for text in ("Câu.\n" * 90, "Câu! " * 90, "好。" * 90, "Một\n" * 90, "अ। " * 90):
        assert size_of(Document("a", text)) >= SHORT * len(segment(text)) >= SHORT * 90


def test_too_many_sentences_in_a_document(new_store: Callable[..., Store]) -> None:
    """It is named and left out; full stops that end no sentence do not count."""
    documents = [
        Document("many", "Câu.\n" * (MOST_SENTENCES + 1)),
        Document("numbers", "1.2.3.4.5.6.7.8.9 " * (MOST_SENTENCES // 7)),
        Document("one", "Một câu."),
    ]
    report = Indexer(new_store(), FakeEncoder(), FakeTokens()).build(documents)
    assert report.documents == 2
    assert [str(problem) for problem in report.problems] == [
        "The document many has more than the limit of 100,000 sentences; split it."
    ]


def test_catalogues_share_what_sqlite_may_keep(new_store: Callable[..., Store]) -> None:
    """Each would keep two MB of its pages; of forty parts they keep together no more than one would."""
    store = new_store()
    documents = [Document(f"{number:03}", f"Câu số {number}. Câu sau.") for number in range(40)]
    Indexer(store, FakeEncoder(), FakeTokens(), sizes=Sizes(1, 1, 1)).build(documents)
    with store.current() as generation:
        kept = [part.catalogue.cache for part in generation.parts]
    assert len(kept) == 40
    assert min(kept) >= 32
    assert sum(kept) <= 2_000
