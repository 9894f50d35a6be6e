"""`trichdan index remove`."""

from functools import partial
from typing import Annotated

import typer

from bot.commands.common import AsJson, DataDir, examples
from bot.commands.index.shared import Force, addresses_of, change, texts_of

EXAMPLES = examples("trichdan index remove draft.md", "trichdan index remove 2024/a.txt 2024/b.txt")


def remove(
    documents: Annotated[
        list[str],
        typer.Argument(
            metavar="DOCUMENT...",
            show_default=False,
            help="As `index list` names them; also a feed's address.",
        ),
    ],
    force: Force = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Remove documents; nothing of them is found or quoted any more. An unknown one removes nothing.

    An address that is removed is not asked again by `index refresh`; of a feed the articles stay.
    """
    from bot.settings import load
    from bot.terminal.screen import Screen
    from index.fetch import remove_all

    settings = load(data_dir=data_dir)
    work = partial(remove_all, documents, addresses_of(settings))
    change(settings, Screen(), force, work, texts_of(settings).nothing_removed, as_json=as_json)
