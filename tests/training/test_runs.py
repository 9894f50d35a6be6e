"""The mean of several runs."""

import numpy as np
import pytest

from training.runs import Floats, mean_of_runs

# Python 3.12 warns of locks that other threads hold; a run here takes none.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")


def test_each_run_starts_from_the_same() -> None:
    """What one run changes is seen neither by the others nor here."""
    table = np.array([1, 2], dtype=np.float32)

    def run(number: int) -> Floats:
        table[:] += number
        return table

    assert mean_of_runs(run, 5).tolist() == [3, 4]
    assert table.tolist() == [1, 2]


def test_a_run_that_fails(capfd: pytest.CaptureFixture[str]) -> None:
    """No mean of the others is given instead."""

    def run(number: int) -> Floats:
        if number == 2:
            raise ValueError("no batch")
        return np.zeros(2, dtype=np.float32)

    with pytest.raises(RuntimeError, match="a run of the training failed"):
        mean_of_runs(run, 3)
    assert "no batch" in capfd.readouterr().err
