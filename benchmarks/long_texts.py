"""`python -m benchmarks.long_texts`: what a text without sentence ends takes, by kind and length.

Base64, prose on one line, markup and a minified script of one, four and sixteen million characters are
divided into sentences, and built into an index beside a short article, including the reading process. Each
runs in its own process. Every further million characters should take what the first did.
"""

import argparse
import base64
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.child import Took, alone
from benchmarks.tables import Table
from index.text.segment import segment

SIZES = (1_000_000, 4_000_000, 16_000_000)
ARTICLE = "Quốc hội thông qua luật đất đai ngày 18/1/2024. Luật có hiệu lực từ ngày 1/1/2025.\n"
_SYLLABLES = ("Quốc", "hội", "thông", "qua", "luật", "đất", "đai", "và", "nghị", "quyết", "chính", "phủ")


def _base64(draw: random.Random) -> str:
    return base64.b64encode(draw.randbytes(60)).decode()


def _words(draw: random.Random) -> str:
    return f"{draw.choice(_SYLLABLES)} "


def _markup(draw: random.Random) -> str:
    name, word = draw.choice(_SYLLABLES), draw.choice(_SYLLABLES)
    return f'<div class="{name}" id="a{draw.randrange(9999)}"><span style="b:c">{word}</span></div>'


def _script(draw: random.Random) -> str:
    one, other = draw.randrange(99), draw.randrange(999)
    return f"function a{one}(b,c){{return b+c*{other};}}var d=[1,2,3];if(a{one}(1,2)>3){{d.push(4)}}"


KINDS: Mapping[str, Callable[[random.Random], str]] = {
    "base64": _base64,
    "one line": _words,
    "markup": _markup,
    "minified script": _script,
}


def written(kind: str, size: int) -> str:
    """Return a text of this kind and length, the same every time."""
    draw, made, length = random.Random(5), [], 0  # noqa: S311 - a text
    while length < size:
        made.append(KINDS[kind](draw))
        length += len(made[-1])
    return "".join(made)[:size]


def divide(text: str) -> int:
    """Return how many sentences a text has."""
    return len(segment(text))


def build(folder: Path, data_dir: Path) -> str:
    """Build a folder as `trichdan index build` does; return what it says."""
    command = [sys.executable, "-c", "from bot.cli import main; main()", "index", "build"]
    command += ["--data-dir", str(data_dir), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


def measured(kind: str, size: int) -> Iterator[tuple[str, Took[int] | Took[str]]]:
    """Yield what it takes to divide such a text, and to build it."""
    text = written(kind, size)
    yield "divide", alone(divide, text)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "texts"
        folder.mkdir()
        (folder / "long.txt").write_text(text, "utf-8")
        (folder / "short.txt").write_text(ARTICLE, "utf-8")
        yield "build", alone(build, folder, Path(name) / "data")


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.long_texts", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="characters")
    parser.add_argument("--kinds", choices=KINDS, nargs="+", default=list(KINDS))
    parser.add_argument("--markdown", action="store_true")
    arguments = parser.parse_args()
    rows = []
    for kind in arguments.kinds:
        for size in arguments.sizes:
            for step, took in measured(kind, size):
                rows.append([f"{kind}, {step}", f"{size:,}", f"{took.cpu:.1f}", f"{took.own}"])
                print("  ".join(rows[-1]), file=sys.stderr, flush=True)
    table = Table(
        "Texts without an end",
        "Processor time, and memory of all processes together.",
        ["text", "characters", "s", "MiB"],
        rows,
    )
    print(table.markdown() if arguments.markdown else table.text())


if __name__ == "__main__":
    main()
