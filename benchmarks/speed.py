"""`python -m benchmarks.speed --corpora DIR`: other systems side by side, speed and quality in one table.

One run on one machine: the same sentences of news and Wikipedia, the same questions written by people about
some of them, ten answers each. Every system builds in one process and is asked in another, timed from the
start of the process to its first answer, then answer by answer. If one runs out of time, the table says how
far it came. The others come with `pip install 'trichdan[speed]'`; any that is not installed is left out.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks import peers
from benchmarks.measures import recall_at
from benchmarks.speed_case import Case, make_case
from benchmarks.speed_systems import Encoder, Pipeline
from benchmarks.tables import Table, share

BUNDLED, E5 = "bundled", "e5"
_ENCODED: dict[str, tuple[Callable[[peers.Encoding], peers.Peer], str]] = {
    "SentenceTransformer + FlatIP": (peers.FlatVectors, "sentence_transformers"),
    "LanceDB": (peers.LanceDb, "lancedb"),
    "milvus-lite": (peers.MilvusLite, "milvus_lite"),
    "txtai": (peers.Txtai, "txtai"),
    "Haystack": (peers.Haystack, "haystack"),
}
_PLAIN: dict[str, tuple[Callable[[], peers.Peer], str]] = {
    "Trích Dẫn": (Pipeline, "index"),
    "Trích Dẫn with its reader": (lambda: Pipeline(reads=True), "onnxruntime"),
    "bm25s": (peers.Bm25s, "bm25s"),
    "rank_bm25": (peers.RankBm25, "rank_bm25"),
    "tantivy": (peers.Tantivy, "tantivy"),
    "SQLite FTS5": (peers.Fts5, "sqlite3"),
}
NAMES = (*_PLAIN, *(f"{name}, {encoder}" for encoder in (BUNDLED, E5) for name in _ENCODED))


@dataclass(frozen=True, slots=True)
class Figures:
    """How a system did.

    Attributes:
        system: Its name.
        sentences: How many it searched.
        build_s: Seconds to build.
        disk_mb: What it keeps on disk.
        memory_mb: Peak memory of the process that is asked, including the files it maps.
        cold_s: Seconds from the start of a process to its first answer.
        median_ms: Milliseconds of the answers after it.
        p95_ms: The same, exceeded by one in twenty.
        recall_1: Share of questions whose sentence comes first.
        recall_10: The same for the first ten.
        stopped: Where it was stopped, or what went wrong; empty if it finished.
    """

    system: str
    sentences: int
    build_s: float | None = None
    disk_mb: float | None = None
    memory_mb: float | None = None
    cold_s: float | None = None
    median_ms: float | None = None
    p95_ms: float | None = None
    recall_1: float | None = None
    recall_10: float | None = None
    stopped: str = ""


def system(name: str, e5: Path | None, progress: Path) -> peers.Peer:
    """Return the system with this name."""
    if name in _PLAIN:
        return _PLAIN[name][0]()
    kind, _, encoder = name.rpartition(", ")
    return _ENCODED[kind][0](Encoder.bundled(progress) if encoder == BUNDLED else Encoder.e5(e5, progress))


def is_there(name: str, e5: Path | None) -> bool:
    """Tell whether a system can be tried."""
    kind, _, encoder = name.rpartition(", ")
    module = _PLAIN[name][1] if name in _PLAIN else _ENCODED[kind][1]
    return find_spec(module) is not None and (encoder != E5 or e5 is not None)


def compare(name: str, case: Path, count: int, work: Path, e5: Path | None, limit: float) -> Figures:
    """Build and ask one system, each step in its own process with a time limit."""
    folder = work / "".join(c if c.isalnum() else "-" for c in name)
    folder.mkdir(exist_ok=True)
    command = _command(name, case, folder, e5)
    started = time.perf_counter()
    if error := _run([*command, "--step", "build"], limit):
        progress = folder / "progress"
        far = f", {int(progress.read_text()):,} sentences encoded" if progress.exists() else ""
        return Figures(name, count, stopped=f"build: {error}{far}")
    built = time.perf_counter() - started
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
    if error := _run([*command, "--step", "ask"], limit):
        return Figures(name, count, build_s=built, disk_mb=disk, stopped=f"asked: {error}")
    told = json.loads((folder / "told.json").read_text("utf-8"))
    return Figures(name, count, built, disk, **told)


def _command(name: str, case: Path, folder: Path, e5: Path | None) -> list[str]:
    command = [sys.executable, "-m", "benchmarks.speed", "--one", name, "--case", str(case)]
    return [*command, "--folder", str(folder), *(["--e5", str(e5)] if e5 else [])]


def _run(command: Sequence[str], limit: float) -> str:
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "SPEED_STARTED": repr(time.time())}
    environment["ALLOW_RESOLVE_TRANSFORM"] = "True"  # txtai, for the function that encodes, which is ours
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, timeout=limit, env=environment, text=True
        )
    except subprocess.TimeoutExpired:
        return f"not finished after {limit:.0f} s"
    return "" if done.returncode == 0 else done.stderr.strip().splitlines()[-1][:200]


def one(name: str, case_file: Path, folder: Path, step: str, e5: Path | None) -> None:
    """Run one step of a system in this process."""
    case = Case.read(case_file)
    peer = system(name, e5, folder / "progress")
    texts = [sentence.text for sentence in case.sentences]
    if isinstance(peer, Pipeline):
        peer.case = case
    if step == "build":
        peer.build(texts, folder)
        return
    search = peer.open(texts, folder)
    ranks, times = [], []
    cold = 0.0
    for number, asked in enumerate(case.questions):
        started = time.perf_counter()
        rows = search(asked.question)
        times.append(1000 * (time.perf_counter() - started))
        if not number:
            cold = time.time() - float(os.environ["SPEED_STARTED"])
        right = {texts[row] for row in asked.right}  # a copy is as right
        ranks.append(next((place for place, row in enumerate(rows, start=1) if texts[row] in right), None))
    told = {
        "memory_mb": _memory_mb(),
        "cold_s": cold,
        "median_ms": statistics.median(times[1:]),
        "p95_ms": statistics.quantiles(times[1:], n=20)[-1],
        "recall_1": recall_at(ranks, 1),
        "recall_10": recall_at(ranks, peers.DEPTH),
    }
    (folder / "told.json").write_text(json.dumps(told), "utf-8")


def _memory_mb() -> float:
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def table(found: Sequence[Figures]) -> Table:
    """Return the figures side by side."""
    head = (
        "system",
        "build s",
        "disk MB",
        "memory MB",
        "cold s",
        "median ms",
        "p95 ms",
        "recall@1",
        "recall@10",
    )
    rows = []
    for each in found:
        cells = [each.build_s, each.disk_mb, each.memory_mb, each.cold_s, each.median_ms, each.p95_ms]
        shown = ["" if value is None else f"{value:,.1f}" for value in cells]
        rows.append(
            [
                f"{each.system} ({each.stopped})" if each.stopped else each.system,
                *shown,
                share(each.recall_1),
                share(each.recall_10),
            ]
        )
    counts = ", ".join(f"{count:,}" for count in dict.fromkeys(each.sentences for each in found))
    return Table(
        f"Side by side, {counts} sentences", "One machine, one run, one question at a time.", head, rows
    )


def main() -> None:
    """Make the case of each size, try every system, and print and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--corpora", type=Path, help="Folder of news, Wikipedia and ViQuAD.")
    parser.add_argument("--sentences", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument(
        "--questions", type=int, default=200, help="How many of ViQuAD, and as many written ones."
    )
    parser.add_argument("--systems", nargs="+", choices=NAMES, default=list(NAMES), metavar="NAME")
    parser.add_argument("--e5", type=Path, help="Folder of multilingual-e5-small.")
    parser.add_argument("--limit", type=float, default=1_800, help="Seconds of a step.")
    parser.add_argument("--json", type=Path, help="File to write the figures to.")
    for hidden in ("--one", "--step"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    for hidden in ("--case", "--folder"):
        parser.add_argument(hidden, type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        one(options.one, options.case, options.folder, options.step, options.e5)
        return
    if options.corpora is None:
        parser.error("--corpora is missing")
    for count in options.sentences:
        found: list[Figures] = []
        with tempfile.TemporaryDirectory() as folder:
            case = make_case(options.corpora, count, options.questions)
            case.write(Path(folder) / "case.json")
            for name in filter(lambda name: is_there(name, options.e5), options.systems):
                size = len(case.sentences)
                found.append(
                    compare(name, Path(folder) / "case.json", size, Path(folder), options.e5, options.limit)
                )
                print(json.dumps(asdict(found[-1]), ensure_ascii=False), flush=True)
        print(table(found).text(), flush=True)
        if options.json:
            with options.json.open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in found)


if __name__ == "__main__":
    main()
