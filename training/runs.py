"""Runs the same training several times at once, a process each, and takes the mean of what they reach."""

import multiprocessing
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def mean_of_runs(run: Callable[[int], Floats], count: int) -> Floats:
    """Return the mean of `run(0)` to `run(count - 1)`, of the same shape.

    A copy of this process (`fork`) computes each, so that all start from what is in memory now and leave it
    as it is; as many at a time as there are cores.

    Raises:
        RuntimeError: A run failed; its own error is printed above.
    """
    fork, cores = multiprocessing.get_context("fork"), os.cpu_count() or 1
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{number}.npy" for number in range(count)]

        def save(number: int) -> None:
            np.save(files[number], run(number))

        for first in range(0, count, cores):
            together = range(first, min(first + cores, count))
            processes = [fork.Process(target=save, args=(number,)) for number in together]
            for process in processes:
                process.start()
            for process in processes:
                process.join()
            if any(process.exitcode for process in processes):
                raise RuntimeError("a run of the training failed")
        total = np.load(files[0], allow_pickle=False)
        for file in files[1:]:
            total += np.load(file, allow_pickle=False)
    mean: Floats = total / np.float32(count)
    return mean
