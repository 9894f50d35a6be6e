"""What we use of other libraries beyond what they promise, and the versions for which somebody has looked."""

import ast
import re
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]


class Inside(NamedTuple):
    """A use of something that the next version of a library may change without a word.

    Attributes:
        checked: The version with which it was looked at.
        bound: From which version on the program is not installed with it.
        used: What is used, and where.
        proof: The tests that fail where it has changed.
    """

    checked: str
    bound: str
    used: str
    proof: str


INSIDE = {
    "python-telegram-bot": Inside(
        "22.8",
        "23",
        "bot/telegram/transport/api.py makes requests of `telegram.request._requestparameter`",
        "tests/telegram/transport and tests/telegram/test_flows.py",
    ),
    "tantivy": Inside(
        "0.27.0",
        "0.28",
        "index/generation/word_index.py reads, joins and renames segments in tantivy's `meta.json`",
        "tests/index/generation/test_word_index.py and tests/index/indexer",
    ),
    "faiss-cpu": Inside(
        "1.15.1",
        "2",
        "index/generation/vectors writes and checks the bytes that begin two kinds of index of FAISS",
        "tests/index/generation/test_vectors.py",
    ),
}
PRIVATE = {"telegram.request._requestparameter"}
"""Modules of other libraries whose names say that they are not for others."""


@pytest.mark.parametrize("library", INSIDE)
def test_the_version_has_been_looked_at(library: str) -> None:
    """Another version than the checked one asks for a look, not for a guess."""
    inside = INSIDE[library]
    assert version(library) == inside.checked, (
        f"{library} {version(library)} is installed, and {inside.checked} was looked at: {inside.used}. "
        f"Run {inside.proof}, compare with what the new version does, and then change the version in "
        "this table, the bound in pyproject.toml and the pin in constraints.txt."
    )


@pytest.mark.parametrize("library", INSIDE)
def test_later_versions_are_not_installed(library: str) -> None:
    """The bound in pyproject.toml is the one of the table, so that nobody gets what nobody looked at."""
    required = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    (found,) = [need for need in required if re.match(rf"{re.escape(library)}\b(?!-)", need)]
    assert found.endswith(f",<{INSIDE[library].bound}")


def test_no_other_private_module_is_imported() -> None:
    """What is imported with an underscore in its name stands in the table above."""
    found = set()
    for floor in ("index", "retrieval", "bot"):
        for path in (ROOT / floor).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                found |= {name for name in names if re.search(r"\._(?!_)", name)}
    assert found == PRIVATE
