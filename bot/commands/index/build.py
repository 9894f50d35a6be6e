"""`trichdan index build`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import AsJson, DataDir, MisuseError, examples
from bot.commands.index.shared import Force, TextColumn, Verbose, change

if TYPE_CHECKING:
    from bot.settings import Settings
    from index.indexer import BuildReport, Indexer

EXAMPLES = examples(
    "trichdan index build articles/ notes.md news.jsonl",
    "trichdan index build --data-dir /srv/trichdan articles/",
)


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...",
            show_default=False,
            help="Files, and folders with all below them. Default: TRICHDAN_SOURCES, or the sample.",
        ),
    ] = None,
    text_column: TextColumn = None,
    force: Force = False,
    verbose: Verbose = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Build an index from files and folders, and answer from it from then on.

    Until the new index is complete and checked the old one answers. What cannot be read is named on standard
    error, and the rest is built. A build that was interrupted goes on where it was.
    """
    from bot.settings import load
    from bot.terminal.screen import Screen

    settings = load(data_dir=data_dir, text_column=text_column)
    wanted = paths or settings.sources
    if not wanted and _holds_own(settings):
        raise MisuseError(
            "Name the files and folders to build from, or set TRICHDAN_SOURCES; the sample takes the "
            "place of no documents of your own."
        )

    def work(indexer: "Indexer") -> "BuildReport":
        return indexer.build_paths(wanted) if wanted else indexer.build_sample()

    change(settings, Screen(), force, work, as_json=as_json, verbose=verbose)


def _holds_own(settings: "Settings") -> bool:
    """Tell whether there is an index that the sample would replace; one that cannot be opened may be."""
    from index.errors import GenerationCorrupt, GenerationMismatch, NoGeneration
    from index.store import Store

    try:
        with Store(settings.data_dir).current(spare=True) as generation:
            return not generation.is_sample
    except NoGeneration:
        return False
    except (GenerationCorrupt, GenerationMismatch):
        return True
