"""`trichdan index update`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import AsJson, DataDir, MisuseError, examples
from bot.commands.index.shared import Force, TextColumn, Verbose, change, texts_of
from bot.system.process import Exit

if TYPE_CHECKING:
    from index.indexer import BuildReport, Indexer

EXAMPLES = examples(
    "trichdan index update articles/",
    "trichdan index update --delete articles/",
    "trichdan index update --watch articles/",
)


def update(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...", show_default=False, help="Files and folders. Default: TRICHDAN_SOURCES."
        ),
    ] = None,
    delete: Annotated[
        bool,
        typer.Option(
            "--delete",
            metavar="",
            help="Remove also the documents that came from these paths and are not there any more.",
        ),
    ] = False,
    watch: Annotated[
        bool,
        typer.Option("--watch", metavar="", help="Go on at every change, until Ctrl-C. With --delete."),
    ] = False,
    text_column: TextColumn = None,
    force: Force = False,
    verbose: Verbose = False,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Take in what is new or has changed in files and folders; what has not changed costs nothing.

    Documents are compared by what they hold, not by the times of their files. What came from elsewhere, by
    `index add` or through Telegram, stays.

    While a file or folder cannot be read, nothing is removed, and the exit status is 1.
    """
    from bot.settings import load
    from bot.terminal.screen import Screen

    settings, screen = load(data_dir=data_dir, text_column=text_column), Screen()
    wanted = paths or settings.sources
    if not wanted:
        raise MisuseError("Name the files and folders to update from, or set TRICHDAN_SOURCES.")

    held_back = False

    def work(indexer: "Indexer") -> "BuildReport":
        nonlocal held_back
        report = indexer.update_paths(wanted) if delete or watch else indexer.add_paths(wanted)
        held_back = report.is_held_back
        return report

    if not watch:
        change(settings, screen, force, work, as_json=as_json, verbose=verbose)
        if held_back:
            raise typer.Exit(Exit.FAULT)
        return
    from bot.commands.index.watch import changes
    from bot.texts.messages import translate
    from index.errors import TrichDanError

    known, told = None, ""
    for _ in changes(wanted):
        try:
            known, told = (
                change(settings, screen, force, work, known=known, as_json=as_json, verbose=verbose),
                "",
            )
        except TrichDanError as error:  # a file that is half written, or a moment without space
            if str(error) != told:
                told = str(error)
                screen.warn(translate(error, texts_of(settings).language))
