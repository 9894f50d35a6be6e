"""What is remembered of the addresses of a collection from run to run: a file in the data folder."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import StoreError, of_system


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of one address: for conditional requests, and to tell what has changed.

    Attributes:
        etag: Its tag, as the server said.
        modified: When it was changed, as the server said.
        digest: SHA-256 of what came.
        entries: Of a feed, what it calls the entries that were taken, the latest last.
        failed: Of a feed, what it calls the entries that could not be had: they are tried after the others.
        documents: Of a page or a file, the ids of the documents that it gave the last time.
    """

    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    entries: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


def load(path: Path) -> dict[str, Known]:
    """Return what is remembered, by address, in the order in which they were added.

    Raises:
        StoreError: It cannot be read.
    """
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {url: _known(known) for url, known in said.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError("{name} is damaged; remove it, and add the addresses again.", name=path) from error


def _known(said: dict[str, Any]) -> Known:
    return Known(**{**said, **{key: tuple(said.get(key, ())) for key in ("entries", "failed", "documents")}})


def save(path: Path, addresses: Mapping[str, Known]) -> None:
    """Remember all this; what was remembered before stays whole until then.

    Raises:
        StoreError: It cannot be written.
    """
    data = json.dumps({url: asdict(known) for url, known in addresses.items()}, ensure_ascii=False)
    scratch = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("w", encoding="utf-8") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError as error:
        raise StoreError(
            "{name} cannot be written ({why}); check rights and space.", name=path, why=of_system(error)
        ) from error
