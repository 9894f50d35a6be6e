"""Losing power in the middle of a publication: the old generation or the new one, never a mixture.

The log of one publication is replayed up to every step. What was not synced by then may be lost: the bytes of
a file in part or whole, and the names in a folder all together or any one of them.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.errors import NoGeneration
from index.store import Store
from tests.index.disks import RecordingFiles, Step
from tests.index.published import number_of, put

DAMAGES = ("intact", "gone", "zeroed", "halved", "emptied", "flipped")
NAMES_KEPT = -1
NAMES_LOST = -2


@dataclass(frozen=True)
class Crash:
    """What a power loss leaves.

    Attributes:
        steps: So many steps of the log were done.
        damage: What happened to the bytes of files that were not synced.
        lost: Which change of a name that was not synced is lost: a step, all or none.
    """

    steps: int
    damage: str
    lost: int


def folder_changed(step: Step) -> Path | None:
    """Return the folder in which a step changes a name."""
    return step.path.parent if step.kind in ("make", "write", "rename", "remove", "remove-folder") else None


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


def crashes(log: list[Step]) -> Iterator[Crash]:
    """Yield every state that a power loss can leave, as far as they are told apart here."""
    for steps in range(len(log) + 1):
        names = unsynced_names(log[:steps])
        for damage in DAMAGES if unsynced_bytes(log[:steps]) else DAMAGES[:1]:
            for lost in (NAMES_KEPT, NAMES_LOST, *names) if names else (NAMES_KEPT,):
                yield Crash(steps, damage, lost)


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
    for place, step in enumerate(done):
        path = new / step.path.relative_to(old)
        if place in lost or (folder_changed(step) and not path.parent.is_dir()):
            continue
        if step.kind == "make":
            path.mkdir(exist_ok=True)
        elif step.kind == "write":
            data = damaged(step.data, crash.damage) if place in torn else step.data
            if data is not None:
                path.write_bytes(data)
        elif step.kind == "rename" and step.new and path.exists():
            path.replace(new / step.new.relative_to(old))
        elif step.kind == "remove":
            path.unlink(missing_ok=True)
        elif step.kind == "remove-folder" and path.is_dir() and not any(path.iterdir()):
            path.rmdir()


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
    files = RecordingFiles()
    put(Store(during / "data", files=files, keep=1), 3)
    return before, during, files.log


@pytest.mark.slow
@pytest.mark.parametrize("first", [False, True])
def test_power_loss_leaves_the_old_or_the_new(quick_path: Path, first: bool) -> None:
    """F2: after every crash the old or the new generation answers; after the last step it is the new one.

    The next publication succeeds from each state, too.
    """
    before, during, log = record(quick_path, first=first)
    old = None if first else 2
    states = 0
    for crash in crashes(log):
        state = quick_path / f"state-{states}"
        shutil.copytree(before, state)
        replay(log, crash, during, state)
        answer = answers(state / "data")
        assert answer in ((3,) if crash.steps == len(log) else (old, 3)), crash
        put(Store(state / "data", keep=1), 4)
        assert answers(state / "data") == 4
        shutil.rmtree(state, ignore_errors=True)  # tantivy's thread may still write its lock
        states += 1
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
    for place in syncs:
        shorter = log[:place] + log[place + 1 :]
        tried = attempts(shorter, before, during, quick_path / f"without-{place}")
        assert any(is_bad(outcome, shorter, old) for outcome in tried), log[place]
    assert len(syncs) >= 20


def is_bad(outcome: tuple[Crash, object], log: list[Step], old: int | None) -> bool:
    """Tell whether neither the old nor the new generation answered, or an acknowledged one is lost."""
    crash, answer = outcome
    return answer not in ((3,) if crash.steps == len(log) else (old, 3))


def attempts(log: list[Step], before: Path, during: Path, folder: Path) -> Iterator[tuple[Crash, object]]:
    """Yield what answers after each crash, the last first: an answer, or the error."""
    for number, crash in enumerate(reversed(list(crashes(log)))):
        state = folder / f"{number}"
        shutil.copytree(before, state)
        replay(log, crash, during, state)
        try:
            answer: object = answers(state / "data")
        except Exception as error:  # whatever it is, it is no answer
            answer = error
        shutil.rmtree(state, ignore_errors=True)
        yield crash, answer
