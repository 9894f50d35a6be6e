"""Being killed in the middle of a publication, and publishing while others read."""

import multiprocessing
import os
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.check import check
from index.errors import NoGeneration, StoreBusy
from index.store import Store
from index.store.layout import sequence
from tests.figures import resident, tell
from tests.index.published import number_of, prepare, put
from tests.index.store import killed

NUMBERS = 5


def start(target: Callable[..., None], *arguments: object) -> multiprocessing.process.BaseProcess:
    """Start a process of its own that has all imports done, and return it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.index.store.killed"])
    process = context.Process(target=target, args=arguments, daemon=True)
    process.start()
    return process


@pytest.mark.parametrize("kills", [5, pytest.param(300, marks=pytest.mark.slow)])
def test_a_kill_leaves_the_old_or_the_new(
    new_store: Callable[..., Store], quick_path: Path, kills: int
) -> None:
    """F1: after each kill a sound generation answers that is no older than the last acknowledged one.

    The next publication succeeds each time, and the work goes on: generations are reached, leftovers go.
    """
    store = new_store()
    prepared = [prepare(number) for number in range(NUMBERS)]
    random_ = random.Random(1)  # noqa: S311 - moments of the kills
    acknowledged = quick_path / "acknowledged"
    acknowledged.touch()
    old = published = 0
    for kill in range(kills):
        process = start(killed.publish_forever, store.data_dir, acknowledged, prepared)
        size = acknowledged.stat().st_size
        while kill % 2 and process.is_alive() and acknowledged.stat().st_size == size:
            time.sleep(0.005)  # every other time the child has published at least once
        time.sleep(random_.uniform(0, 0.3))
        process.kill()
        process.join()
        names = acknowledged.read_text().split()
        try:
            with store.current() as generation:
                assert number_of(generation) in range(NUMBERS)
                assert check(generation) == []
                assert not names or sequence(generation.name) >= sequence(names[-1])
                old += bool(names) and generation.name == names[-1]
        except NoGeneration:
            assert names == []
        with acknowledged.open("a") as file:
            file.write(f"{put(store, kill % NUMBERS)}\n")
        published += 1
        assert [path for path in store.data_dir.rglob(".trichdan-*")] == []
    reached = sequence(store.generations()[-1].name)
    assert reached >= max(kills, len(set(acknowledged.read_text().split())))
    tell(
        "F1", kills=kills, found_as_acknowledged=old, generations=reached, publications_after_a_kill=published
    )
    assert published == kills


def test_the_lock_goes_with_its_holder(new_store: Callable[..., Store], quick_path: Path) -> None:
    """F9: while a builder lives, others are refused; after kill -9 the next one builds."""
    store = new_store()
    ready = quick_path / "ready"
    process = start(killed.hold_the_lock, store.data_dir, ready)
    while not ready.exists():
        assert process.is_alive()
        time.sleep(0.01)
    with pytest.raises(StoreBusy, match="Another build"):
        put(store, 1)
    with pytest.raises(StoreBusy):
        store.rollback()
    process.kill()
    process.join()
    put(store, 1)


@pytest.mark.parametrize("publications", [8, pytest.param(50, marks=pytest.mark.slow)])
def test_publishing_under_load(new_store: Callable[..., Store], publications: int) -> None:
    """F8: sixteen threads ask while generations come and go; each answer is of one generation, none fails.

    Old generations go with their last reader, no file or thread is left behind, and memory stays where it was
    after the first publications.
    """
    store = new_store(keep=1)
    put(store, 0)
    store.current().close()
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208 - the list opens a file, both times
    ended = threading.Event()
    asked = [0] * 16

    def ask(thread: int) -> None:
        while not ended.is_set():
            with store.current() as generation:
                assert number_of(generation) == number_of(generation)
                asked[thread] += 1

    with ThreadPoolExecutor(16) as pool:
        asking = [pool.submit(ask, thread) for thread in range(16)]
        for number in range(1, publications + 1):
            put(store, number % 7)
            time.sleep(0.01)
            if number == publications // 5 + 1:
                settled = resident()[0]
        ended.set()
        for future in asking:
            future.result()
    assert min(asked) > 0
    assert sum(asked) >= publications
    put(store, 8)
    tell(
        "F8",
        publications=publications + 1,
        askers=len(asked),
        answers=sum(asked),
        least_of_an_asker=min(asked),
        KiB_more_in_the_end=resident()[0] - settled,
    )
    assert resident()[0] - settled < 16 * 1024
    assert len(store.generations()) == 1
    assert len(os.listdir("/proc/self/fd")) <= before  # noqa: PTH208 - as above
