"""Assembling: parts, new or taken from the previous generation, become the files of one generation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.disk import FileSum
from index.generation import Generation
from index.generation.arrays import Ints, map_ints, map_longs, to_npy
from index.generation.entries import Entry
from index.generation.generation import TWINS
from index.generation.manifest import Manifest, PartEntry, Recipe
from index.generation.origins import ORIGINS, to_bytes
from index.generation.parts import (
    FOLDS,
    KNOWN,
    SEGMENT,
    WORDS,
    folder_of,
    keys_file,
    numbers_of,
    values_file,
)
from index.generation.row_columns import (
    PARAGRAPHS,
    PLACES,
    TOKENS,
    Columns,
    ends_file,
    frequencies_file,
)
from index.generation.vectors import KIND
from index.generation.word_index import FIELDS, join_words, segment_names
from index.store.unfinished import Content, Linked
from index.text.duplicates import twins


@dataclass(frozen=True, slots=True)
class BuiltPart:
    """A part that is ready.

    Attributes:
        entry: What the manifest will say of it.
        files: Its files, those of the word index below `WORDS`.
    """

    entry: PartEntry
    files: Mapping[str, Linked]


def built_parts_of(generation: Generation) -> dict[str, BuiltPart]:
    """Return the parts of an opened generation, by their names."""
    linked = {
        name: Linked(generation.folder / name, found, generation.stamps.get(name))
        for name, found in generation.manifest.files.items()
    }
    found: dict[str, BuiltPart] = {}
    for entry in generation.manifest.parts:
        prefix = f"{folder_of(entry.name)}/"
        files = {name.removeprefix(prefix): each for name, each in linked.items() if name.startswith(prefix)}
        segments = segment_names(files[SEGMENT].path.read_bytes())
        files |= {
            name: each
            for name, each in linked.items()
            if name.startswith(f"{WORDS}/") and name.removeprefix(f"{WORDS}/").startswith(segments)
        }
        found[entry.name] = BuiltPart(entry, files)
    return found


def assemble(built: Sequence[BuiltPart], origins: Sequence[str]) -> dict[str, Content]:
    """Return the files of a generation, by their POSIX paths below its folder, without the manifest.

    Args:
        built: Its parts.
        origins: Where each document came from, by position.
    """
    contents: dict[str, Content] = {}
    for part in built:
        for name, linked in part.files.items():
            own = name if name.startswith(f"{WORDS}/") else f"{folder_of(part.entry.name)}/{name}"
            contents[own] = linked
    words = join_words([part.files[SEGMENT].path.read_bytes() for part in built])
    contents |= {f"{WORDS}/{name}": data for name, data in words.items()}
    tokens = [map_ints(part.files[KNOWN].path) for part in built]
    contents |= _numbers(TOKENS, tokens, lengths=True)
    for field in FIELDS:
        keys = [map_longs(part.files[keys_file(field)].path) for part in built]
        known = np.unique(np.concatenate(keys))
        mine = [np.searchsorted(known, each).astype(np.int32) for each in keys]
        frequencies = np.zeros(len(known), dtype=np.int32)
        for part, numbers in zip(built, mine, strict=True):
            np.add.at(frequencies, numbers, map_ints(part.files[frequencies_file(field)].path))
        if field == "folded":
            folds = (map_ints(part.files[FOLDS].path) for part in built)
            mine = [numbers[each] for numbers, each in zip(mine, folds, strict=True)]
        contents[keys_file(field)] = to_npy(known)
        contents[frequencies_file(field)] = to_npy(frequencies)
        contents |= _numbers(field, mine, lengths=field != "folded")
    columns = Columns.joined(_columns(part) for part in built)
    contents |= columns.to_files()
    contents[PARAGRAPHS] = to_npy(columns.paragraphs())
    contents[TWINS] = to_npy(twins(columns.duplicate_keys))
    contents[ORIGINS] = to_bytes(origins)
    return contents


def describe(
    entries: Sequence[Entry], built: Sequence[BuiltPart], recipe: Recipe, sums: Mapping[str, FileSum]
) -> Manifest:
    """Return the manifest of a generation of these documents and parts, with the sums of its files."""
    days = [entry.date for entry in entries if entry.date]
    return Manifest(
        recipe=recipe,
        documents=len(entries),
        sentences=sum(part.entry.sentences for part in built),
        oldest=min(days, default=None),
        newest=max(days, default=None),
        vectors=KIND,
        parts=tuple(part.entry for part in built),
        files=sums,
    )


def _columns(part: BuiltPart) -> Columns:
    return Columns.map(part.files[PLACES].path.parent, part.entry.sentences, part.entry.documents)


def _numbers(name: str, numbers: Sequence[Ints], *, lengths: bool) -> Iterator[tuple[str, bytes]]:
    """Yield the file of what the numbers of each part stand for, and that of where each part begins in it."""
    yield values_file(numbers_of(name)), to_npy(np.concatenate(numbers))
    if lengths:
        yield ends_file(numbers_of(name)), to_npy(np.cumsum([0, *map(len, numbers)]))
