"""Days and times as formats of Excel show them; pure."""

import datetime as dt
from collections.abc import Sequence

from index.sources.ooxml.format_codes import FormatPart, UnknownFormatError
from index.text.calendar import DAYS, MONTHS

_SECONDS = {"h": 3600, "m": 60, "s": 1}

Moment = dt.date | dt.time | dt.timedelta
"""A day with or without its time, a time without a day, or a length of time."""


def moment_in(value: Moment, section: Sequence[FormatPart]) -> str:
    """Return a day, a time or a length of time as a section of a format has it.

    Raises:
        UnknownFormatError: It is no format of such a value.
    """
    tokens = _with_minutes(section)
    kinds = [kind for kind, _ in tokens]
    if "foreign" in kinds and any(kind == "date" and text[0] in "md" and text[2:] for kind, text in tokens):
        raise UnknownFormatError
    places = kinds.count("figure")
    day, units = _parts(value, places)
    total, fraction = divmod(units, 10**places)
    hour = total // 3600 % 24
    clock = {"h": (hour + 11) % 12 + 1 if "half" in kinds else hour, "n": total // 60 % 60, "s": total % 60}
    figures = iter(f"{fraction:0{places}}")
    said: list[str] = []
    for kind, text in tokens:
        if kind == "elapsed":
            said.append(f"{total // _SECONDS[text[0]]:0{len(text)}}")
        elif kind == "half":
            said.append(("AM", "PM")[hour >= 12][: len(text) // 2])
        elif kind == "date" and text[0] in clock:
            said.append(f"{clock[text[0]]:0{min(len(text), 2)}}")
        elif kind == "date":
            said.append(_of_day(day, text))
        elif kind == "figure":
            said.append(next(figures))
        elif kind == "literal" or text in tuple(".,/"):
            said.append(text)
        elif kind != "foreign":
            raise UnknownFormatError
    return "".join(said)


def _with_minutes(section: Sequence[FormatPart]) -> list[FormatPart]:
    """Return the parts of a format, minutes as n: they follow hours, or stand before seconds."""
    tokens = list(section)
    units = [place for place, token in enumerate(tokens) if token.kind in ("date", "elapsed")]
    letters = ["", *(tokens[place].text[0] for place in units), ""]
    for number, place in enumerate(units, 1):
        kind, text = tokens[place]
        if (
            kind == "date"
            and text in ("m", "mm")
            and (letters[number - 1] == "h" or letters[number + 1] == "s")
        ):
            tokens[place] = FormatPart(kind, text.replace("m", "n"))
    return tokens


def _parts(value: Moment, places: int) -> tuple[dt.date | None, int]:
    """Return the day and the time since its beginning, or a length, in such parts of a second."""
    day = value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else None
    if isinstance(value, dt.timedelta):
        length = value
    elif isinstance(value, dt.datetime | dt.time):
        length = dt.timedelta(0, value.hour * 3600 + value.minute * 60 + value.second, value.microsecond)
    else:
        length = dt.timedelta()
    if length < dt.timedelta():
        raise UnknownFormatError
    units = round(length / dt.timedelta(seconds=1) * 10**places)
    if day is not None and units >= 86_400 * 10**places:
        return day + dt.timedelta(1), 0
    return day, units


def _of_day(day: dt.date | None, text: str) -> str:
    if day is None:
        raise UnknownFormatError
    if text[0] == "y":
        return f"{day.year:04}" if len(text) > 2 else f"{day.year % 100:02}"
    number, names = (day.month, MONTHS) if text[0] == "m" else (day.day, DAYS)
    if len(text) < 3:
        return f"{number:0{len(text)}}"
    name = names[day.month - 1 if text[0] == "m" else day.weekday()]
    return name[: {3: 3, 5: 1}.get(len(text), len(name))]
