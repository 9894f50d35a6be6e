"""`python -m benchmarks.startup`: a cold question compared with an import, in whole processes; and a build.

The two are run in turn, so that a slow moment of the machine slows both; the median ratio counts.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

QUESTION = "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?"
ASK = "import sys; from bot.cli import run; run(sys.argv[1:])"


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - started


def main() -> None:
    """Run both commands in turn; print the medians and the ratio."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"TRICHDAN_DATA_DIR": str(Path(folder) / "data")}
        ask = [sys.executable, "-c", ASK, "ask", QUESTION]
        library = [sys.executable, "-c", "import sentence_transformers"]
        _seconds(library, environment)  # warms the file cache
        built = _seconds(ask, environment)  # builds the index of the sample collection
        pairs = [(_seconds(ask, environment), _seconds(library, environment)) for _ in range(runs)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"first question, with building the index of the sample collection: {built:.2f} s")
    print(f"trichdan ask: {ours:.2f} s; import sentence_transformers: {theirs:.2f} s; ratio {ratio:.3f}")


if __name__ == "__main__":
    main()
