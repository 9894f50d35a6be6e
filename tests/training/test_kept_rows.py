"""Rows in a work folder: what was begun and not ended is not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from training.kept_rows import read_rows, write_rows


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """In the same order, in letters of every script."""
    rows = [{"câu": "Bao nhiêu?"}, ["một", 2, None], "строка"]
    write_rows(tmp_path / "rows.jsonl", rows)
    assert list(read_rows(tmp_path / "rows.jsonl")) == rows


def test_a_file_that_was_not_ended_is_not_there(tmp_path: Path) -> None:
    """Making rows takes an hour, and may be stopped."""

    def stopped() -> Iterator[int]:
        yield 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_rows(tmp_path / "rows.jsonl", stopped())
    assert not (tmp_path / "rows.jsonl").exists()
