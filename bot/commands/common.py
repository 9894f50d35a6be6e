"""What the commands share: exit statuses, options, examples, questions from standard input."""

import sys
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import Annotated

import typer

from retrieval.records import Status


class Exit(IntEnum):
    """What the exit status tells a script."""

    FOUND = 0
    FAULT = 1
    MISUSE = 2
    NOT_FOUND = 3
    INTERRUPTED = 130
    BROKEN_PIPE = 141


EXIT_OF = {Status.FOUND: Exit.FOUND, Status.NOT_FOUND: Exit.NOT_FOUND, Status.REFUSED: Exit.MISUSE}

DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir", metavar="DIR", help="Folder of the index. Default: TRICHDAN_DATA_DIR, or .data."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", metavar="", help="Write JSON, as README describes it.")]


class MisuseError(Exception):
    """What was asked for on the command line makes no sense; `str()` is one complete sentence."""


def examples(*lines: str) -> str:
    """Write the examples that end a help text, each on a line of its own."""
    return "\n".join(["[bold]Examples[/bold]", *(f"  [cyan]{line}[/cyan]" for line in lines)])


def questions_on_stdin() -> Iterator[str]:
    """Read a question a line from standard input; broken UTF-8 becomes U+FFFD, empty lines stay."""
    for number, line in enumerate(sys.stdin.buffer):
        text = line.decode("utf-8", errors="replace").rstrip("\r\n")
        yield text.removeprefix("\ufeff") if number == 0 else text
