"""What a cell of Excel shows, where that is the same on every computer; pure."""

import operator
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from index.sources.ooxml.format_codes import CONDITION, FormatPart, Section, UnknownFormatError, sections_of
from index.sources.ooxml.time_formats import Moment, moment_in

_COMPARE = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne, "<": operator.lt, ">": operator.gt,
    "=": operator.eq,
}  # fmt: skip
_USUAL = re.compile(r"(#,##)?0(?:\.(0+))?")
_FRACTION = re.compile(r"(?:([0#?]+) )?[0#?]+/([0#?]{1,4})")


def formatted(value: float | str | Moment, code: str) -> str | None:
    """Return what a cell shows, None where its format is not known or depends on the computer."""
    try:
        if isinstance(value, str):
            said = _text(value, sections_of(code))
        elif isinstance(value, int | float):
            said = _by_sign(value, *_for_numbers(code))
        else:
            said = moment_in(value, sections_of(code)[0])
    except (UnknownFormatError, InvalidOperation, OverflowError, ValueError):
        return None
    return " ".join(said.split())


def _text(value: str, sections: Sequence[Sequence[FormatPart]]) -> str:
    section = sections[-1]
    if len(sections) != 4 and FormatPart("mark", "@") not in section:
        return value
    return "".join(value if kind == "mark" else text for kind, text in section)


@lru_cache(maxsize=512)
def _for_numbers(code: str) -> tuple[Sequence[Section], bool]:
    """Return the sections for numbers, and whether they say for which."""
    sections = sections_of(code)
    numbers = sections[:-1] if len(sections) > 1 and FormatPart("mark", "@") in sections[-1] else sections
    return numbers, any(kind == "condition" for section in numbers for kind, _ in section)


def _by_sign(value: float, numbers: Sequence[Section], is_conditional: bool) -> str:
    """Return a number in the section for numbers like it."""
    if is_conditional:
        return _by_condition(value, numbers)
    if value < 0 and len(numbers) > 1:
        return _number(value, numbers[1])
    if value == 0 and len(numbers) > 2:
        return _number(value, numbers[2])
    return "-" * (value < 0) + _number(value, numbers[0])


def _by_condition(value: float, numbers: Sequence[Section]) -> str:
    if value < 0:
        raise UnknownFormatError
    for section in numbers:
        conditions = [CONDITION.fullmatch(text) for kind, text in section if kind == "condition"]
        if all(each and _COMPARE[each[1]](value, float(each[2])) for each in conditions):
            return _number(value, section)
    raise UnknownFormatError


def _number(value: float, section: Section) -> str:
    """Return a number without its sign."""
    amount = Decimal(f"{abs(value):.15g}")
    if usual := _usual(section):
        said = amount.scaleb(2 * usual.percents).quantize(usual.step, ROUND_HALF_UP)
        return f"{usual.head}{said:{usual.how}}{usual.tail}"
    tokens = [token for token in section if token.kind not in ("condition", "foreign")]
    kinds = {kind for kind, _ in tokens}
    if kinds & {"date", "half", "elapsed"}:
        raise UnknownFormatError
    shape = "".join(text for _, text in tokens).strip()
    if FormatPart("mark", "/") in tokens:
        return _fraction(amount, shape)
    if "power" in kinds:
        return _scientific(amount, shape)
    if "general" in kinds or shape == "@":
        whole = f"{abs(value):.15g}"
        return "".join(whole if kind in ("general", "mark") else text for kind, text in tokens)
    return _decimal(amount, tokens)


class _Usual(NamedTuple):
    head: str
    step: Decimal
    how: str
    tail: str
    percents: int


@lru_cache(maxsize=512)
def _usual(section: Section) -> _Usual | None:
    """Return how to write numbers in a section such as `#,##0.00`; others take several times as long."""
    figures = [place for place, token in enumerate(section) if token.kind == "figure"]
    if not figures:
        return None
    before, inside = section[: figures[0]], section[figures[0] : figures[-1] + 1]
    after = section[figures[-1] + 1 :]
    match = _USUAL.fullmatch("".join(text if kind in ("figure", "mark") else "?" for kind, text in inside))
    if match is None or any(kind != "literal" and text != "%" for kind, text in (*before, *after)):
        return None
    head, tail = ("".join(text for _, text in part) for part in (before, after))
    step = Decimal(1).scaleb(-len(match[2] or ""))
    return _Usual(head, step, ",f" if match[1] else "f", tail, section.count(FormatPart("mark", "%")))


def _fraction(amount: Decimal, shape: str) -> str:
    match = _FRACTION.fullmatch(shape)
    if match is None:
        raise UnknownFormatError
    near = Fraction(amount).limit_denominator(10 ** len(match[2]) - 1)
    whole, rest = divmod(near, 1) if match[1] else (0, near)
    parts = [str(whole)] * (whole > 0 or not rest) + [f"{rest.numerator}/{rest.denominator}"] * bool(rest)
    return " ".join(parts)


def _scientific(amount: Decimal, shape: str) -> str:
    match = re.fullmatch(r"[0#?](?:\.(0+))?[Ee]([+-])(0+)", shape)
    if match is None:
        raise UnknownFormatError
    said, power = f"{float(amount):.{len(match[1] or '')}E}".split("E")
    sign = "-" if int(power) < 0 else "+" if match[2] == "+" else ""
    return f"{said}E{sign}{abs(int(power)):0{len(match[3])}}"


def _decimal(amount: Decimal, tokens: Sequence[FormatPart]) -> str:
    figures = [place for place, token in enumerate(tokens) if token.kind == "figure"]
    if not figures:
        return "".join(text for _, text in tokens)
    point = tokens.index(FormatPart("mark", ".")) if FormatPart("mark", ".") in tokens else len(tokens)
    before = [place for place in figures if place < point]
    after = [place for place in figures if place > point]
    commas = [place for place, token in enumerate(tokens) if token == ("mark", ",")]
    grouping = [place for place in commas if before and before[0] < place < before[-1]]
    scaling = [place for place in commas if place > figures[-1] or (before and before[-1] < place < point)]
    percents = tokens.count(FormatPart("mark", "%"))
    if len(grouping) + len(scaling) < len(commas) or tokens.count(FormatPart("mark", ".")) > 1:
        raise UnknownFormatError
    amount = amount.scaleb(2 * percents - 3 * len(scaling))
    said = f"{amount.quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP):f}"
    whole, _, part = said.partition(".")
    out = ["" if token == ("mark", ",") else token.text for token in tokens]
    # From the right, the first figure of the format takes all that are left.
    whole = whole.lstrip("0")
    for number, place in enumerate(reversed(before)):
        is_first = place == before[0]
        left = whole[: max(0, len(whole) - number)]
        digits = left if is_first else left[-1:]
        digits = digits or {"0": "0", "#": "", "?": " "}[tokens[place].text]
        out[place] = _grouped(digits, number) if grouping else digits
    if not before and point < len(tokens):
        out[point] = f"{whole}."
    for number, place in reversed(list(enumerate(after))):
        is_shown = tokens[place].text == "0" or part[number:].strip("0")
        out[place] = part[number] if is_shown else ""
    return "".join(out)


def _grouped(digits: str, behind: int) -> str:
    """Return digits with commas, the one that follows them too; so many digits of the number stand behind."""
    said = ""
    for number, digit in enumerate(reversed(digits), behind):
        said = digit + ("," if number and number % 3 == 0 and digit.isdigit() else "") + said
    return said
