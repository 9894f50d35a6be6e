"""The measure of readings, against figures counted by hand."""

import shutil
import zipfile
from pathlib import Path

import pytest

from benchmarks.reading import compare, main, without_heads


def test_shares() -> None:
    """Words and runs are counted as often as they occur; a divided word is one."""
    assert compare("một hai ba bốn năm sáu", "một hai ba bốn năm sáu") == (1.0, 1.0, 0.0)
    assert compare("a b c d e f", "f e d c b a") == (1.0, 0.0, 0.0)
    assert compare("a a b b", "a b c c") == (0.5, 1.0, 0.5)
    assert compare("infor-\nmation is well-known", "Information is well-\nknown") == (1.0, 1.0, 0.0)


def test_heads_that_are_told_count_for_neither() -> None:
    """Only at the edges of pages, whatever their numbers are."""
    pages = "Trang 1\nmột\nhai\nba\nbốn\nnăm\nTrang 9\nsáu\nbảy\ntám\nchín\nmười\fTrang 2\nhết"
    kept = "một\nhai\nba\nbốn\nnăm\nTrang 9\nsáu\nbảy\ntám\nchín\nmười\fhết"
    assert without_heads(pages, ["Trang 1"], 2, kept) == kept


def test_heads_of_which_only_some_are_told() -> None:
    """No more lines may be missing from our reading than were counted."""
    pages = "A\nmột\fB\nhai\fC\nba"
    assert without_heads(pages, ["A"], 3, "một hai ba") == "một\fhai\fba"
    assert without_heads(pages, ["A"], 2, "một hai ba") == "một\fhai\fC\nba"
    assert without_heads(pages, [], 0, "một") == pages


@pytest.mark.skipif(not shutil.which("pandoc"), reason="needs pandoc")
def test_a_folder(tmp_path: Path) -> None:
    """A row a format, and a line for each file of which words are missing, with what was said of it."""
    with zipfile.ZipFile(tmp_path / "broken.docx", "w") as packed:
        packed.writestr("[Content_Types].xml", "")
    written: list[str] = []
    assert main([str(tmp_path)], written.append) == 0
    assert written[0].startswith("| format |")
