"""`trichdan index show`."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import AsJson, DataDir, MisuseError, examples
from bot.commands.index.shared import texts_of

if TYPE_CHECKING:
    from bot.texts.collection import CollectionTexts
    from index.remarks import Remark

_MOST_PAGES = 20

EXAMPLES = examples("trichdan index show notes.md")


def show(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", show_default=False, help="As `index list` names it.")
    ],
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Show a document: what it says of itself, and its sentences, each with its line."""
    from bot.settings import load
    from bot.terminal.answer_json import document_json
    from bot.terminal.screen import Screen
    from index.store import Store

    screen = Screen()
    settings = load(data_dir=data_dir)
    texts = texts_of(settings)
    with Store(settings.data_dir).current() as generation:
        try:
            held, rows = generation.document(document), generation.rows_of(document)
        except KeyError:
            raise MisuseError(
                "There is no document {name}; `trichdan index list` names all there are.", name=repr(document)
            ) from None
        origin = generation.origins()[generation.position(document)]
        sentences = [generation.sentence(row) for row in rows]
        if as_json:
            screen.write(f"{document_json(held, origin, sentences)}\n")
            return
        day = f"{held.date.isoformat()} ({texts.dated[held.dated]})" if held.date else None
        said = (
            held.id, held.title, held.author, held.source, held.url, held.language, day,
            str(len(held.pages) or ""), str(len(rows)), origin,
        )  # fmt: skip
        told = [[name, value] for name, value in zip(texts.shown, said, strict=True) if value]
        screen.table(("", ""), told, whole=(0,))
        if held.remarks:
            screen.table(texts.remarked, [_remark(each, texts) for each in held.remarks])
    shown = [[str(sentence.line), " ".join(sentence.text.split())] for sentence in sentences]
    screen.table(texts.sentences, shown, numbers=(0,))


def _remark(remark: "Remark", texts: "CollectionTexts") -> list[str]:
    pages = [str(page) for page in remark.pages]
    return [
        texts.remarks[remark.kind](remark.count),
        ", ".join(pages[:_MOST_PAGES]) + (", …" if len(pages) > _MOST_PAGES else ""),
        " · ".join(remark.samples),
    ]
