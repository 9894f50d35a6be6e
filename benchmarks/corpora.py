"""`python -m benchmarks.corpora --corpora DIR`: check which corpora a folder has, and name what is missing.

`docs/corpora.md` says where each comes from and how its file is laid out. The questions about the sample need
nothing else: they are in `seeds/`.
"""

import argparse
import json
import lzma
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LANGUAGES: Final = ("vi", "en", "de", "es", "ru", "zh", "ar", "el", "hi", "th", "tr")


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file of the folder.

    Attributes:
        name: Its path below the folder.
        columns: What a line has: a number of columns, or keys of a JSON object; empty for a single JSON.
        wanted_by: What needs it.
    """

    name: str
    columns: tuple[str, ...] | int
    wanted_by: str


CORPORA: Final = (
    *(Corpus(f"bench/xquad-r.{language}.json.xz", (), "quality, reader") for language in _LANGUAGES),
    Corpus(
        "qa.viquad.jsonl.xz",
        ("title", "context", "question", "ans_start", "text"),
        "quality, reader, training",
    ),
    Corpus("news.vi.jsonl.xz", ("id", "title", "lede", "body"), "news, scale, amend, training"),
    Corpus("wikipedia.vi.jsonl.xz", ("title", "text"), "scale, training"),
    Corpus("pairs.en-vi.tsv.xz", 3, "training"),
    Corpus("pairs.en-xx.tsv.xz", 4, "training"),
    Corpus("pairs.ja-vi.tsv.xz", 2, "training"),
    Corpus("dictionary.en-xx.tsv.xz", 3, "training"),
    Corpus("qa.web.vi.jsonl.xz", ("question", "context", "answerable", "answers"), "training"),
    Corpus("qa.jaquad.jsonl.xz", ("question", "context", "answer_start", "answer"), "training"),
    Corpus("qa.wikiqa.en.tsv.xz", 3, "training"),
)


def fault(folder: Path, corpus: Corpus) -> str | None:
    """Return what is wrong with a corpus in a folder; None if its first line is as it should be."""
    path = folder / corpus.name
    if not path.is_file():
        return "missing"
    try:
        with lzma.open(path, "rt", encoding="utf-8") as file:
            if corpus.columns == ():
                return None if "data" in json.load(file) else "no JSON of SQuAD"
            line = file.readline().rstrip("\n")
            if isinstance(corpus.columns, int):
                there = line.count("\t") + 1
                return None if there == corpus.columns else f"{there} columns instead of {corpus.columns}"
            lacking = [name for name in corpus.columns if name not in json.loads(line)]
            return f"its rows lack {', '.join(lacking)}" if lacking else None
    except (OSError, EOFError, ValueError, lzma.LZMAError) as error:
        return f"cannot be read ({error})"


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> int:
    """Print what there is and what is missing; return 1 if anything is."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpora", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder of the corpora")
    folder = parser.parse_args(arguments).corpora
    faults = {corpus: found for corpus in CORPORA if (found := fault(folder, corpus))}
    for corpus in CORPORA:
        said = f"{faults[corpus]}; wanted by {corpus.wanted_by}" if corpus in faults else "ok"
        write(f"{corpus.name}: {said}\n")
    there = len(CORPORA) - len(faults)
    write(f"{there} of {len(CORPORA)} are there; docs/corpora.md says where each comes from.\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
