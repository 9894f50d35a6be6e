"""Rows of JSON in a work folder, where what takes long is kept: a file is whole, or not there."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def write_rows(path: Path, rows: Iterable[object]) -> None:
    """Write a row a line; a file that was begun before the end came does not count."""
    made = path.with_suffix(".new")
    with made.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    made.replace(path)


def read_rows(path: Path) -> Iterator[Any]:
    """Yield the rows."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)
