"""How languages write numbers and days; never by the locale of the process, which may be another's. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


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

    def number(self, value: int) -> str:
        """Write a whole number."""
        return f"{value:,}".replace(",", self.thousands)

    def tenths(self, value: float) -> str:
        """Write a number with one decimal, and none where that is 0."""
        return f"{value:.1f}".removesuffix(".0").replace(".", self.point)

    def day(self, value: dt.date, letters: int | None = None) -> str:
        """Write a day; of the name of its month at most so many letters."""
        if not self.months:
            return f"{value.day}/{value.month}/{value.year}"
        return f"{value.day} {self.months[value.month - 1][:letters]} {value.year}"


FORMATS: Final[Mapping[str, Formats]] = MappingProxyType(
    {"vi": Formats(".", ","), "en": Formats(",", ".", _MONTHS)}
)
