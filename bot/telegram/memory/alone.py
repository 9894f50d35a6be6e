"""One bot per data directory: two would share its memory, and delete each other's uploads."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from bot.system.private import private_folder
from index.disk import Disk
from index.errors import StoreBusy


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep the folder of the bot's own files to this process while the body runs.

    Raises:
        StoreBusy: Another process has it.
    """
    private_folder(folder)
    with Disk().lock(folder / "lock", create=True) as mine:
        if not mine:
            raise StoreBusy(
                "Another bot runs on {place}; give this one a TRICHDAN_DATA_DIR of its own.",
                place=folder.parent,
            )
        yield
