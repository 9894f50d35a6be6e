"""The manifest of a generation: how it was made, what it counts, and a SHA-256 of each of its files.

The name of a generation ends in the beginning of its manifest's SHA-256. So CURRENT vouches for the manifest,
and the manifest for every other byte.
"""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.disk import Disk, FileSum, Stamp
from index.encoders import EncoderIdentity
from index.errors import GO_BACK, UPGRADE, GenerationCorrupt, GenerationMismatch, Message
from index.text.segment import SEGMENTER_VERSION
from index.text.terms import TERMS_VERSION

_PART = re.compile(r"[0-9a-f]{32}")

FORMAT = 11
"""Raised whenever the files of a generation change their meaning."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What made a generation; with another recipe the same documents give other rows.

    Attributes:
        encoder: The encoder of the sentence vectors.
        tokens: Revision of the static model whose token ids the generation holds.
        segmenter: `index.text.segment.SEGMENTER_VERSION`.
        analysis: `index.text.terms.TERMS_VERSION`.
        format: `FORMAT`.
    """

    encoder: EncoderIdentity
    tokens: str
    segmenter: int = SEGMENTER_VERSION
    analysis: int = TERMS_VERSION
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class PartEntry:
    """A part of a generation: some of its documents, in files that other generations may share.

    Attributes:
        name: `index.indexer.chunking.part_name`.
        documents: Number of documents.
        sentences: Number of sentences.
    """

    name: str
    documents: int
    sentences: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says about itself.

    Attributes:
        recipe: What made it.
        documents: Number of documents.
        sentences: Number of sentences, which is also the number of vectors and of rows.
        oldest: Earliest date of a document.
        newest: Latest date of a document.
        vectors: Kind of the vector index.
        parts: Its parts, in the order of their documents.
        files: Every file by its path below the generation's folder, in POSIX form.
    """

    recipe: Recipe
    documents: int
    sentences: int
    oldest: dt.date | None
    newest: dt.date | None
    vectors: str
    parts: tuple[PartEntry, ...]
    files: Mapping[str, FileSum]

    def to_bytes(self) -> bytes:
        """Return canonical JSON; equal manifests give equal bytes."""
        body = asdict(self)
        body["oldest"] = self.oldest and self.oldest.isoformat()
        body["newest"] = self.newest and self.newest.isoformat()
        return (
            json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False).encode() + b"\n"
        )

    @classmethod
    def from_bytes(cls, data: bytes, name: str) -> "Manifest":
        """Read the manifest of the generation with a name.

        Raises:
            GenerationCorrupt: A byte is not what was written.
            GenerationMismatch: It was written in another format than `FORMAT`.
        """
        damaged = GenerationCorrupt("The manifest of {name} is damaged; {advice}.", name=name, advice=GO_BACK)
        if not name.endswith(f"-{seal(data)}"):
            raise damaged
        try:
            body = json.loads(data)
            if body["recipe"]["format"] != FORMAT:
                raise GenerationMismatch(
                    "The index {name} has format {made}, this program reads {wanted}; {advice}.",
                    name=name,
                    made=repr(body["recipe"]["format"]),
                    wanted=FORMAT,
                    advice=UPGRADE,
                )
            return _manifest(body)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise damaged from None


def seal(manifest: bytes) -> str:
    """Return the end of the name of the generation that has these bytes as its manifest."""
    return hashlib.sha256(manifest).hexdigest()[:16]


def require_recipe(made: Recipe, encoder: EncoderIdentity | None, tokens: str | None, where: Message) -> None:
    """Refuse a generation that was made otherwise than questions will be read now.

    Args:
        made: How it was made.
        encoder: The encoder of the questions; None leaves it unchecked.
        tokens: The static model of the questions; None leaves it unchecked.
        where: What to call the generation in an error.

    Raises:
        GenerationMismatch: Names the first difference, both sides, and what to run.
    """
    wanted = Recipe(encoder or made.encoder, tokens or made.tokens)
    for what, old, new in _sides(made, wanted):
        if old != new:
            raise GenerationMismatch(
                "{index} was made with {what} {made}, now it is {wanted}; {advice}.",
                index=where,
                what=what,
                made=repr(old),
                wanted=repr(new),
                advice=UPGRADE,
            )


def _sides(made: Recipe, wanted: Recipe) -> list[tuple[Message, object, object]]:
    one, other = made.encoder, wanted.encoder
    return [
        (Message("the encoder"), one.name, other.name),
        (Message("encoder revision"), one.revision, other.revision),
        (Message("vectors of dimension"), one.dimension, other.dimension),
        (Message("the question prompt"), one.query_prompt, other.query_prompt),
        (Message("the passage prompt"), one.passage_prompt, other.passage_prompt),
        (Message("the encoder"), one, other),
        (Message("the token model"), made.tokens, wanted.tokens),
        (Message("segmenter version"), made.segmenter, wanted.segmenter),
        (Message("analysis version"), made.analysis, wanted.analysis),
    ]


def _manifest(body: dict[str, Any]) -> Manifest:
    recipe = dict(body["recipe"])
    encoder = EncoderIdentity(**recipe.pop("encoder"))
    made = Manifest(
        recipe=Recipe(encoder=encoder, **recipe),
        documents=body["documents"],
        sentences=body["sentences"],
        oldest=_day(body["oldest"]),
        newest=_day(body["newest"]),
        vectors=body["vectors"],
        parts=tuple(PartEntry(**entry) for entry in body["parts"]),
        files={name: FileSum(**entry) for name, entry in body["files"].items()},
    )
    numbers = [made.documents, made.sentences, *(entry.size for entry in made.files.values())]
    numbers += [number for part in made.parts for number in (part.documents, part.sentences)]
    if not all(_PART.fullmatch(part.name) for part in made.parts):
        raise ValueError("a part has no name")
    if not all(type(number) is int and number >= 0 for number in numbers):
        raise ValueError("a count is no count")
    return made


def _day(written: str | None) -> dt.date | None:
    return None if written is None else dt.date.fromisoformat(written)


def verify(folder: Path, manifest: Manifest, disk: Disk, known: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Compare every file with its checksum, except for those that still have the stamp they are `known` by.

    Returns:
        The stamp of each file when it was verified, by its path below `folder`.

    Raises:
        GenerationCorrupt: A file is not what the manifest says.
    """
    stamps: dict[str, Stamp] = {}
    for name, expected in manifest.files.items():
        path = folder / _inside(name)
        stamps[name] = disk.stamp(path)
        if known.get(name) != stamps[name] and disk.sum(path) != expected:
            raise GenerationCorrupt(
                "The file {file} of {name} is damaged; {advice}.", file=name, name=folder.name, advice=GO_BACK
            )
    return stamps


def _inside(name: str) -> Path:
    """Refuse names that lead out of the generation's folder."""
    path = Path(name)
    if path.is_absolute() or ".." in path.parts:
        raise GenerationCorrupt("The manifest names a file outside of its generation.")
    return path
