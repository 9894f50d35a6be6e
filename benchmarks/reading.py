"""`python -m benchmarks.reading FOLDER`: how much of real files is read, compared with an independent reader.

Measured are the share of the independent reader's words that ours has too, the share of its runs of five
words that ours has in the same order, and the share of our words that it does not have. Running heads that we
report as left out are removed from both. A format is one entry of `FORMATS`; if its independent program is
not installed, it is skipped and named.
"""

import argparse
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

from index.records import Document
from index.remarks import RemarkKind
from index.sources import read

RUN = 5
"""Words in a run."""
POOR = 0.8
"""A file is listed if the share of its words is below this."""
_PATIENCE_S = 120
_EDGE = 4  # lines of a page at either end that may be running heads
_WORD = re.compile(r"[^\W_]+")
_HYPHEN = re.compile(r"[-\u00ad\u2010\u2011](?:\s*\n\s*)?")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file and its independent reader.

    Attributes:
        name: What to call it.
        suffixes: Of its files, in lower case.
        command: Program and arguments; `{}` stands for the path of the file. Its standard output is the text,
            with form feeds between pages if there are pages.
        orders: Options with which the program reads in other orders, each as good; ours is compared with the
            one it is most like.
    """

    name: str
    suffixes: tuple[str, ...]
    command: tuple[str, ...]
    orders: tuple[str, ...] = ()

    def texts_of(self, path: Path) -> list[str]:
        """Return what the independent reader reads, in each of its orders."""
        return [self.text_of(path), *(self.text_of(path, order) for order in self.orders)]

    def text_of(self, path: Path, *options: str) -> str:
        """Return what the independent reader reads; nothing if it fails."""
        program, *parts = (str(path) if part == "{}" else part for part in self.command)
        command = [program, *options, *parts]
        try:
            ended = subprocess.run(command, capture_output=True, timeout=_PATIENCE_S, check=False)
        except subprocess.TimeoutExpired:
            return ""
        return ended.stdout.decode("utf-8", "replace") if ended.returncode == 0 else ""


FORMATS = (
    Format("PDF", (".pdf",), ("pdftotext", "-enc", "UTF-8", "{}", "-"), ("-raw", "-layout")),
    Format("Word (DOCX)", (".docx",), ("pandoc", "-f", "docx", "-t", "plain", "--wrap=none", "{}")),
    Format("OpenDocument text", (".odt",), ("pandoc", "-f", "odt", "-t", "plain", "--wrap=none", "{}")),
    Format("EPUB", (".epub",), ("pandoc", "-f", "epub", "-t", "plain", "--wrap=none", "{}")),
    # pandoc loses the letter after each one that is in Unicode.
    Format("RTF", (".rtf",), ("soffice", "--headless", "--cat", "{}")),
)
"""Each makes one row of the result."""


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How a file was read.

    Attributes:
        path: The file.
        words: Share of the independent reader's words that ours has.
        runs: Share of its runs of five words.
        own: Share of our words that it does not have.
        size: How many words it has.
        reason: What was reported about the file when it was read.
    """

    path: Path
    words: float
    runs: float
    own: float
    size: int
    reason: str


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, without hyphens, so that divided ones are whole."""
    plain = unicodedata.normalize("NFKC", text)
    return _WORD.findall(_HYPHEN.sub("", plain).casefold())


def compare(theirs: str, ours: str) -> tuple[float, float, float]:
    """Return the shares of words, of runs of five words, and of words that are ours alone."""
    one, other = words_of(theirs), words_of(ours)
    return (
        _share(Counter(one), Counter(other)),
        _share(_runs(one), _runs(other)),
        1 - _share(Counter(other), Counter(one)),
    )


def _share(wanted: "Counter[object]", there: "Counter[object]") -> float:
    return sum((wanted & there).values()) / wanted.total() if wanted else 1.0


def _runs(words: Sequence[str]) -> "Counter[object]":
    return Counter(tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1))


def without_heads(text: str, heads: Iterable[str], count: int, ours: str) -> str:
    """Leave out lines at the edges of pages that were reported as running heads.

    Args:
        text: What the independent reader reads, with form feeds between pages.
        heads: The text of some of the heads; their numbers may differ.
        count: How many were reported, and the most lines that are left out: first those with the text of
            `heads`, then those that our reading does not have.
        ours: Our reading.
    """
    told = {_plain(head) for head in heads}
    lines = [page.split("\n") for page in text.split("\f")]
    edges = [(page, place) for page, each in enumerate(lines) for place in _edges(each)]
    gone = {at for at in edges if _plain(lines[at[0]][at[1]]) in told}
    said = f" {' '.join(words_of(ours))} "
    missing = (at for at in edges if at not in gone and _missing(lines[at[0]][at[1]], said))
    gone.update(islice(missing, max(0, count - len(gone))))
    kept = (
        (line for place, line in enumerate(each) if (page, place) not in gone)
        for page, each in enumerate(lines)
    )
    return "\f".join("\n".join(each) for each in kept)


def _edges(lines: Sequence[str]) -> Iterator[int]:
    filled = [place for place, line in enumerate(lines) if line.strip()]
    yield from sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _missing(line: str, said: str) -> bool:
    return f" {' '.join(words_of(line))} " not in said


def _plain(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split())).casefold()


def judge(path: Path, form: Format) -> Fidelity | None:
    """Compare both readings of a file; None if the independent reader finds no words."""
    problems: list[str] = []
    documents = _read(path, problems)
    remarks = [each for document in documents for each in document.remarks]
    heads = [each for each in remarks if each.kind is RemarkKind.HEADS]
    ours = "\n\n".join(document.text for document in documents)
    samples = [sample for each in heads for sample in each.samples]
    count = sum(each.count for each in heads)
    readings = [without_heads(text, samples, count, ours) for text in form.texts_of(path)]
    theirs = max(readings, key=lambda text: compare(text, ours)[1])
    size = len(words_of(theirs))
    if not size:
        return None
    said = [*problems, *(f"{each.count} {each.kind.value}" for each in remarks)]
    return Fidelity(path, *compare(theirs, ours), size, "; ".join(said))


def _read(path: Path, problems: list[str]) -> list[Document]:
    return list(read([path], lambda error: problems.append(str(error))))


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> int:
    """Judge all files below a folder; print a table and the list of the poor ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="a line for every file")
    options = parser.parse_args(arguments)
    write("| format | files | words | runs of five | words of ours alone | below .80 |\n")
    write("| --- | --: | --: | --: | --: | --: |\n")
    listed: list[str] = []
    for form in FORMATS:
        paths = sorted(p for p in options.folder.rglob("*") if p.suffix.lower() in form.suffixes)
        if paths and not shutil.which(form.command[0]):
            listed.append(f"{form.name}: {form.command[0]} is not installed; {len(paths)} files passed over.")
            continue
        judged = [found for path in paths if (found := judge(path, form))]
        if judged:
            poor = [each for each in judged if each.words < POOR]
            listed += [_line(each, options.folder) for each in (judged if options.all else poor)]
            figures = (median(getattr(each, name) for each in judged) for name in ("words", "runs", "own"))
            cells = [form.name, str(len(judged)), *(f"{figure:.3f}" for figure in figures), str(len(poor))]
            write(f"| {' | '.join(cells)} |\n")
    write("".join(f"{line}\n" for line in listed))
    return 0


def _line(each: Fidelity, folder: Path) -> str:
    name = each.path.relative_to(folder)
    figures = f"words {each.words:.3f}, runs {each.runs:.3f}, ours alone {each.own:.3f}, of {each.size}"
    return f"{name}: {figures}. {each.reason or 'Nothing was said.'}"


if __name__ == "__main__":
    sys.exit(main())
