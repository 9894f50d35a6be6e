"""`trichdan index rollback`."""

from typing import Annotated

import typer

from bot.commands.common import DataDir, examples
from bot.commands.index.shared import texts_of

EXAMPLES = examples("trichdan index rollback", "trichdan index rollback 000003-1f0c9a2b7d4e")


def rollback(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", show_default=False, help="As `index generations` does."),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Answer from an older generation again: the one named, or the newest sound one before."""
    from bot.settings import load
    from bot.terminal.screen import Screen
    from index.store import Store

    settings = load(data_dir=data_dir)
    live = Store(settings.data_dir).rollback(name)
    Screen().write(f"{live}: {texts_of(settings).answers}\n")
