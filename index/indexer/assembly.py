"""Assembling: parts, new or taken from the previous generation, become the files of one generation."""

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.disk import FileSum
from index.errors import GenerationCorrupt
from index.generation import Generation
from index.generation.arrays import Ints, map_ints, to_npy
from index.generation.catalogue import build_catalogue
from index.generation.entries import Entry
from index.generation.generation import TERMS, TWINS
from index.generation.manifest import Manifest, PartEntry, Recipe
from index.generation.origins import ORIGINS, to_bytes
from index.generation.parts import SEGMENT, WORDS, folder_of, numbers_of, terms_file, values_file
from index.generation.row_columns import (
    PARAGRAPHS,
    PLACES,
    Columns,
    ends_file,
    frequencies_file,
    frequencies_of,
)
from index.generation.vectors import KIND
from index.generation.word_index import FIELDS, Field, join_words, segment_names
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
    vocabularies: list[tuple[Field, list[str]]] = []
    for field in FIELDS:
        numbers, vocabulary = _numbered(_terms(part, field) for part in built)
        counts = [map_ints(part.files[frequencies_file(field)].path) for part in built]
        contents[values_file(numbers_of(field))] = to_npy(np.concatenate(numbers))
        contents[ends_file(numbers_of(field))] = to_npy(np.cumsum([0, *map(len, numbers)]))
        contents[frequencies_file(field)] = to_npy(frequencies_of(list(zip(numbers, counts, strict=True))))
        vocabularies.append((field, vocabulary))
    columns = Columns.joined(_columns(part) for part in built)
    contents |= columns.to_files()
    contents[PARAGRAPHS] = to_npy(columns.paragraphs())
    contents[TWINS] = to_npy(twins(columns.duplicate_keys))
    contents[ORIGINS] = to_bytes(origins)
    contents[TERMS] = build_catalogue([], vocabularies)
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


def _numbered(parts: Iterable[Iterable[str]]) -> tuple[list[Ints], list[str]]:
    """Return for each part a number for each of its terms, and all terms by their numbers."""
    terms = [list(some) for some in parts]
    vocabulary = list(dict.fromkeys(itertools.chain.from_iterable(terms)))
    known = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    # Without a step of Python for each: there are a million and more.
    return [np.fromiter(map(known.__getitem__, some), np.int32, len(some)) for some in terms], vocabulary


def _terms(part: BuiltPart, field: Field) -> list[str]:
    try:
        terms: list[str] = json.loads(part.files[terms_file(field)].path.read_bytes())
    except ValueError as error:
        raise GenerationCorrupt(
            "The {field} terms of the part {name} cannot be read.", field=field, name=part.entry.name
        ) from error
    return terms
