"""How languages write numbers and days; never by the locale of the process, which may be another's. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, Self

from bot.texts.catalogue import ENGLISH, catalogue
from index.text.calendar import MONTHS

SAMPLE: Final = "1,234.5"
"""A number as English writes it; its translation in a catalogue shows the marks of the other language."""


@dataclass(frozen=True, slots=True)
class Formats:
    """How one language writes numbers and days.

    Attributes:
        thousands: Stands between groups of three figures.
        point: Stands before the decimals.
        months: Names of the months; empty where days are written in figures.
    """

    thousands: str
    point: str
    months: tuple[str, ...] = ()

    @classmethod
    def of(cls, written: str) -> Self:
        """Return the formats of a language by how it writes `SAMPLE`; days are written in figures."""
        return cls(written[1], written[-2])

    def number(self, value: int) -> str:
        """Write a whole number."""
        return self.written(value, ",")

    def written(self, value: float, form: str) -> str:
        """Write a number in one of Python's formats, with the marks of the language."""
        return format(value, form).translate({ord(","): self.thousands, ord("."): self.point})

    def tenths(self, value: float) -> str:
        """Write a number with one decimal, and none where that is 0."""
        return f"{value:.1f}".removesuffix(".0").replace(".", self.point)

    def day(self, value: dt.date, letters: int | None = None) -> str:
        """Write a day, with at most this many letters of the name of its month."""
        if not self.months:
            return f"{value.day}/{value.month}/{value.year}"
        return f"{value.day} {self.months[value.month - 1][:letters]} {value.year}"


@cache
def formats_of(language: str) -> Formats:
    """Return how a language writes numbers and days."""
    if language == ENGLISH:
        return Formats(",", ".", MONTHS)
    return Formats.of(catalogue(language)[SAMPLE])


FORMATS: Final[Mapping[str, Formats]] = MappingProxyType({code: formats_of(code) for code in ("vi", ENGLISH)})
