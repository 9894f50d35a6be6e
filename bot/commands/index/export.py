"""`trichdan index export`."""

from bot.commands.common import DataDir, examples

EXAMPLES = examples("trichdan index export > documents.jsonl", "trichdan index build documents.jsonl")


def export(data_dir: DataDir = None) -> None:
    """Write all documents as JSONL, a document a line; `index build` makes the same index of it again."""
    from bot.settings import load
    from bot.terminal.screen import Screen
    from index.sources.export import line
    from index.store import Store

    screen = Screen()
    with Store(load(data_dir=data_dir).data_dir).current() as generation:
        for document in generation.iter_documents():
            screen.write(line(document))
