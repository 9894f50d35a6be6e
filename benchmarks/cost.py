"""`python -m benchmarks.cost COLLECTION`: time and memory of a question, in a separate process.

The process opens the index, asks each question once to warm up and once to measure, and prints JSON. Another
process builds the index first, since building takes different memory than answering.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.tasks import seeds, xquad_r
from bot.system.process import one_thread_a_product
from index.encoders import StaticModel, open_encoder
from index.encoders.static import BUNDLED
from index.store import Store
from retrieval.answer import Answerer
from retrieval.ranking import Ranker
from training.situations import Situation, built

SEEDS = Path(__file__).parent.parent / "seeds"
COLLECTIONS = ("seeds", "XQuAD-R")
MOST = 400


def collection(name: str, corpora: Path) -> Situation:
    """Return one of `COLLECTIONS`: five documents, or 1,209 sentences of Wikipedia."""
    return seeds(SEEDS / "questions.jsonl") if name == "seeds" else xquad_r(corpora, "vi", "vi")


def measure(name: str, corpora: Path, encoder: str | None = None) -> dict[str, object]:
    """Measure what a question about a collection costs, in new processes."""
    one_thread_a_product()  # as `trichdan` does, for the processes
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.cost", name, "--corpora", str(corpora), "--data", folder]
        command += ["--encoder", encoder] if encoder else []
        subprocess.run([*command, "--build"], check=True, stdout=subprocess.DEVNULL)
        ended = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    found: dict[str, object] = json.loads(ended.stdout)
    return found


def model_megabytes() -> float:
    """Return the size of the bundled encoder's folder."""
    return sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file()) / 1e6


def _asked(situation: Situation, data: Path, encoder_name: str | None) -> dict[str, object]:
    static = StaticModel.open()
    encoder = open_encoder(encoder_name, static)
    with Store(data).current(encoder.identity, static.revision) as generation:
        answerer = Answerer(generation, encoder, static, Ranker.bundled())
        questions = [asked.question for asked in situation.asked][:MOST]
        wall, process = [], []
        for warm in (True, False):
            for question in questions:
                started, used = time.perf_counter(), time.process_time()
                answerer.answer(question)
                if not warm:
                    wall.append((time.perf_counter() - started) * 1000)
                    process.append((time.process_time() - used) * 1000)
        return {
            "sentences": generation.sentences,
            "questions": len(questions),
            "median ms": float(np.median(wall)),
            "p95 ms": float(np.percentile(wall, 95)),
            "median CPU ms": float(np.median(process)),
            "memory MB": _resident(),
        }


def _resident() -> float:
    """Return the largest resident memory of this process so far in MB, mapped pages of the index too."""
    import resource

    largest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return largest / 1e6 if sys.platform == "darwin" else largest * 1024 / 1e6


def main() -> None:
    """Build or measure, and print JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cost", description=__doc__)
    parser.add_argument("collection", choices=COLLECTIONS)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="where the index is, or is built")
    parser.add_argument("--encoder")
    parser.add_argument("--build", action="store_true")
    options = parser.parse_args()
    situation = collection(options.collection, options.corpora)
    if options.build:
        static = StaticModel.open()
        built(situation, Store(options.data), open_encoder(options.encoder, static), static)
    else:
        os.sync()  # what was just built is written before anything is measured
        print(json.dumps(_asked(situation, options.data, options.encoder)))


if __name__ == "__main__":
    main()
