"""Texts that a regular expression asks for itself: what it repeats, again and again."""

import re
from collections.abc import Iterator
from itertools import product
from re import _constants as sre  # type: ignore[attr-defined]  # in no stub: what a pattern is made of
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_LONG = 8
"""A repeat that may go on so often is one that can run away."""
_CHARACTERS = "a1 .A_\n-é中<\u0301"
_OF_CATEGORY = {
    sre.CATEGORY_DIGIT: "1", sre.CATEGORY_NOT_DIGIT: "a", sre.CATEGORY_SPACE: " ",
    sre.CATEGORY_NOT_SPACE: "a", sre.CATEGORY_WORD: "a", sre.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


def runaways(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield a beginning, and a unit that some repeat of the pattern may take again and again behind it.

    The units are the body of each repeat, and each alternative within it by itself.
    """
    yield from _in_sequence(parser.parse(pattern.pattern, pattern.flags), "")


def _in_sequence(items: Any, before: str) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - of a private module
    for item in items:
        operation, value = item
        for inner in _parts(operation, value):
            if operation in _REPEATS and value[1] > _LONG:
                for unit in _samples(inner):
                    if unit:
                        yield before, unit
            yield from _in_sequence(inner, before)
        before += next(iter(_sample_of(operation, value)), "")


_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def _parts(operation: Any, value: Any) -> list[Any]:  # noqa: ANN401
    if operation in _REPEATS:
        return [value[2]]
    if operation is sre.SUBPATTERN:
        return [value[3]]
    if operation is sre.BRANCH:
        return list(value[1])
    if operation is sre.ATOMIC_GROUP:
        return [value]
    return []


def _samples(items: Any, most: int = 24) -> list[str]:  # noqa: ANN401
    """Return some texts that a sequence matches, one for each choice of alternatives."""
    choices = [_sample_of(operation, value) for operation, value in items]
    found = ("".join(chosen) for chosen in product(*choices))
    return list(dict.fromkeys(text for text, _ in zip(found, range(most), strict=False)))


def _sample_of(operation: Any, value: Any) -> list[str]:  # noqa: ANN401
    if operation is sre.LITERAL:
        return [chr(value)]
    if operation is sre.NOT_LITERAL:
        return [next(c for c in _CHARACTERS if ord(c) != value)]
    if operation is sre.ANY:
        return ["a"]
    if operation is sre.IN:
        return _of_set(value)
    if operation is sre.BRANCH:
        return [text for branch in value[1] for text in _samples(branch, 6)]
    if operation is sre.SUBPATTERN:
        return _samples(value[3], 8)
    if operation is sre.ATOMIC_GROUP:
        return _samples(value, 8)
    if operation in _REPEATS:
        least, _, body = value
        return [text * max(least, 1) for text in _samples(body, 8)] or [""]
    return [""]  # a place, an assertion, a group again


def _of_set(items: Any) -> list[str]:  # noqa: ANN401
    """Return a few members of a set, one of each kind that it names."""
    if items[0][0] is sre.NEGATE:
        out = re.compile(f"[^{''.join(_written(item) for item in items[1:])}]")
        return [next((c for c in _CHARACTERS if out.match(c)), "\u4e00")]
    found: list[str] = []
    for operation, value in items:
        if operation is sre.LITERAL:
            found.append(chr(value))
        elif operation is sre.RANGE:
            found.append(chr(value[0]))
        elif operation is sre.CATEGORY:
            found.append(_OF_CATEGORY[value])
    return list(dict.fromkeys(found))[:3]


def _written(item: Any) -> str:  # noqa: ANN401
    operation, value = item
    if operation is sre.LITERAL:
        return re.escape(chr(value))
    if operation is sre.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {"1": r"\d", "a": r"\w", " ": r"\s", "-": r"\W"}[_OF_CATEGORY[value]]
