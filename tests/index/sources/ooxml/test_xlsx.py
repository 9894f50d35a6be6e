"""Workbooks as they are shown."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.records import Document
from index.remarks import RemarkKind
from index.sources import read
from tests.index.sources.written.zipped import packed, workbook

Cell = str | float | None
SHEET = "xl/worksheets/sheet1.xml"


def _read(folder: Path, rows: Sequence[Sequence[Cell]], hidden_rows: Sequence[int], columns: str) -> Document:
    """Read a sheet of which some rows are hidden, and columns described as in its XML."""
    with zipfile.ZipFile(io.BytesIO(workbook({"Giá": rows}))) as written:
        parts = {name: written.read(name).decode() for name in written.namelist()}
    for row in hidden_rows:
        parts[SHEET] = parts[SHEET].replace(
            f'<row r="{row}">', f'<row r="{row}" hidden="1" customHeight="0">'
        )
    parts[SHEET] = parts[SHEET].replace("<sheetData>", f"<cols>{columns}</cols><sheetData>")
    (folder / "a.xlsx").write_bytes(packed(parts))
    (document,) = read([folder], lambda problem: pytest.fail(str(problem)))
    return document


def test_hidden_rows_and_columns_are_left_out_and_counted(tmp_path: Path) -> None:
    """Whoever opens the sheet does not see them; columns keep their names."""
    rows: list[list[Cell]] = [
        ["Món", "Vốn", "Giá", "Kho", "Nhà cung cấp"],
        ["Phở", 21, 50, 7, "Anh Ba"],
        ["Bún", 22, 45, 8, "Chị Tư"],
        ["Cơm", 23, 40, 9, "Anh Năm"],
    ]
    columns = (
        '<col min="1" max="1" width="9" hidden="0"/><col min="2" max="2" width="9" hidden="1"/>'
        '<col min="4" max="16384" hidden="true" outlineLevel="1"/>'
    )
    document = _read(tmp_path, rows, [3], columns)
    assert document.text == "Món: Phở\tGiá: 50\n\nMón: Cơm\tGiá: 40"
    (remark,) = document.remarks
    assert (remark.kind, remark.count) == (RemarkKind.HIDDEN, 4)
    assert remark.samples[:2] == ("Bún 22 45 8 Chị Tư", "Vốn 21 23")


def test_a_table_that_begins_elsewhere(tmp_path: Path) -> None:
    """Hidden places are counted from the first row and column of the sheet, not of the table."""
    rows: list[list[Cell]] = [
        [], [], [None, None, "Món", "Vốn", "Giá"], [None, None, "Phở", 21, 50], [None, None, "Bún", 22, 45],
    ]  # fmt: skip
    document = _read(tmp_path, rows, [5], '<col min="4" max="4" hidden="1"/>')
    assert document.text == "Món: Phở\tGiá: 50"


def test_nothing_is_hidden(tmp_path: Path) -> None:
    """Then nothing is left out, and nothing is said."""
    document = _read(tmp_path, [["Món", "Giá"], ["Phở", 50]], [], '<col min="1" max="2" width="12"/>')
    assert (document.text, document.remarks) == ("Món: Phở\tGiá: 50", ())


def test_columns_may_be_hidden_more_than_once(tmp_path: Path) -> None:
    """However their ranges overlap, and however far they reach; it is looked at once for all of them."""
    tracks = '<col min="3" max="3" hidden="1"/><col min="2" max="9999999" hidden="1"/>' * 3
    document = _read(tmp_path, [["Một", "Hai", "Ba"]], [], f'{tracks}<col min="1" max="1"/>')
    assert document.text == "Một"
