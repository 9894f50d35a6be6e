"""`trichdan index show`."""

from typing import Annotated

import typer

from bot.commands.common import DataDir, MisuseError, examples

EXAMPLES = examples("trichdan index show notes.md")


def show(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", show_default=False, help="As `index list` names it.")
    ],
    data_dir: DataDir = None,
) -> None:
    """Show a document: what it says of itself, and its sentences, each with its line."""
    from bot.screen import Screen
    from bot.settings import load
    from index.store import Store

    screen = Screen()
    with Store(load(data_dir=data_dir).data_dir).current() as generation:
        try:
            held, rows = generation.document(document), generation.rows_of(document)
        except KeyError:
            raise MisuseError(
                f"There is no document {document!r}; `trichdan index list` names all there are."
            ) from None
        told = (
            ("id", held.id), ("title", held.title), ("source", held.source), ("url", held.url),
            ("date", held.date and f"{held.date.isoformat()} ({held.dated.value.replace('_', ' ')})"),
            ("sentences", str(len(rows))),
        )  # fmt: skip
        screen.table(("", ""), [[name, value] for name, value in told if value], whole=(0,))
        sentences = [generation.sentence(row) for row in rows]
    shown = [[str(sentence.line), " ".join(sentence.text.split())] for sentence in sentences]
    screen.table(("line", "sentence"), shown, numbers=(0,))
