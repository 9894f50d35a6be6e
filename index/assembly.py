"""Assembling: parts, finished or taken from the generation before, become the files of one generation."""

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.arrays import map_longs, to_npy
from index.catalogue import build_catalogue
from index.division import Entry
from index.errors import GenerationCorrupt
from index.files import FileSum
from index.generation import TERMS, TWINS, Generation
from index.gist import twins
from index.joining import numbers_file
from index.manifest import Manifest, PartEntry, Recipe
from index.origins import ORIGINS, to_bytes
from index.part import GISTS, SEGMENT, WORDS, folder_of, terms_file
from index.vectors import FLAT
from index.words import FIELDS, Field, join_words, segment_names
from index.work import Linked

Content = bytes | Linked


@dataclass(frozen=True, slots=True)
class Piece:
    """A part that is ready.

    Attributes:
        entry: What the manifest will say of it.
        files: Its files, those of the word index below `WORDS`.
    """

    entry: PartEntry
    files: Mapping[str, Linked]


def pieces_of(generation: Generation) -> dict[str, Piece]:
    """Return the parts of an opened generation, by their names."""
    linked = {
        name: Linked(generation.folder / name, found, generation.stamps.get(name))
        for name, found in generation.manifest.files.items()
    }
    found: dict[str, Piece] = {}
    for entry in generation.manifest.parts:
        prefix = f"{folder_of(entry.name)}/"
        files = {name.removeprefix(prefix): each for name, each in linked.items() if name.startswith(prefix)}
        segments = segment_names(files[SEGMENT].path.read_bytes())
        files |= {
            name: each
            for name, each in linked.items()
            if name.startswith(f"{WORDS}/") and name.removeprefix(f"{WORDS}/").startswith(segments)
        }
        found[entry.name] = Piece(entry, files)
    return found


def assemble(pieces: Sequence[Piece], origins: Sequence[str]) -> dict[str, Content]:
    """Return the files of a generation, by their POSIX paths below its folder, without the manifest.

    Args:
        pieces: Its parts.
        origins: Where each document came from, by position.
    """
    contents: dict[str, Content] = {}
    for piece in pieces:
        for name, linked in piece.files.items():
            own = name if name.startswith(f"{WORDS}/") else f"{folder_of(piece.entry.name)}/{name}"
            contents[own] = linked
    words = join_words([piece.files[SEGMENT].path.read_bytes() for piece in pieces])
    contents |= {f"{WORDS}/{name}": data for name, data in words.items()}
    vocabularies: list[tuple[Field, list[str]]] = []
    for field in FIELDS:
        numbers, vocabulary = _numbered(_terms(piece, field) for piece in pieces)
        contents[numbers_file(field)] = to_npy(np.fromiter(numbers, dtype=np.int32))
        vocabularies.append((field, vocabulary))
    gists = [map_longs(piece.files[GISTS].path) for piece in pieces]
    contents[TWINS] = to_npy(twins(np.concatenate(gists)))
    contents[ORIGINS] = to_bytes(origins)
    contents[TERMS] = build_catalogue([], vocabularies)
    return contents


def describe(
    entries: Sequence[Entry], pieces: Sequence[Piece], recipe: Recipe, sums: Mapping[str, FileSum]
) -> Manifest:
    """Return the manifest of a generation of these documents and parts, with the sums of its files."""
    days = [entry.date for entry in entries if entry.date]
    return Manifest(
        recipe=recipe,
        documents=len(entries),
        sentences=sum(piece.entry.sentences for piece in pieces),
        oldest=min(days, default=None),
        newest=max(days, default=None),
        vectors=FLAT,
        parts=tuple(piece.entry for piece in pieces),
        files=sums,
    )


def _numbered(parts: Iterable[Iterable[str]]) -> tuple[Iterator[int], list[str]]:
    """Return a number for each term of each part, and all terms by their numbers."""
    known: dict[str, int] = {}
    numbers = [known.setdefault(term, len(known)) for term in itertools.chain.from_iterable(parts)]
    return iter(numbers), list(known)


def _terms(piece: Piece, field: Field) -> list[str]:
    try:
        terms: list[str] = json.loads(piece.files[terms_file(field)].path.read_bytes())
    except ValueError as error:
        raise GenerationCorrupt(
            f"The {field} terms of the part {piece.entry.name} cannot be read."
        ) from error
    return terms
