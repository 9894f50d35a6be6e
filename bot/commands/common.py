"""What the commands share: exit statuses, options, examples, questions from standard input."""

import datetime as dt
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.system.process import Exit
from index.errors import TrichDanError
from index.text.dates import mentions
from retrieval.records import DocumentFilter, Status

EXIT_OF = {
    Status.FOUND: Exit.DONE,
    Status.FAULT: Exit.FAULT,
    Status.NOT_FOUND: Exit.NOT_FOUND,
    Status.REFUSED: Exit.MISUSE,
}
"""By how a question ended; for several questions, the first of these that occurred counts."""

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir", metavar="DIR", help="Folder of the index. Default: TRICHDAN_DATA_DIR, or .data."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", metavar="", help="Write JSON, as docs/json.md describes it.")]


Since = Annotated[
    str | None,
    typer.Option("--since", metavar="DAY", help="Only documents of this day or later: 2024-04-22."),
]
Until = Annotated[
    str | None, typer.Option("--until", metavar="DAY", help="Only documents of this day or earlier.")
]
Outlet = Annotated[
    str | None,
    typer.Option("--source", metavar="OUTLET", help="Only documents of this outlet, by its name or host."),
]


class MisuseError(TrichDanError):
    """What was asked for on the command line makes no sense; `str()` is one complete sentence."""


def only(since: str | None, until: str | None, source: str | None) -> DocumentFilter:
    """Return the filter that the options of a command ask for.

    Raises:
        MisuseError: An option says no day, or the days leave none between them.
    """
    wanted = DocumentFilter(_day(since, "--since"), _day(until, "--until"), source)
    if wanted.since and wanted.until and wanted.since > wanted.until:
        raise MisuseError(
            "No day is since {since} and until {until}; exchange the two.",
            since=wanted.since,
            until=wanted.until,
        )
    if source is not None and not any(map(str.isalnum, source)):
        raise MisuseError(
            "--source {name} names no outlet; write a part of its name, or its host.", name=repr(source)
        )
    return wanted


def _day(written: str | None, option: str) -> dt.date | None:
    if written is None:
        return None
    found = mentions(written.strip(), None)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(written.strip())):
        raise MisuseError(
            "{option} {written} is not a day; write it as 2024-04-22 or 22/4/2024.",
            option=option,
            written=repr(written),
        )
    return found[0].date


def register(app: typer.Typer, name: str, command: Callable[..., object], epilog: str) -> None:
    """Make a function a command; typer would keep the line breaks inside the paragraphs of its docstring."""
    paragraphs = inspect.cleandoc(command.__doc__ or "").split("\n\n")
    text = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    app.command(name, help=text, epilog=epilog)(command)


def examples(*lines: str) -> str:
    """Write the examples that end a help text, each on a line of its own."""
    return "\n".join(["[bold]Examples[/bold]", *(f"  [cyan]{line}[/cyan]" for line in lines)])


def questions_on_stdin() -> Iterator[str]:
    """Read one question per line from standard input; broken UTF-8 becomes U+FFFD, empty lines stay."""
    for number, line in enumerate(sys.stdin.buffer):
        text = line.decode("utf-8", errors="replace").rstrip("\r\n")
        yield text.removeprefix("\ufeff") if number == 0 else text
