"""Verifying the files of a generation against its manifest."""

from collections.abc import Mapping
from pathlib import Path

from index.errors import GenerationCorrupt
from index.files import Files, Stamp
from index.manifest import GO_BACK, Manifest


def verify(folder: Path, manifest: Manifest, files: Files, known: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Compare every file with its checksum, but for those that still have the stamp they are `known` by.

    Returns:
        The stamp of each file when it was verified, by its path below `folder`.

    Raises:
        GenerationCorrupt: A file is not what the manifest says.
    """
    stamps: dict[str, Stamp] = {}
    for name, expected in manifest.files.items():
        path = folder / _inside(name)
        stamps[name] = files.stamp(path)
        if known.get(name) != stamps[name] and files.sum(path) != expected:
            raise GenerationCorrupt(f"The file {name} of {folder.name} is damaged; {GO_BACK}.")
    return stamps


def _inside(name: str) -> Path:
    """Refuse names that lead out of the generation's folder."""
    path = Path(name)
    if path.is_absolute() or ".." in path.parts:
        raise GenerationCorrupt("The manifest names a file outside of its generation.")
    return path
