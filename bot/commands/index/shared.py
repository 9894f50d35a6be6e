"""What the commands that change the index share."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bot.texts.collection import CollectionTexts, collection_texts

if TYPE_CHECKING:
    from bot.screen import Screen
    from bot.settings import Settings
    from index.build import BuildReport, Indexer
    from index.fetch import Addresses

Force = Annotated[
    bool,
    typer.Option("--force", metavar="", help="Publish whatever TRICHDAN_QUESTIONS_FILE asks."),
]

Work = Callable[["Indexer"], "BuildReport | None"]
"""Changes the index, and reports what it did; None where there was nothing to do."""


def texts_of(settings: "Settings") -> CollectionTexts:
    """Return what is said, in the language that is set, else that of the system."""
    from bot.settings import spoken

    return collection_texts(spoken(settings.language))


def change(
    settings: "Settings", screen: "Screen", force: bool, work: Work, unchanged: str | None = None
) -> None:
    """Change the index, with progress and under the operator's questions, and say what became of it."""
    from bot.gate import gate_of
    from bot.wiring import open_parts

    parts, texts = open_parts(settings), texts_of(settings)
    gate = None if force else gate_of(settings, parts)
    with screen.progress(texts) as progress:
        report = work(parts.indexer(progress, gate))
    screen.write(f"{texts.changed(report) if report else unchanged or texts.unchanged}\n")


def addresses_of(settings: "Settings") -> "Addresses":
    """Return the addresses that were added to the index.

    Raises:
        StoreError: What is remembered of them cannot be read.
    """
    from index.fetch import Addresses, Rules

    return Addresses(settings.data_dir, Rules(private=settings.fetch_private))
