"""Every template of a message, as it is in the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import bot
import index
import retrieval
import trichdan

PACKAGES = (index, retrieval, bot, trichdan)


def trees() -> Iterator[tuple[Path, ast.Module]]:
    """Yield every module of the program."""
    for package in PACKAGES:
        for path in sorted(Path(str(package.__file__)).parent.rglob("*.py")):
            yield path, ast.parse(path.read_text("utf-8"))


def message_classes() -> set[str]:
    """Return the names of what carries a template: `Message`, and every error of the tree."""
    bases = {
        node.name: {ast.unparse(base) for base in node.bases}
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"TrichDanError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found | {"Message"}


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """Yield every call that makes a message, also that of `__init__` in an error of the tree."""
    names = message_classes()
    for path, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names:
                yield path, node
            if isinstance(node, ast.ClassDef) and node.name in names:
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Call) and ast.unparse(inner.func) == "super().__init__":
                        yield path, inner


def template_of(call: ast.Call) -> str | None:
    """Return the template of a call, None where it is no literal."""
    for argument in call.args:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            return argument.value
    return None
