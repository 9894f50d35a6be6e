"""`trichdan index push`."""

from typing import Annotated

import typer

from bot.commands.common import DataDir, MisuseError, examples
from bot.commands.index.shared import texts_of

EXAMPLES = examples("trichdan index push", "trichdan index push --check")


def push(
    check: Annotated[
        bool,
        typer.Option(
            "--check", metavar="", help="Compare what was there before, too, and mend what differs."
        ),
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Bring the index into the collection of TRICHDAN_COLLECTION, and answer from there.

    Only documents that are new or have changed travel, and are compared. A push that was ended goes on.
    """
    from bot.settings import load
    from bot.terminal.screen import Screen
    from index.remote.milvus import Milvus
    from index.remote.pushing import push as push_generation
    from index.store import Store

    settings, screen = load(data_dir=data_dir), Screen()
    address = settings.address()
    if address is None:
        raise MisuseError("TRICHDAN_COLLECTION says of no collection where to push; set it.")
    milvus = Milvus.connect(address)
    texts = texts_of(settings)
    try:
        with Store(settings.data_dir).current(spare=True) as generation, screen.progress(texts) as progress:
            pushed = push_generation(generation, milvus, progress, check=check)
    finally:
        milvus.close()
    screen.write(f"{generation.name}: {texts.pushed(pushed.sentences, pushed.travelled, pushed.digest)}\n")
