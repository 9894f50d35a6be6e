"""What the commands that change the index share."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Annotated

import typer

from bot.texts.collection import CollectionTexts, collection_texts

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.terminal.screen import Screen
    from index.fetch import Addresses
    from index.indexer import BuildReport, Indexer

Force = Annotated[
    bool,
    typer.Option("--force", metavar="", help="Publish whatever TRICHDAN_QUESTIONS_FILE asks."),
]

Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose", "-v", metavar="", help="Name each file and row that is left out, however many."
    ),
]

TextColumn = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        show_default=False,
        help="The column of tables that holds the text. Default: TRICHDAN_TEXT_COLUMN.",
    ),
]

Work = Callable[["Indexer"], "BuildReport | None"]
"""Changes the index, and reports what it did; None where there was nothing to do."""


def texts_of(settings: "Settings") -> CollectionTexts:
    """Return the texts, in the language that is set, else that of the system."""
    from bot.system.system_language import spoken

    return collection_texts(spoken(settings.language))


def change(
    settings: "Settings",
    screen: "Screen",
    force: bool,
    work: Work,
    unchanged: str | None = None,
    known: Collection[str] | None = None,
    *,
    as_json: bool = False,
    verbose: bool = False,
) -> frozenset[str]:
    """Change the index, with progress and the operator's questions as gate, and report the result.

    Args:
        settings: How.
        screen: Where to say it.
        force: Whether the operator's questions are skipped.
        work: What to do.
        unchanged: What to say where there was nothing to do.
        known: Of work that is done again and again, the problems that were told the last time: they are not
            told again, and nothing is said where nothing has changed.
        as_json: Whether to say it in JSON.
        verbose: Whether each problem is named.

    Returns:
        The problems.
    """
    from bot.acceptance import gate_of
    from bot.system.process import be_sparing
    from bot.terminal.answer_json import report_json
    from bot.wiring import open_parts

    be_sparing()
    parts, texts = open_parts(settings), texts_of(settings)
    gate = None if force else gate_of(settings, parts)
    with screen.progress(texts, known or (), verbose=verbose) as progress:
        report = work(parts.indexer(progress, gate))
    if report is None:
        screen.write("null\n" if as_json else f"{unchanged or texts.unchanged}\n")
        return frozenset()
    if known is None or report.added or report.changed or report.removed:
        screen.write(f"{report_json(report) if as_json else texts.changed(report)}\n")
    if report.sample_left:
        screen.say(texts.sample_left)
    return frozenset(map(str, report.problems))


def addresses_of(settings: "Settings") -> "Addresses":
    """Return the addresses that were added to the index.

    Raises:
        StoreError: What is remembered of them cannot be read.
    """
    from bot.wiring import reading_options
    from index.fetch import Addresses, Rules

    rules = Rules(private=settings.fetch_private)
    return Addresses(settings.data_dir, rules, reading_options(settings.text_column))
