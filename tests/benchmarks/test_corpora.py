"""The check of the folder of corpora: what is there, what is missing, what is laid out otherwise."""

import json
import lzma
import re
from pathlib import Path

import pytest

from benchmarks.corpora import CORPORA, Corpus, main

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "corpora.md").read_text("utf-8")


def write(folder: Path, corpus: Corpus, text: str | None = None) -> None:
    """Write a corpus of one line."""
    if corpus.columns == ():
        line = json.dumps({"data": []})
    elif isinstance(corpus.columns, int):
        line = "\t".join("x" * corpus.columns)
    else:
        line = json.dumps(dict.fromkeys(corpus.columns, "x"))
    path = folder / corpus.name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(lzma.compress((line if text is None else text).encode()))


def said(folder: Path) -> tuple[int, list[str]]:
    """Check a folder; return the status and the lines that are not ok."""
    lines: list[str] = []
    status = main(["--corpora", str(folder)], lines.append)
    return status, [line for line in lines[:-1] if not line.endswith(": ok\n")]


def test_an_empty_folder_lacks_everything(tmp_path: Path) -> None:
    """Each corpus is named, with what cannot be made without it."""
    status, lines = said(tmp_path)
    assert (status, len(lines)) == (1, len(CORPORA))
    assert "news.vi.jsonl.xz: missing; wanted by news, scale, amend, training\n" in lines


def test_a_whole_folder(tmp_path: Path) -> None:
    """Nothing is said of what is as it should be."""
    for corpus in CORPORA:
        write(tmp_path, corpus)
    assert said(tmp_path) == (0, [])


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("pairs.en-vi.tsv.xz", "a\tb", "2 columns instead of 3"),
        ("news.vi.jsonl.xz", '{"id": 1, "title": "x"}', "its rows lack lede, body"),
        ("news.vi.jsonl.xz", "{", "cannot be read"),
        ("bench/xquad-r.vi.json.xz", "{}", "no JSON of SQuAD"),
    ],
)
def test_another_layout_is_told(tmp_path: Path, name: str, text: str, told: str) -> None:
    """By its first line."""
    for corpus in CORPORA:
        write(tmp_path, corpus, text if corpus.name == name else None)
    status, (line,) = said(tmp_path)
    assert (status, line.startswith(f"{name}: {told}")) == (1, True)


def test_every_corpus_is_documented() -> None:
    """Its file and its columns are in docs/corpora.md."""
    for corpus in CORPORA:
        name = re.sub(r"xquad-r\.\w+", "xquad-r.LANG", corpus.name)
        (row,) = [line for line in DOCUMENTED.splitlines() if line.startswith(f"| `{name}`")]
        if isinstance(corpus.columns, tuple):
            assert all(f"`{column}`" in row for column in corpus.columns)
