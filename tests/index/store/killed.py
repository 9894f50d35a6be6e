"""Processes that publish, or hold the lock, until they are killed."""

import itertools
import os
import signal
from pathlib import Path

from index.store import Store
from tests.index.published import Prepared, put_prepared


def publish_forever(data_dir: Path, acknowledged: Path, prepared: list[Prepared]) -> None:
    """Publish generation after generation, and note the name of each that is done."""
    descriptor = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    store = Store(data_dir)
    for each in itertools.cycle(prepared):
        os.write(descriptor, f"{put_prepared(store, each)}\n".encode())


def hold_the_lock(data_dir: Path, ready: Path) -> None:
    """Hold the lock between builders until killed."""
    with Store(data_dir).building():
        ready.touch()
        signal.pause()
