"""`trichdan index add`."""

from functools import partial
from typing import Annotated

import typer

from bot.commands.common import AsJson, DataDir, examples
from bot.commands.index.shared import Force, TextColumn, Verbose, addresses_of, change

EXAMPLES = examples(
    "trichdan index add article.md",
    "trichdan index add today/ --data-dir /srv/trichdan",
    "trichdan index add https://example.com/article.html https://example.com/news.rss",
)


def add(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL...",
            show_default=False,
            help="Files, folders with all below them, and addresses of pages, files and feeds.",
        ),
    ],
    text_column: TextColumn = None,
    force: Force = False,
    verbose: Verbose = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Add the documents of files, folders and addresses; each takes the place of the one with its id.

    Only what is new is read into the index, and the old one answers meanwhile. `index refresh` asks the
    addresses again.
    """
    from bot.settings import load
    from bot.terminal.screen import Screen
    from index.fetch import add_all

    settings = load(data_dir=data_dir, text_column=text_column)
    change(
        settings,
        Screen(),
        force,
        partial(add_all, names, addresses_of(settings)),
        as_json=as_json,
        verbose=verbose,
    )
