"""`trichdan index upgrade`."""

from typing import TYPE_CHECKING

from bot.commands.common import AsJson, DataDir, examples
from bot.commands.index.shared import Force, Verbose, change

if TYPE_CHECKING:
    from index.indexer import BuildReport, Indexer

EXAMPLES = examples("trichdan index upgrade", "trichdan index upgrade --data-dir /srv/trichdan")


def upgrade(
    force: Force = False, verbose: Verbose = False, as_json: AsJson = False, data_dir: DataDir = None
) -> None:
    """Make the index of its own documents anew, as this version and its encoder do.

    Every earlier version is read. The old index stays until the new one is complete and checked.
    """
    from bot.settings import load
    from bot.terminal.screen import Screen

    def work(indexer: "Indexer") -> "BuildReport":
        return indexer.upgrade()

    change(load(data_dir=data_dir), Screen(), force, work, as_json=as_json, verbose=verbose)
