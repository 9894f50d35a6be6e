"""`trichdan index add`."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import DataDir, examples
from bot.commands.index.shared import Force, change

EXAMPLES = examples("trichdan index add article.md", "trichdan index add today/ --data-dir /srv/trichdan")


def add(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", show_default=False, help="Files, and folders with all below them."),
    ],
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """Add the documents of files and folders; each takes the place of the one with its id.

    Only what is new is read into the index, and the old one answers meanwhile.
    """
    from bot.screen import Screen
    from bot.settings import load
    from index.build import add_paths

    change(
        load(data_dir=data_dir),
        Screen(),
        force,
        lambda parts, progress, gate: add_paths(
            paths, parts.store, parts.encoder, parts.static, progress=progress, gate=gate
        ),
    )
