"""Progress of reading: in bytes, never backwards, never beyond the end, and honest in between."""

import io
import json
import zipfile
from pathlib import Path

from index.errors import SourceError
from index.indexer import Indexer
from index.progress import Share
from index.sources import Limits, Options, read_from


class Bar:
    """Keeps what a person would see."""

    def __init__(self) -> None:
        self.stages: list[str] = []
        self.total: int | None = None
        self.done = 0
        self.problems: list[str] = []

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage."""
        self.stages.append(name)
        self.total, self.done = total, 0

    def advance(self, steps: int) -> None:
        """Go on, and never back."""
        assert steps > 0
        self.done += steps
        assert self.total is None or self.done <= self.total

    def problem(self, error: SourceError) -> None:
        """Keep what was left out."""
        self.problems.append(str(error))


def rows(*texts: str) -> bytes:
    """Return a file of rows."""
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


def test_files_of_all_kinds_reach_the_end(tmp_path: Path) -> None:
    """Read whole or by lines, packed, empty, refused or with a line too long: each counts as its size."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "Một câu.")
        archive.writestr("b.jsonl", rows("Hai câu.", "Ba câu."))
    files = {
        "a.txt": "Câu đầu.".encode(),
        "b.jsonl": rows("Một.", "x" * 3_000, "Hai."),
        "c.zip": packed.getvalue(),
        "d.csv": "text\nCâu.\nCâu nữa.\n".encode(),
        "e.txt": b"\0\1\2",
        "f.txt": b"",
        "g.html": b"<p>" + "Câu của một trang. ".encode() * 9,
        "h.zip": b"PK\3\4 no archive",
        "i.jsonl": rows("Câu.").decode().encode("utf-16"),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    bar = Bar()
    documents = list(read_from([tmp_path], bar, options=Options(Limits(document=2_000))))
    assert len(documents) >= 8
    assert len(bar.problems) >= 3
    assert bar.stages == ["reading"]
    assert (bar.total, bar.done) == (sum(map(len, files.values())),) * 2


def test_rows_are_told_as_they_are_read(tmp_path: Path) -> None:
    """In the middle of one large file the bar is in the middle."""
    path = tmp_path / "rows.jsonl"
    path.write_bytes(rows(*(f"Câu số {number:04}." for number in range(1_000))))
    bar = Bar()
    for number, _ in enumerate(read_from([path], bar), 1):
        assert bar.total == path.stat().st_size
        assert bar.done == bar.total * number // 1_000
    assert bar.done == bar.total


def test_a_file_that_changes_meanwhile(tmp_path: Path) -> None:
    """One that has grown, and one that is gone: the bar keeps to what it promised."""
    for name in ("a.jsonl", "b.jsonl", "c.txt"):
        (tmp_path / name).write_bytes(rows("Một.", "Hai.") if name != "c.txt" else b"C.")
    bar = Bar()
    found = read_from([tmp_path], bar)
    next(found)
    (tmp_path / "b.jsonl").write_bytes(rows(*["Câu."] * 100))
    (tmp_path / "c.txt").unlink()
    assert len(list(found)) == 1 + 100
    assert len(bar.problems) == 1
    assert bar.done == bar.total


def test_what_is_not_read_is_no_reading(tmp_path: Path, indexer: Indexer) -> None:
    """Removing reads nothing, so there is no bar for it."""
    (tmp_path / "a.txt").write_text("Một câu.", "utf-8")
    (tmp_path / "b.txt").write_text("Hai câu.", "utf-8")
    bar = Bar()
    following = Indexer(indexer.store, indexer.encoder, indexer.tokens, bar)
    following.build_paths([tmp_path])
    assert bar.stages == ["reading", "indexing", "publishing"]
    following.remove(["a.txt"])
    assert bar.stages[3:] == ["indexing", "publishing"]


def test_a_share_is_told_once() -> None:
    """Work that turns out to be more, less or nothing makes no step more or less."""
    for work, done in ((10, [3, 3, 4]), (10, [30, 5]), (10, []), (0, []), (0, [5]), (3, [1, 1])):
        told: list[int] = []
        with Share(told.append, 7, work) as share:
            for each in done:
                share.advance(each)
        assert sum(told) == 7
        assert min(told) > 0
