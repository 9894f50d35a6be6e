"""Losing power in the middle of a publication: the old generation or the new one, never a mixture.

The log of one publication is replayed up to every step. What was not synced by then may be lost: the bytes of
a file in part or whole, and the names in a folder all together or any one of them. A link is a name of bytes
that may have been written, and synced, under another name.
"""

import os
import random
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.check import check
from index.disk import Disk
from index.errors import NoGeneration
from index.indexer import Indexer
from index.indexer.chunking import Sizes
from index.records import Document
from index.store import Store
from index.store.unfinished import SUMS
from tests.figures import tell
from tests.index.disks import RecordingDisk, Step
from tests.index.fakes import FakeEncoder, FakeTokens
from tests.index.published import number_of, put

DAMAGES = ("intact", "gone", "zeroed", "halved", "emptied", "flipped")
NAMES_KEPT = -1
NAMES_LOST = -2


@dataclass(frozen=True)
class Crash:
    """What a power loss leaves.

    Attributes:
        steps: How many steps of the log were done.
        damage: What happened to the bytes of files that were not synced.
        lost: Which change of a name that was not synced is lost: a step, all or none.
    """

    steps: int
    damage: str
    lost: int


def folder_changed(step: Step) -> Path | None:
    """Return the folder in which a step changes a name."""
    return None if step.kind in ("sync", "sync-folder") else step.path.parent


def unsynced_names(log: list[Step]) -> list[int]:
    """Return the steps whose change of a name no later step has synced."""
    return [
        place
        for place, step in enumerate(log)
        if (folder := folder_changed(step))
        and not any(later.kind == "sync-folder" and later.path == folder for later in log[place:])
    ]


def unsynced_bytes(log: list[Step]) -> list[int]:
    """Return the steps whose written bytes no later step has synced."""
    return [
        place
        for place, step in enumerate(log)
        if step.kind == "write"
        and not any(later.kind == "sync" and later.path == step.path for later in log[place:])
    ]


def crashes(log: list[Step], most: int | None = None) -> Iterator[Crash]:
    """Yield every state that a power loss can leave, as far as this test distinguishes them, the last first.

    After each step, at most this many of the names that can be lost on their own are drawn.
    """
    random_ = random.Random(2)  # noqa: S311 - a sample
    for steps in range(len(log), -1, -1):
        names = unsynced_names(log[:steps])
        for lost in (NAMES_LOST, NAMES_KEPT) if names else (NAMES_KEPT,):
            for damage in DAMAGES if unsynced_bytes(log[:steps]) else DAMAGES[:1]:
                yield Crash(steps, damage, lost)
        for lost in names if most is None else random_.sample(names, min(most, len(names))):
            yield Crash(steps, DAMAGES[0], lost)


def damaged(data: bytes, damage: str) -> bytes | None:
    """Return what is left of bytes that were not synced."""
    middle = len(data) // 2
    return {
        "intact": data,
        "gone": None,
        "zeroed": bytes(len(data)),
        "halved": data[:middle],
        "emptied": b"",
        "flipped": data[:middle] + bytes([data[middle] ^ 4]) + data[middle + 1 :] if data else data,
    }[damage]


def replay(log: list[Step], crash: Crash, old: Path, new: Path) -> None:
    """Do the steps that survive a crash to a copy of the disk; their paths are below `old`."""
    done = log[: crash.steps]
    lost = set(unsynced_names(done)) if crash.lost == NAMES_LOST else {crash.lost}
    torn = set(unsynced_bytes(done))
    held: dict[Path, bytes | None] = {}  # the bytes of each file written, whatever became of its names
    for place, step in enumerate(done):
        path = new / step.path.relative_to(old)
        if step.kind == "write":
            held[step.path] = damaged(step.data, crash.damage) if place in torn else step.data
        elif step.kind == "link" and step.old:
            held[step.path] = bytes_of(step.old, held, old, new)
        elif step.kind == "rename" and step.new:
            held = {renamed(name, step.path, step.new): data for name, data in held.items()}
        if place in lost or (folder_changed(step) and not path.parent.is_dir()):
            continue
        do(step, path, new / step.new.relative_to(old) if step.new else path, held.get(step.path))


def do(step: Step, path: Path, name: Path, data: bytes | None) -> None:
    """Do one step to `path`, and to its new `name` where it has one; `data` is what a new file holds."""
    if step.kind == "make":
        path.mkdir(exist_ok=True)
    elif step.kind in ("write", "link") and data is not None:
        path.write_bytes(data)
    elif step.kind == "rename" and path.exists():
        path.replace(name)
    elif step.kind == "remove":
        path.unlink(missing_ok=True)
    elif step.kind == "remove-folder" and path.is_dir() and not any(path.iterdir()):
        path.rmdir()


def bytes_of(path: Path, held: dict[Path, bytes | None], old: Path, new: Path) -> bytes | None:
    """Return what a file holds to which a link is made: one of the log, or one that was there before it."""
    return held[path] if path in held else (new / path.relative_to(old)).read_bytes()


def renamed(path: Path, old: Path, new: Path) -> Path:
    """Return what a path is when a file or folder has another name."""
    return new / path.relative_to(old) if path.is_relative_to(old) else path


def answers(data_dir: Path) -> int | None:
    """Return the number of the live generation, None where nothing was ever published."""
    try:
        with Store(data_dir).current() as generation:
            return number_of(generation)
    except NoGeneration:
        return None


def record(folder: Path, *, first: bool) -> tuple[Path, Path, list[Step]]:
    """Return the disk before a publication, the disk during it, and its log."""
    before, during = folder / "before", folder / "during"
    before.mkdir()
    if not first:
        put(Store(before / "data", keep=1), 1)
        put(Store(before / "data", keep=1), 2)
    shutil.copytree(before, during)
    disk = RecordingDisk()
    put(Store(during / "data", disk=disk, keep=1), 3)
    return before, during, disk.log


@pytest.mark.parametrize("first", [False, True])
def test_all_is_synced_before_it_counts(quick_path: Path, first: bool) -> None:
    """Before CURRENT takes its name, all bytes and names of the generation are on the disk; then CURRENT is.

    The same is shown by replaying power losses, which takes longer.
    """
    _, during, log = record(quick_path, first=first)
    data = during / "data"
    (at,) = [place for place, step in enumerate(log) if step.new == data / "CURRENT"]
    assert [log[place].path for place in unsynced_bytes(log[:at])] == []
    pointer = {folder_changed(log[place]) for place in unsynced_names(log[:at])}
    assert pointer == {data}  # of the file that is to be CURRENT, and of nothing else
    synced = log[: at + 2]
    assert (synced[-1].kind, synced[-1].path) == ("sync-folder", data)
    assert unsynced_names(synced) == unsynced_bytes(log) == []


def test_the_system_is_asked_to_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`Disk` waits for the disk, for a file when all of it was handed over, and for folders."""
    synced: list[tuple[int, int]] = []

    def fsync(descriptor: int) -> None:
        found = os.fstat(descriptor)
        synced.append((found.st_ino, found.st_size if stat.S_ISREG(found.st_mode) else -1))

    monkeypatch.setattr(os, "fsync", fsync)
    disk, path = Disk(), tmp_path / "written"
    disk.write(path, b"x" * 100)
    assert synced == [(path.stat().st_ino, 100)]
    disk.sync_folder(tmp_path)
    assert synced[1:] == [(tmp_path.stat().st_ino, -1)]


@pytest.mark.slow
@pytest.mark.parametrize("first", [False, True])
def test_power_loss_leaves_the_old_or_the_new(quick_path: Path, first: bool) -> None:
    """F2: after every crash the old or the new generation answers; after the last step it is the new one.

    The next publication succeeds from each state, too.
    """
    before, during, log = record(quick_path, first=first)
    old = None if first else 2
    states = new = torn = lost = 0
    for crash in crashes(log):
        state = quick_path / f"state-{states}"
        shutil.copytree(before, state)
        replay(log, crash, during, state)
        answer = answers(state / "data")
        assert answer in ((3,) if crash.steps == len(log) else (old, 3)), crash
        put(Store(state / "data", keep=1), 4)
        assert answers(state / "data") == 4
        shutil.rmtree(state, ignore_errors=True)  # tantivy's thread may still write its lock
        states, new = states + 1, new + (answer == 3)
        torn, lost = torn + (crash.damage != DAMAGES[0]), lost + (crash.lost != NAMES_KEPT)
    tell(
        "F2, the first publication" if first else "F2, a publication",
        steps=len(log), states=states, with_torn_files=torn, with_lost_names=lost, answered_by_the_new=new,
    )  # fmt: skip
    assert states >= 300


@pytest.mark.slow
@pytest.mark.parametrize("first", [False, True])
def test_every_sync_is_needed(quick_path: Path, first: bool) -> None:
    """F2: without any single one of the syncs some crash leaves what cannot be answered from.

    So the test above can see, and no sync is there for nothing.
    """
    before, during, log = record(quick_path, first=first)
    old = None if first else 2
    syncs = [place for place, step in enumerate(log) if step.kind in ("sync", "sync-folder")]
    if first:
        syncs.pop()  # the only generation answers also where CURRENT is lost
    states = 0
    for place in syncs:
        shorter = log[:place] + log[place + 1 :]
        tried = attempts(shorter, before, during, quick_path / f"without-{place}")
        found = next((number for number, each in enumerate(tried, 1) if is_bad(each, shorter, old)), None)
        assert found, log[place]
        states += found
    tell("F2, syncs taken out", syncs=len(syncs), missed=len(syncs), states=states)
    assert len(syncs) >= 20


def is_bad(outcome: tuple[Crash, object], log: list[Step], old: int | None) -> bool:
    """Tell whether neither the old nor the new generation answered, or an acknowledged one is lost."""
    crash, answer = outcome
    return answer not in ((3,) if crash.steps == len(log) else (old, 3))


def attempts(
    log: list[Step],
    before: Path,
    during: Path,
    folder: Path,
    ask: Callable[[Path], object] = answers,
    most: int | None = None,
) -> Iterator[tuple[Crash, object]]:
    """Yield what answers after each crash, the last first: an answer, or the error."""
    for number, crash in enumerate(crashes(log, most)):
        state = folder / f"{number}"
        shutil.copytree(before, state)
        replay(log, crash, during, state)
        try:
            answer: object = ask(state / "data")
        except Exception as error:  # whatever it is, it is no answer
            answer = error
        shutil.rmtree(state, ignore_errors=True)
        yield crash, answer


PARTS = Sizes(least=40, usual=1, most=1_000)
"""Each document is a part of its own."""


def article(number: int) -> Document:
    """Return a document that is a part."""
    return Document(
        f"tin-{number}", f"Bản tin số {number} mở đầu bằng một câu dài. Kiev đàm phán lần {number}."
    )


def amend(store: Store, number: int) -> None:
    """Add a document, or build an index of two if there is none."""
    if number == 2:
        Indexer(store, FakeEncoder(), FakeTokens(), sizes=PARTS).build([article(1), article(2)])
    else:
        Indexer(store, FakeEncoder(), FakeTokens(), sizes=PARTS).add([article(number)])


def newest(data_dir: Path) -> int:
    """Return the number of the last document of the live generation, which must be sound."""
    with Store(data_dir).current() as generation:
        held = [document.id for document in generation.iter_documents()]
        assert held == [f"tin-{number}" for number in range(1, len(held) + 1)]
        assert check(generation) == []
        return len(held)


def record_amendment(folder: Path) -> tuple[Path, Path, list[Step]]:
    """Return the disk before a document is added to two, the disk during it, and its log."""
    before, during = folder / "before", folder / "during"
    before.mkdir()
    amend(Store(before / "data", keep=1), 2)
    shutil.copytree(before, during)
    disk = RecordingDisk()
    amend(Store(during / "data", disk=disk, keep=1), 3)
    return before, during, disk.log


def test_an_amendment_links_what_it_does_not_change(quick_path: Path) -> None:
    """The log below has the links of two parts that stay, and those of the new one out of the work folder."""
    _, during, log = record_amendment(quick_path)
    links = [
        step.old.relative_to(during / "data").parts[0] for step in log if step.kind == "link" and step.old
    ]
    assert links.count("generations") == 2 * links.count("work")
    assert links.count("work") > 15
    assert newest(during / "data") == 3


@pytest.mark.slow
def test_power_loss_while_parts_are_linked(quick_path: Path) -> None:
    """F2: after every crash the collection is the old or the new one, and can be added to.

    Also where the work folder, or names in it, are lost or hold what was not synced.
    """
    before, during, log = record_amendment(quick_path)
    states = amended = new = 0
    for crash in crashes(log, most=2):
        state = quick_path / f"state-{states}"
        shutil.copytree(before, state)
        replay(log, crash, during, state)
        answer = newest(state / "data")
        assert answer in ((3,) if crash.steps == len(log) else (2, 3)), crash
        if states % 8 == 0:
            amend(Store(state / "data", keep=1), 3)
            assert newest(state / "data") == 3
            amended += 1
        shutil.rmtree(state, ignore_errors=True)
        states, new = states + 1, new + (answer == 3)
    tell(
        "F2, an amendment", steps=len(log), states=states, answered_by_the_new=new, amended_afterwards=amended
    )
    assert states >= 300


@pytest.mark.slow
def test_every_sync_of_an_amendment_is_needed(quick_path: Path) -> None:
    """F2: each one, of files in the work folder and of the folders of linked parts too, is missed.

    But for the sums of a part in the work folder: they are compared with its files before it is used.
    """
    before, during, log = record_amendment(quick_path)
    syncs = [place for place, step in enumerate(log) if step.kind in ("sync", "sync-folder")]
    needed = [place for place in syncs if log[place].path.name != SUMS]
    assert len(needed) == len(syncs) - 1
    states = 0
    for place in needed:
        shorter = log[:place] + log[place + 1 :]
        tried = attempts(shorter, before, during, quick_path / f"without-{place}", newest, most=1)
        found = next((number for number, each in enumerate(tried, 1) if is_bad(each, shorter, 2)), None)
        assert found, log[place]
        states += found
    tell("F2, syncs of an amendment taken out", syncs=len(needed), missed=len(needed), states=states)
    folders = {log[place].path.parent.name for place in needed if log[place].kind == "sync-folder"}
    assert {"parts", "generations"} <= folders
