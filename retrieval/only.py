"""Which documents are asked: of some days, of some outlet."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Only:
    """Which documents are asked; all of them where nothing is set.

    Attributes:
        since: Only documents of this day or later; one without a date is left out.
        until: Only documents of this day or earlier; the same.
        source: Only documents of this outlet: every word of it stands in the name of the outlet, whatever its
            case and accents, or it is the host of the address.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    source: str | None = None


EVERYTHING = Only()
