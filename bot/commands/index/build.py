"""`trichdan index build`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import AsJson, DataDir, examples
from bot.commands.index.shared import Force, TextColumn, change

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
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Build an index from files and folders, and answer from it from then on.

    Until the new index is complete and checked the old one answers. What cannot be read is named on standard
    error, and the rest is built. A build that was interrupted goes on where it was.
    """
    from bot.settings import load
    from bot.terminal.screen import Screen
    from bot.wiring import default_sources

    settings = load(data_dir=data_dir, text_column=text_column)
    wanted = paths or default_sources(settings)
    change(settings, Screen(), force, lambda indexer: indexer.build_paths(wanted), as_json=as_json)
