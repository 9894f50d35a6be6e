"""What the commands that change the index share."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bot.texts.en import count

if TYPE_CHECKING:
    from bot.screen import Screen
    from bot.settings import Settings
    from bot.wiring import Parts
    from index.build import BuildReport, Gate
    from index.fetch import Addresses
    from index.progress import Progress

Force = Annotated[
    bool,
    typer.Option("--force", metavar="", help="Publish whatever TRICHDAN_QUESTIONS_FILE asks."),
]


def change(
    settings: "Settings",
    screen: "Screen",
    force: bool,
    work: "Callable[[Parts, Progress, Gate | None], BuildReport | None]",
    unchanged: str = "Nothing has changed.",
) -> None:
    """Change the index, with progress and under the operator's questions, and say what became of it."""
    from bot.gate import gate_of
    from bot.wiring import open_parts

    parts = open_parts(settings)
    gate = None if force else gate_of(settings, parts)
    with screen.progress() as progress:
        report = work(parts, progress, gate)
    screen.write(f"{told(report) if report else unchanged}\n")


def addresses_of(settings: "Settings") -> "Addresses":
    """Return the addresses that were added to the index.

    Raises:
        StoreError: What is remembered of them cannot be read.
    """
    from index.fetch import Addresses, Rules

    return Addresses(settings.data_dir, Rules(private=settings.fetch_private))


def told(report: "BuildReport") -> str:
    """Say in one line what a build did."""
    return (
        f"{report.generation}: {count(report.documents, 'document')}, {count(report.sentences, 'sentence')}, "
        f"{report.added} added, {report.changed} changed, {report.removed} removed, {report.reused} reused, "
        f"{count(len(report.problems), 'problem')}, {report.seconds:.1f} s"
    )
