"""`trichdan index remove`."""

from typing import Annotated

import typer

from bot.commands.common import DataDir, examples
from bot.commands.index.shared import Force, change

EXAMPLES = examples("trichdan index remove draft.md", "trichdan index remove 2024/a.txt 2024/b.txt")


def remove(
    documents: Annotated[
        list[str],
        typer.Argument(metavar="DOCUMENT...", show_default=False, help="As `index list` names them."),
    ],
    force: Force = False,
    data_dir: DataDir = None,
) -> None:
    """Remove documents; nothing of them is found or quoted any more. An unknown one removes nothing."""
    from bot.screen import Screen
    from bot.settings import load
    from index.build import remove as remove_documents

    change(
        load(data_dir=data_dir),
        Screen(),
        force,
        lambda parts, progress, gate: remove_documents(
            documents, parts.store, parts.encoder, parts.static, progress=progress, gate=gate
        ),
    )
