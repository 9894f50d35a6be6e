"""Linear algebra takes one thread, unless the environment asks for more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.system.process import one_thread_a_product

TASKS = Path("/proc/self/task")
VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
MULTIPLY = """
import os, sys
import bot.cli
assert "numpy" not in sys.modules
bot.cli.run = lambda arguments: 0
try:
    bot.cli.main()
except SystemExit:
    pass
import numpy as np
square = np.ones((600, 600), dtype=np.float32)
assert (square @ square == 600).all()
print(len(os.listdir("/proc/self/task")))
"""


def threads(asked: dict[str, str]) -> int:
    """Return how many threads the program has after a large product."""
    keep = {k: v for k, v in os.environ.items() if k not in VARIABLES}
    command = [sys.executable, "-c", MULTIPLY]
    ended = subprocess.run(command, env=keep | asked, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    return int(ended.stdout)


@pytest.mark.skipif(not TASKS.exists(), reason="counts threads as Linux does")
@pytest.mark.parametrize(
    ("asked", "wanted"), [({}, 1), ({"OPENBLAS_NUM_THREADS": "2"}, 2), ({"OMP_NUM_THREADS": "2"}, 2)]
)
def test_a_product_takes_the_threads_asked_for(asked: dict[str, str], wanted: int) -> None:
    """One, or as many as the operator asks for if there are enough cores."""
    assert threads(asked) == min(wanted, len(os.sched_getaffinity(0)))


@pytest.mark.parametrize("name", VARIABLES)
def test_what_is_asked_for_stays(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither variable is changed, and none is added to it."""
    for other in VARIABLES:
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "3")
    one_thread_a_product()
    assert {key: os.environ[key] for key in VARIABLES if key in os.environ} == {name: "3"}
