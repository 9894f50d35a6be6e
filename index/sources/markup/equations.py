"""Equations of Word (OMML) and of the web (MathML) as text on one line, as one would type them."""

import re
from collections.abc import Callable, Iterator

from index.sources.markup.elements import Element, local_name

_SIMPLE = re.compile(r"[\w.,]*|.", re.DOTALL)
_DIGITS = re.compile(r"\d+")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_INVISIBLE = str.maketrans(dict.fromkeys("\u2061\u2062\u2063\u2064\u200b", ""))
_ROOTS = {"3": "∛", "4": "∜"}
_SILENT = frozenset({"annotation", "annotation-xml", "mphantom", "phant", "mspace", "del", "movefrom"})
_LEAVES = frozenset({"t", "mi", "mn", "mo", "mtext", "ms"})


def linear(element: Element) -> str:
    """Return an equation, or a part of one, on one line: `x = (a + b)/2`, `∑_(i=1)^n x_i`, `r²`."""
    name = local_name(element)
    if name in _SILENT or not name or name.endswith("pr"):
        return ""
    if name in _LEAVES:
        return (
            " ".join((element.text or "").translate(_INVISIBLE).split()) if name != "t" else _of_run(element)
        )
    write = _WRITERS.get(name)
    return write(element) if write else "".join(map(linear, element))


def _of_run(element: Element) -> str:
    return (element.text or "").translate(_INVISIBLE)


def _group(text: str) -> str:
    """Return a part that something is done to as one: in brackets where it is more than a name or number."""
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _parts(element: Element) -> list[str]:
    """Return what the children say that are no properties, in their order."""
    return [linear(child) for child in element if local_name(child) and not local_name(child).endswith("pr")]


def _named(element: Element, name: str) -> str:
    return "".join(linear(child) for child in element if local_name(child) == name)


def _said(element: Element, name: str, default: str) -> str:
    """Return a property of an element of OMML."""
    for properties in element:
        if local_name(properties).endswith("pr"):
            for each in properties:
                if local_name(each) == name:
                    values = [value for key, value in each.items() if key.rpartition("}")[2] == "val"]
                    return str(values[0]) if values else ""
    return default


def _raised(text: str) -> str:
    if not text:
        return ""
    return text.translate(_RAISED) if _DIGITS.fullmatch(text) else f"^{_group(text)}"


def _lowered(text: str) -> str:
    if not text:
        return ""
    return text.translate(_LOWERED) if _DIGITS.fullmatch(text) else f"_{_group(text)}"


def _padded(parts: list[str], count: int) -> list[str]:
    return [*parts, *[""] * count][:count]


def _fraction(element: Element) -> str:
    above, below = _padded(_parts(element), 2)
    return f"{_group(above)}/{_group(below)}"


def _power(element: Element) -> str:
    base, exponent = _padded(_parts(element), 2)
    return _group(base) + _raised(exponent)


def _index(element: Element) -> str:
    base, index = _padded(_parts(element), 2)
    return _group(base) + _lowered(index)


def _both(element: Element) -> str:
    base, index, exponent = _padded(_parts(element), 3)
    return _group(base) + _lowered(index) + _raised(exponent)


def _before(element: Element) -> str:
    return _lowered(_named(element, "sub")) + _raised(_named(element, "sup")) + _named(element, "e")


def _root(of: str, degree: str = "") -> str:
    if degree in ("", "2"):
        return f"√{_group(of)}"
    return f"{_ROOTS[degree]}{_group(of)}" if degree in _ROOTS else f"√[{degree}]{_group(of)}"


def _mroot(element: Element) -> str:
    of, degree = _padded(_parts(element), 2)
    return _root(of, degree)


def _sum(element: Element) -> str:
    sign = _said(element, "chr", "∫")
    limits = _lowered(_named(element, "sub")) + _raised(_named(element, "sup"))
    return f"{sign}{limits} {_named(element, 'e')}".strip()


def _brackets(element: Element) -> str:
    inside = [linear(child) for child in element if local_name(child) == "e"]
    joined = _said(element, "sepchr", "|").join(inside)
    return f"{_said(element, 'begchr', '(')}{joined}{_said(element, 'endchr', ')')}"


def _fenced(element: Element) -> str:
    separator = (element.get("separators") or ",").strip()[:1]
    return f"{element.get('open') or '('}{separator.join(_parts(element))}{element.get('close') or ')'}"


def _function(element: Element) -> str:
    return f"{_named(element, 'fname')} {_named(element, 'e')}".strip()


def _accent(element: Element) -> str:
    return _named(element, "e") + _said(element, "chr", "\u0302")


def _over(element: Element) -> str:
    base, above = _padded(_parts(element), 2)
    return f"{base}\u0305" if above in ("¯", "‾", "\u0305", "―") else _group(base) + _raised(above)


def _rows(element: Element) -> str:
    return "; ".join(
        ", ".join(_cells(row)) for row in element if local_name(row) in ("mr", "mtr", "mlabeledtr")
    )


def _cells(row: Element) -> Iterator[str]:
    return (linear(cell) for cell in row if local_name(cell) in ("e", "mtd"))


_WRITERS: dict[str, Callable[[Element], str]] = {
    "f": _fraction, "mfrac": _fraction, "ssup": _power, "msup": _power, "ssub": _index, "msub": _index,
    "ssubsup": _both, "msubsup": _both, "munderover": _both, "munder": _index, "mover": _over,
    "spre": _before, "limlow": _index, "limupp": _power, "nary": _sum, "d": _brackets, "mfenced": _fenced,
    "rad": lambda element: _root(_named(element, "e"), _named(element, "deg")),
    "msqrt": lambda element: _root("".join(_parts(element))), "mroot": _mroot,
    "func": _function, "acc": _accent, "bar": lambda element: f"{_named(element, 'e')}\u0305",
    "m": _rows, "mtable": _rows, "eqarr": lambda element: "; ".join(_parts(element)),
    "semantics": lambda element: next(iter(_parts(element)), ""),
}  # fmt: skip
