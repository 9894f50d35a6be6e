"""How many threads the linear algebra below numpy takes; has to be said before numpy is loaded."""

import os
from typing import Final

_ASKED_FOR: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")


def one_thread_a_product() -> None:
    """Let OpenBLAS work in the thread that calls it, if the environment does not say otherwise.

    The products of one question are small. With a thread for each core most of them wait, in a loop that
    keeps the core from the question of somebody else. Encoders of torch have threads of their own.
    """
    if not any(name in os.environ for name in _ASKED_FOR):
        os.environ[_ASKED_FOR[0]] = "1"
