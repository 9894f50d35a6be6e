"""Assembling: parts, finished or taken from the generation before, become the files of one generation."""

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.disk import FileSum
from index.errors import GenerationCorrupt
from index.generation import Generation
from index.generation.arrays import map_longs, to_npy
from index.generation.catalogue import build_catalogue
from index.generation.entries import Entry
from index.generation.generation import TERMS, TWINS
from index.generation.manifest import Manifest, PartEntry, Recipe
from index.generation.origins import ORIGINS, to_bytes
from index.generation.parts import DUPLICATE_KEYS, SEGMENT, WORDS, folder_of, numbers_file, terms_file
from index.generation.vector_index import FLAT
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
        contents[numbers_file(field)] = to_npy(np.fromiter(numbers, dtype=np.int32))
        vocabularies.append((field, vocabulary))
    duplicate_keys = [map_longs(part.files[DUPLICATE_KEYS].path) for part in built]
    contents[TWINS] = to_npy(twins(np.concatenate(duplicate_keys)))
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
        vectors=FLAT,
        parts=tuple(part.entry for part in built),
        files=sums,
    )


def _numbered(parts: Iterable[Iterable[str]]) -> tuple[Iterator[int], list[str]]:
    """Return a number for each term of each part, and all terms by their numbers."""
    known: dict[str, int] = {}
    numbers = [known.setdefault(term, len(known)) for term in itertools.chain.from_iterable(parts)]
    return iter(numbers), list(known)


def _terms(part: BuiltPart, field: Field) -> list[str]:
    try:
        terms: list[str] = json.loads(part.files[terms_file(field)].path.read_bytes())
    except ValueError as error:
        raise GenerationCorrupt(f"The {field} terms of the part {part.entry.name} cannot be read.") from error
    return terms
