"""Where the documents of a generation came from, so that bringing a folder up to date touches no others.

A file of the generation and not of its parts: a document that another folder holds too stays the same.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from index.errors import GenerationCorrupt

ORIGINS = "origins.json"
SAMPLE = "trichdan:sample"
"""The origin of the documents of the sample collection, which is no path."""


def to_bytes(origins: Sequence[str]) -> bytes:
    """Return the file of the origin of each document, by position; an empty one says nothing."""
    names = sorted(set(origins))
    numbers = {name: number for number, name in enumerate(names)}
    told = {"names": names, "documents": [numbers[origin] for origin in origins]}
    return json.dumps(told, ensure_ascii=False).encode()


def read_origins(folder: Path) -> list[str]:
    """Return the origin of each document of the generation in a folder, by position.

    Raises:
        GenerationCorrupt: The file is not what `to_bytes` writes.
    """
    try:
        told = json.loads((folder / ORIGINS).read_bytes())
        names, numbers = told["names"], told["documents"]
        if not all(type(number) is int and number >= 0 for number in numbers):
            raise ValueError("no numbers")
        return [str(names[number]) for number in numbers]
    except (ValueError, TypeError, LookupError, RecursionError):
        raise GenerationCorrupt(
            "The origins of the documents of {name} cannot be read.", name=folder.name
        ) from None


def is_within(origin: str, roots: Sequence[str]) -> bool:
    """Tell whether a document came from one of some paths, or from below one."""
    return origin != "" and any(Path(origin).is_relative_to(root) for root in roots)
