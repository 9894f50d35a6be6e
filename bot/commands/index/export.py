"""`trichdan index export`."""

from bot.commands.common import DataDir, examples

EXAMPLES = examples("trichdan index export > documents.jsonl", "trichdan index build documents.jsonl")


def export(data_dir: DataDir = None) -> None:
    """Write all documents as JSONL, a document a line; `index build` makes the same index of it again.

    An index of an earlier version is read as well.
    """
    from bot.settings import load
    from bot.terminal.screen import Screen
    from index.sources.tables.export import line
    from index.store import Store

    screen = Screen()
    for document, _ in Store(load(data_dir=data_dir).data_dir).documents():
        screen.write(line(document))
