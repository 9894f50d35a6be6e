"""`python -m benchmarks.quality --corpora DIR`: every figure that docs/quality.md states, side by side."""

import argparse
import json
from dataclasses import asdict, is_dataclass
from pathlib import Path

from benchmarks import judged
from benchmarks.suite import TASKS, Bench, bundled, other
from index.encoders import StaticModel


def main() -> None:
    """Measure; print tables, write JSON, and draw a picture on request."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=Path("benchmarks/results/quality.json"))
    parser.add_argument("--only", choices=TASKS, action="append", help="measure this part; may be repeated")
    parser.add_argument(
        "--encoder",
        action="append",
        default=[],
        metavar="NAME[=RANKER]",
        help="also measure a sentence-transformers model, by hub name or folder, and with the ranker in a "
        "file; may be repeated",
    )
    parser.add_argument("--markdown", action="store_true", help="print docs/quality.md's tables")
    parser.add_argument(
        "--plot", type=Path, metavar="FILE", help="draw the reliability diagrams: .svg or .png"
    )
    options = parser.parse_args()
    static = StaticModel.open()
    bench = Bench(
        options.corpora, static, [bundled(static), *(other(static, name) for name in options.encoder)]
    )
    for name, measure in TASKS.items():
        if not options.only or name in options.only:
            measure(bench)
            _write(bench, options.output)  # what has been measured is kept, whatever happens next
    bench.say("done")
    tables = bench.tables()
    if not options.markdown:
        tables += [
            judged.reliability_table(row)
            for row in bench.rows.get("calibration", [])
            if row["language"] == "all"
        ]
    print("\n\n".join(t.markdown() if options.markdown else t.text() for t in tables))
    if options.plot:
        from benchmarks.plot import draw

        draw(bench.rows.get("calibration", []), options.plot)


def _write(bench: Bench, output: Path) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    written = json.dumps(bench.rows, indent=1, ensure_ascii=False, default=_plain)
    output.write_text(f"{written}\n", "utf-8")


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(type(value).__name__)


if __name__ == "__main__":
    main()
