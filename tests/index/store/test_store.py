"""The store: whatever fails, the old generation or the new one answers, and damage is never silent."""

import dataclasses
import errno
import gc
import itertools
import json
import os
import random
import re
import resource
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.encoders import EncoderIdentity
from index.errors import GenerationCorrupt, GenerationMismatch, NoGeneration, StoreBusy, StoreError
from index.generation.manifest import Manifest
from index.indexer import Indexer
from index.indexer.chunking import Sizes
from index.records import Document
from index.store import Store
from index.store.verified import SUFFIX
from tests.figures import tell
from tests.index.disks import FailingDisk, FullDisk, QuickDisk
from tests.index.fakes import FakeEncoder, FakeTokens
from tests.index.published import contents_of, file_of, folder_of, number_of, prepare, publish, put, republish

_RANDOM = re.compile(r"(?<=-)[0-9a-f]{8}(?=/|$)")


def current_number(store: Store) -> int:
    """Return the number of the live generation."""
    with store.current() as generation:
        return number_of(generation)


def leftovers(store: Store) -> list[str]:
    """Return the names of unfinished files and folders."""
    return [path.name for path in store.data_dir.rglob(".trichdan-*")]


def open_files() -> int:
    """Return how many files this process holds open."""
    return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - the list itself opens a file, both times


def test_the_newest_generations_are_kept(new_store: Callable[..., Store]) -> None:
    """The last three stay by default, the live one always."""
    store = new_store()
    names = [publish(store, number).generation for number in range(5)]
    assert [stored.name for stored in store.generations()] == names[2:]
    assert [stored.current for stored in store.generations()] == [False, False, True]
    assert store.generations()[0].manifest is not None
    store.rollback()
    store.rollback()
    assert current_number(store) == 2
    publish(store, 5)
    assert current_number(store) == 5
    assert len(store.generations()) == 3


def test_rollback(new_store: Callable[..., Store]) -> None:
    """Back to the one before or the one named; nowhere if there is none."""
    store = new_store()
    with pytest.raises(NoGeneration):
        store.rollback()
    names = [publish(store, number).generation for number in range(3)]
    assert store.rollback() == names[1]
    assert current_number(store) == 1
    assert store.rollback(names[2]) == names[2]
    assert current_number(store) == 2
    for unknown in ("000009-0123456789abcdef", "../../etc", ""):
        with pytest.raises(StoreError):
            store.rollback(unknown or "x")
    assert store.rollback(names[0]) == names[0]
    with pytest.raises(NoGeneration, match="no earlier"):
        store.rollback()
    assert current_number(store) == 0


def test_rollback_passes_over_a_damaged_generation(new_store: Callable[..., Store]) -> None:
    """What cannot be opened is not made live."""
    store = new_store()
    names = [publish(store, number).generation for number in range(3)]
    file_of(store, names[1], "places.npy").write_bytes(b"")
    with pytest.raises(GenerationCorrupt):
        store.rollback(names[1])
    assert store.rollback() == names[0]


def test_a_generation_that_is_read_is_not_removed(new_store: Callable[..., Store]) -> None:
    """It answers until it is closed, and goes with the next build."""
    store = new_store(keep=1)
    name = publish(store, 1).generation
    with store.current() as held:
        publish(store, 2)
        publish(store, 3)
        assert number_of(held) == 1
        assert store.generations()[0].name == name
    publish(store, 4)
    assert len(store.generations()) == 1


def test_only_our_own_leftovers_are_removed(new_store: Callable[..., Store]) -> None:
    """A data directory may hold other things."""
    store = new_store()
    publish(store, 1)
    for own in (store.data_dir / ".env", store.data_dir / "notes", store.data_dir / "generations" / ".keep"):
        own.write_text("mine")
    (store.data_dir / "generations" / ".trichdan-new-0" / "words").mkdir(parents=True)
    (store.data_dir / "generations" / ".trichdan-new-0" / "words" / "x").write_text("left")
    (store.data_dir / ".trichdan-current-0").write_text("left")
    publish(store, 2)
    assert leftovers(store) == []
    for own in (store.data_dir / ".env", store.data_dir / "notes", store.data_dir / "generations" / ".keep"):
        assert own.read_text() == "mine"


# F3 ------------------------------------------------------------------------------------------------


def disk_of(store: Store) -> frozenset[tuple[str, bytes]]:
    """Return all that a store has on the disk, but for random parts of names and what differs by time."""
    return frozenset(
        (
            _RANDOM.sub("", path.relative_to(store.data_dir).as_posix()),
            b"" if path.is_dir() else path.read_bytes(),
        )
        for path in store.data_dir.rglob("*")
        if path.suffix != SUFFIX
    )


@pytest.mark.parametrize(
    ("code", "forever", "step"),
    [
        (errno.ENOSPC, False, 1),
        (errno.EIO, True, 3),
        pytest.param(errno.EIO, False, 1, marks=pytest.mark.slow),
        pytest.param(errno.EIO, True, 1, marks=pytest.mark.slow),
        pytest.param(errno.ENOSPC, True, 1, marks=pytest.mark.slow),
    ],
)
def test_every_operation_of_a_publication_may_fail(
    quick_path: Path, code: int, forever: bool, step: int
) -> None:
    """F3: for each n the n-th operation fails; the error is ours, the old or the new generation answers.

    Where the error came, the next publication succeeds and leaves nothing behind. No file stays open. What is
    on the disk decides that: a disk that was seen before is not tried again.
    """
    first = Store(quick_path / "first", keep=1)
    put(first, 0)
    before = open_files()
    seen = set()
    cases = 0
    for at in itertools.count(0, step):
        store = Store(quick_path / "data", keep=1)
        shutil.copytree(first.data_dir, store.data_dir)
        disk = FailingDisk(at=at, code=code, forever=forever)
        possible = frozenset({1})
        try:
            put(Store(store.data_dir, disk=disk, keep=1), 1)
        except StoreError as error:
            assert str(store.data_dir) in str(error)
            assert os.strerror(code) in str(error)
            possible = frozenset({0, 1})
        outcome = disk_of(store), possible
        if outcome not in seen:
            seen.add(outcome)
            assert current_number(store) in possible
            put(Store(store.data_dir, disk=QuickDisk(), keep=1), 2)
            assert current_number(store) == 2
            assert leftovers(store) == []
            assert len(store.generations()) == 1
        shutil.rmtree(store.data_dir)
        if not disk.hits:
            assert possible == {1}
            break
        cases += 1
    when = "for ever" if forever else "once"
    tell(f"F3, publishing, {when}, {os.strerror(code)}", failures=cases, disks=len(seen))
    assert cases * step >= 200
    assert open_files() == before


@pytest.mark.parametrize("forever", [False, True])
@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES])
def test_every_operation_of_loading_may_fail(
    new_store: Callable[..., Store], code: int, forever: bool
) -> None:
    """F3: for each n the n-th operation of loading fails; the error is ours and no file stays open."""
    store = new_store()
    publish(store, 1)
    before = open_files()
    cases = 0
    while True:
        disk = FailingDisk(at=cases, code=code, forever=forever)
        try:
            with Store(store.data_dir, disk=disk).current() as generation:
                assert number_of(generation) == 1
        except StoreError as error:
            assert os.strerror(code) in str(error)
        if not disk.hits:
            break
        cases += 1
        assert open_files() == before
    tell(f"F3, loading, {'for ever' if forever else 'once'}, {os.strerror(code)}", failures=cases)
    assert cases >= 20


# F4 ------------------------------------------------------------------------------------------------


def sizes(contents: dict[str, bytes]) -> list[int]:
    """Return 64 amounts of space, 32 of them short by less than 4,096 bytes of what some file needs."""
    total, ends = 0, []
    for data in contents.values():
        total += len(data)
        ends.append(total)
    random_ = random.Random(4)  # noqa: S311 - test data
    near = [max(0, random_.choice(ends) - random_.randint(1, 4096)) for _ in range(32)]
    return near + [total * step // 32 for step in range(32)]


def test_a_full_disk_is_never_a_success(new_store: Callable[..., Store]) -> None:
    """F4: at 64 amounts of space that do not suffice, the error is ours and the old generation answers."""
    store = new_store()
    put(store, 1)
    amounts = sizes(contents_of(store, put(store, 2)))
    assert len(amounts) == 64
    for amount in amounts:
        disk = FullDisk(left=amount)
        with pytest.raises(StoreError, match="space"):
            put(Store(store.data_dir, disk=disk), 3)
        assert disk.full
        assert current_number(store) == 2
        assert leftovers(store) == []
    tell("F4", amounts_of_space=len(amounts), refused=len(amounts))


@pytest.mark.parametrize("limit", [0, 1, 100, 400, 1_000, 3_000, 10_000])
def test_a_limit_of_the_system_is_never_a_success(new_store: Callable[..., Store], limit: int) -> None:
    """F4: also where the system itself refuses to write more, the word index included."""
    store = new_store()
    publish(store, 1)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        with pytest.raises(StoreError):
            publish(store, 2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    assert current_number(store) == 1
    publish(store, 3)
    assert leftovers(store) == []


# F5 ------------------------------------------------------------------------------------------------


def damages(data: bytes, random_: random.Random, flips: int) -> list[bytes]:
    """Return damaged forms of a file: flipped bits, cuts, and one byte more."""
    found = [data + b"\0", b"\n" + data]
    for _ in range(flips if data else 0):
        place = random_.randrange(len(data))
        found.append(data[:place] + bytes([data[place] ^ 1 << random_.randrange(8)]) + data[place + 1 :])
    cuts = sorted({*range(min(65, len(data))), *range(0, len(data), 4096), len(data) - 1})
    return found + [data[:cut] for cut in random_.sample(cuts, min(len(cuts), flips)) if cut >= 0]


def refuses(store: Store) -> bool:
    """Tell whether the live generation is refused as damaged."""
    try:
        store.current().close()
    except GenerationCorrupt:
        return True
    return False


@pytest.mark.parametrize(("flips", "least"), [(8, 300), pytest.param(250, 5_000, marks=pytest.mark.slow)])
def test_every_damage_of_a_file_is_found(new_store: Callable[..., Store], flips: int, least: int) -> None:
    """F5: a flipped bit, a cut or one byte more in any file is found before anything is answered."""
    store = new_store()
    name = publish(store, 1).generation
    random_ = random.Random(5)  # noqa: S311 - test data
    cases = disk = 0
    for path in sorted(path for path in folder_of(store, name).rglob("*") if path.is_file()):
        if path.name == ".tantivy-meta.lock":  # empty; tantivy may put it right again before it is looked at
            continue
        whole = path.read_bytes()
        for damaged in damages(whole, random_, flips):
            path.write_bytes(damaged)
            assert refuses(store), f"{path.name}: {len(damaged)} bytes"
            cases += 1
        path.unlink()
        assert refuses(store), f"{path.name} is missing"
        path.mkdir()
        assert refuses(store), f"{path.name} is a folder"
        path.rmdir()
        path.write_bytes(whole)
        assert not refuses(store)
        disk += 1
    tell("F5", disk=disk, damages=cases, found=cases, missing_or_folders=2 * disk)
    assert cases >= least


def test_every_byte_of_the_manifest_counts(new_store: Callable[..., Store]) -> None:
    """F5: the manifest, byte by byte."""
    store = new_store()
    path = folder_of(store, publish(store, 1).generation) / "manifest.json"
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        assert refuses(store), place
    path.write_bytes(whole)
    tell("F5, the manifest", bytes_changed=len(whole), found=len(whole))


def test_files_of_others_are_found(new_store: Callable[..., Store]) -> None:
    """F5: two files that changed places, and files and manifest of another generation, are found."""
    store = new_store()
    other = folder_of(store, publish(store, 1).generation)
    own = folder_of(store, publish(store, 2).generation)
    paths = sorted(path.relative_to(own) for path in own.rglob("*.*") if path.is_file())
    cases = 0
    for path in paths:
        whole = (own / path).read_bytes()
        for source in ([own / swapped for swapped in paths], [other / path]):
            for strange in source:
                if strange.exists() and strange.read_bytes() != whole:
                    (own / path).write_bytes(strange.read_bytes())
                    assert refuses(store), f"{strange} in the place of {path}"
                    cases += 1
        (own / path).write_bytes(whole)
    tell("F5, files of others", cases=cases, found=cases)
    assert cases > 200
    shutil.copytree(other, own, dirs_exist_ok=True)
    assert refuses(store)
    store.rollback()


# F7 ------------------------------------------------------------------------------------------------


def cut_newest(store: Store, names: list[str]) -> None:
    """Damage a file of the newest generation."""
    path = file_of(store, names[-1], "documents.sqlite")
    path.write_bytes(path.read_bytes()[:-1])


def current(text: str | bytes) -> Callable[[Store, list[str]], None]:
    """Write something into CURRENT."""

    def write(store: Store, names: list[str]) -> None:
        (store.data_dir / "CURRENT").write_bytes(text if isinstance(text, bytes) else text.encode())

    return write


def remove(path: str) -> Callable[[Store, list[str]], None]:
    """Remove a file of the store; {newest} stands for the newest generation."""

    def unlink(store: Store, names: list[str]) -> None:
        min(store.data_dir.glob(path.format(newest=names[-1]))).unlink()

    return unlink


def remove_newest(store: Store, names: list[str]) -> None:
    """Remove the whole of the newest generation."""
    shutil.rmtree(folder_of(store, names[-1]))


START_UPS: dict[str, tuple[Callable[[Store, list[str]], None], str]] = {
    "newest damaged": (cut_newest, "documents.sqlite"),
    "newest gone": (remove_newest, "has no generation"),
    "file gone": (remove("generations/{newest}/parts/*/vectors.faiss"), "vectors.faiss"),
    "manifest gone": (remove("generations/{newest}/manifest.json"), "manifest"),
    "CURRENT gone": (remove("CURRENT"), "CURRENT is missing"),
    "CURRENT empty": (current(""), "CURRENT is damaged"),
    "CURRENT nowhere": (current("000099-0123456789abcdef\n"), "has no generation"),
    "CURRENT out": (current("../../etc\n"), "CURRENT is damaged"),
    "CURRENT bytes": (current(b"\xff\x00\n"), "CURRENT is damaged"),
    "CURRENT long": (current("0" * 10_000), "CURRENT is damaged"),
}


@pytest.mark.parametrize("case", START_UPS)
def test_starting_from_a_damaged_store(quick_path: Path, case: str) -> None:
    """F7: damage is named; on request the last good generation opens, with a report; a build mends it."""
    spoil, expected = START_UPS[case]
    store = Store(quick_path / "data")
    names = [publish(store, number).generation for number in range(3)]
    spoil(store, names)
    with pytest.raises(GenerationCorrupt, match=expected):
        store.current()
    told: list[str] = []
    with store.current(report=lambda error: told.append(str(error))) as generation:
        assert generation.name in names
        assert number_of(generation) == int(names.index(generation.name))
    assert len(told) == 1
    assert expected in told[0]
    assert "go back to an earlier index" in told[0]
    store.rollback()
    assert current_number(store) in (1, 2)
    publish(store, 7)
    assert current_number(store) == 7


def test_starting_without_any_generation(tmp_path: Path) -> None:
    """F7: nothing there, an empty folder, or all damaged: one error, also for who would take an older one."""
    told: list[StoreError] = []
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(NoGeneration, match="build one from your documents"):
            Store(folder).current(report=told.append)
    store = Store(tmp_path / "data")
    for number in range(2):
        cut_newest(store, [publish(store, number).generation])
    with pytest.raises(GenerationCorrupt):
        store.current(report=told.append)
    assert len(told) == 2


def test_a_data_directory_that_cannot_be_used(tmp_path: Path) -> None:
    """A file in its place, or a place where nothing can be made: one sentence with the path."""
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "file", tmp_path / "file" / "data", Path("/proc/nowhere/data")):
        with pytest.raises(StoreError, match=str(path)) as caught:
            publish(Store(path), 1)
        assert "cannot be written" in str(caught.value)


# F9 ------------------------------------------------------------------------------------------------


class Race:
    """Four builders that begin at one time; the one with the lock holds it until all have tried."""

    def __init__(self, store: Store, number: int) -> None:
        self._store = store
        self._number = number
        self._start = threading.Barrier(4)
        self._end = threading.Barrier(4)

    def __call__(self, _: int) -> str:
        """Try once; return the generation, or the error."""
        self._start.wait()
        try:
            with self._store.building() as building:
                self._end.wait()
                prepared = prepare(self._number)
                return building.publish(prepared.contents, prepared.describe, lambda generation: None)
        except StoreBusy as error:
            self._end.wait()
            return str(error)


def test_of_two_builders_one_publishes(new_store: Callable[..., Store]) -> None:
    """F9: in twenty races exactly one builder publishes and the others are refused."""
    store = new_store()
    for number in range(20):
        with ThreadPoolExecutor(4) as pool:
            ended = list(pool.map(Race(store, number % 7), range(4)))
        assert sum("Another build" in each for each in ended) == 3
        assert current_number(store) == number % 7
    tell("F9", races=20, builders=80, published=20, told_to_wait=60)


# F10 -----------------------------------------------------------------------------------------------

OTHERS: dict[str, Callable[[Manifest], Manifest]] = {
    "format": lambda m: dataclasses.replace(m, recipe=dataclasses.replace(m.recipe, format=99)),
    "segmenter version": lambda m: dataclasses.replace(m, recipe=dataclasses.replace(m.recipe, segmenter=99)),
    "analysis version": lambda m: dataclasses.replace(m, recipe=dataclasses.replace(m.recipe, analysis=99)),
    "token model": lambda m: dataclasses.replace(m, recipe=dataclasses.replace(m.recipe, tokens="99")),
}


@pytest.mark.parametrize("what", OTHERS)
def test_a_generation_of_another_recipe_is_refused(quick_path: Path, what: str) -> None:
    """F10: both sides are named, and what to run; a build starts anew."""
    store = Store(quick_path / "data")
    publish(store, 1)
    republish(store, describe=OTHERS[what])
    with pytest.raises(GenerationMismatch, match=what) as caught:
        store.current(FakeEncoder().identity, FakeTokens().revision)
    assert "99" in str(caught.value)
    assert "upgrade it" in str(caught.value)
    publish(store, 2)
    assert current_number(store) == 2


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (EncoderIdentity("other", "1", 16), "the encoder 'fake', now it is 'other'"),
        (EncoderIdentity("fake", "2", 16), "encoder revision '1', now it is '2'"),
        (EncoderIdentity("fake", "1", 8), "dimension 16, now it is 8"),
        (EncoderIdentity("fake", "1", 16, "query: "), "question prompt '', now it is 'query: '"),
        (EncoderIdentity("fake", "1", 16, "", "passage: "), "passage prompt '', now it is 'passage: '"),
    ],
)
def test_a_generation_of_another_encoder_is_refused(
    new_store: Callable[..., Store], other: EncoderIdentity, expected: str
) -> None:
    """F10: vectors of two encoders are never compared; a build with the other one encodes all again."""
    store = new_store()
    publish(store, 1)
    with pytest.raises(GenerationMismatch, match=expected):
        store.current(other)
    encoder = FakeEncoder(
        other.dimension, other.name, other.revision, other.query_prompt, other.passage_prompt
    )
    report = Indexer(store, encoder, FakeTokens()).build([Document("a", "Một câu.")])
    assert report.reused == 0
    store.current(other).close()


def test_no_generation_of_another_encoder_takes_the_place_of_a_damaged_one(quick_path: Path) -> None:
    """F7 and F10: the newest sound one is never of another encoder."""
    store = Store(quick_path / "data")
    publish(store, 1)
    other = FakeEncoder(name="other")
    live = Indexer(store, other, FakeTokens()).build([Document("a", "Một câu.")]).generation
    cut_newest(store, [live])
    told: list[StoreError] = []
    with pytest.raises(GenerationCorrupt):
        store.current(other.identity, FakeTokens().revision, report=told.append)
    assert [type(error) for error in told] == [GenerationCorrupt, GenerationMismatch]


def test_the_manifest_says_how_it_was_made(new_store: Callable[..., Store]) -> None:
    """It is JSON that a person can read, and holds no time, path or machine."""
    store = new_store()
    name = publish(store, 1).generation
    written = json.loads((folder_of(store, name) / "manifest.json").read_bytes())
    assert written["recipe"]["encoder"] == dataclasses.asdict(FakeEncoder().identity)
    assert (written["documents"], written["sentences"]) == (2, 4)
    assert set(written["files"]) == set(contents_of(store, name))
    assert str(store.data_dir) not in json.dumps(written)


def test_too_many_open_files_are_no_damage(new_store: Callable[..., Store]) -> None:
    """A refusal by the system is reported as such: the index is sound, and going back would not help."""
    store = new_store()
    put(store, 1)
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    refused = 0
    try:
        for more in range(1, 12):
            resource.setrlimit(resource.RLIMIT_NOFILE, (free + more, most))
            try:
                store.current().close()
            except StoreError as error:
                refused += 1
                assert not isinstance(error, GenerationCorrupt)
                assert "open files" in str(error)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))
    assert refused > 5
    store.current().close()


@pytest.mark.slow
def test_a_large_collection_needs_few_open_files(new_store: Callable[..., Store]) -> None:
    """Six for each part and two dozen more: two of sixty parts, and a builder, do within the usual 1,024."""
    store, sizes = new_store(), Sizes(least=1, usual=1, most=1)
    documents = [Document(f"{number:03}", f"Câu số {number}. Câu sau.") for number in range(60)]
    Indexer(store, FakeEncoder(), FakeTokens(), sizes=sizes).build(documents)
    before = open_files()
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (1_024, most))
    try:
        with store.current() as old:
            assert len(old.parts) == 60
            held = open_files() - before
            assert held <= 6 * 60 + 24
            Indexer(store, FakeEncoder(), FakeTokens(), sizes=sizes).add([Document("060", "Câu mới.")])
            with store.current() as new:
                assert (len(old.parts), len(new.parts)) == (60, 61)
                assert open_files() - before <= 2 * held + 6
                assert old.sentence(0) == new.sentence(0)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))
    del old, new  # maps go with the last who looks at them
    gc.collect()
    assert open_files() == before


def test_the_name_of_the_live_generation(quick_path: Path) -> None:
    """What CURRENT says, without opening anything; none before the first build, an error if damaged."""
    store = Store(quick_path / "data")
    assert store.live_name() is None
    names = [publish(store, number).generation for number in range(2)]
    assert store.live_name() == names[-1]
    store.rollback(names[0])
    remove_newest(store, [names[0]])
    assert store.live_name() == names[0]
    for text in ("", "../../etc\n", "0" * 10_000):
        current(text)(store, names)
        with pytest.raises(GenerationCorrupt, match="CURRENT is damaged"):
            store.live_name()


READING: dict[str, Callable[[Store, str], object]] = {
    "current": lambda store, name: store.current().close(),
    "open": lambda store, name: store.open(name).close(),
    "documents": lambda store, name: list(store.documents()),
    "is_outdated": lambda store, name: store.is_outdated(FakeEncoder().identity, FakeTokens().revision),
    "live_name": lambda store, name: store.live_name(),
    "generations": lambda store, name: store.generations(),
}
WRITING: dict[str, Callable[[Store, str], object]] = {
    "building": lambda store, name: store.building().__enter__(),
    "publish": lambda store, name: put(store, 2),
    "rollback": lambda store, name: store.rollback(),
}


@pytest.mark.parametrize("what", [*READING, *WRITING])
def test_the_error_says_what_could_not_be_done(new_store: Callable[..., Store], what: str) -> None:
    """Reading or writing, with the place, the system's own words and what to look at, and nothing else."""
    store = new_store()
    name = publish(store, 1).generation
    disk = FailingDisk(at=0, code=errno.EIO, forever=True)
    with pytest.raises(StoreError) as caught:
        (READING | WRITING)[what](Store(store.data_dir, disk=disk), name)
    doing = "read" if what in READING else "written"
    assert re.fullmatch(
        rf"The data directory {re.escape(str(store.data_dir))} cannot be {doing} "
        rf"\(.*{os.strerror(errno.EIO)}.*\); check its path, rights and space\.",
        str(caught.value),
    )


def test_a_build_of_the_same_mends_what_is_damaged(quick_path: Path) -> None:
    """Equal documents make an equal manifest; still the damaged generation does not stay live."""
    store = Store(quick_path / "data")
    damaged = put(store, 1)
    assert put(store, 1) == damaged  # sound: it is not written again
    cut_newest(store, [damaged])
    mended = put(store, 1)
    assert mended != damaged
    assert mended.partition("-")[2] == damaged.partition("-")[2]
    assert store.live_name() == mended
    assert current_number(store) == 1


def test_nowhere_to_go_back_to_is_said_with_the_place(new_store: Callable[..., Store]) -> None:
    """One sentence."""
    store = new_store()
    publish(store, 1)
    with pytest.raises(NoGeneration) as caught:
        store.rollback()
    assert str(caught.value) == f"{store.data_dir} holds no earlier generation to go back to."
