"""`trichdan index`: build, list and check what is known."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import DataDir, Exit, examples
from bot.texts.en import count
from index.errors import NoGeneration

if TYPE_CHECKING:
    from index.store import Stored

BUILD_EXAMPLES = examples(
    "trichdan index build articles/ notes.md news.jsonl",
    "trichdan index build --data-dir /srv/trichdan articles/",
)
LIST_EXAMPLES = examples("trichdan index list")
CHECK_EXAMPLES = examples("trichdan index check", "trichdan index check --data-dir /srv/trichdan")
ROLLBACK_EXAMPLES = examples("trichdan index rollback", "trichdan index rollback 000003-1f0c9a2b7d4e")
_HEAD = ("", "generation", "documents", "sentences", "newest", "encoder")
_NUMBERS = (2, 3)


def application() -> typer.Typer:
    """Put the commands of the family together."""
    app = typer.Typer(
        no_args_is_help=True, help="Build, list, check and roll back the index.", rich_markup_mode="rich"
    )
    app.command("build", epilog=BUILD_EXAMPLES)(build)
    app.command("list", epilog=LIST_EXAMPLES)(list_generations)
    app.command("check", epilog=CHECK_EXAMPLES)(check)
    app.command("rollback", epilog=ROLLBACK_EXAMPLES)(rollback)
    return app


def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH...",
            show_default=False,
            help="Files, and folders with all below them. Default: TRICHDAN_SOURCES, or the sample.",
        ),
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Build an index from files and folders, and answer from it from then on.

    Until the new index is complete and checked the old one answers. What cannot be read is named on standard
    error, and the rest is built.
    """
    from bot.screen import Screen
    from bot.settings import load
    from bot.wiring import default_sources, open_parts

    settings = load(data_dir=data_dir)
    screen = Screen()
    report = open_parts(settings).build(paths or default_sources(settings)[0], screen)
    screen.write(
        f"{report.generation}: {count(report.documents, 'document')}, {count(report.sentences, 'sentence')}, "
        f"{report.reused} reused, {count(len(report.problems), 'problem')}, {report.seconds:.1f} s\n"
    )


def list_generations(data_dir: DataDir = None) -> None:
    """List the generations of the index, oldest first; * marks the one that answers."""
    from bot.screen import Screen
    from bot.settings import load
    from index.store import Store

    settings = load(data_dir=data_dir)
    stored = Store(settings.data_dir).generations()
    if not stored:
        raise NoGeneration(
            f"{settings.data_dir} holds no index yet; run `trichdan index build` with your documents."
        )
    Screen().table(_HEAD, [_row(generation) for generation in stored], numbers=_NUMBERS)


def check(data_dir: DataDir = None) -> None:
    """Prove that the index is sound: every byte, every offset, every vector. Exit status 1 when it is not."""
    from bot.screen import Screen
    from bot.settings import load
    from bot.wiring import open_parts
    from index.check import check as find_faults

    screen = Screen()
    parts = open_parts(load(data_dir=data_dir))
    with parts.store.current(parts.encoder.identity, parts.static.revision) as generation:
        findings = find_faults(generation, encoder=parts.encoder, tokens=parts.static)
        for finding in findings:
            screen.warn(str(finding))
        held = f"{count(generation.documents, 'document')}, {count(generation.sentences, 'sentence')}"
        verdict = f"not sound, {count(len(findings), 'fault')}" if findings else "sound"
        screen.write(f"{generation.name}: {verdict}: {held}\n")
    raise typer.Exit(Exit.FAULT if findings else Exit.FOUND)


def rollback(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", show_default=False, help="As `index list` names it.")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Answer from an older generation again: the one named, or the newest sound one before."""
    from bot.screen import Screen
    from bot.settings import load
    from index.store import Store

    live = Store(load(data_dir=data_dir).data_dir).rollback(name)
    Screen().write(f"{live}: answers now\n")


def _row(stored: "Stored") -> list[str]:
    mark = "*" if stored.current else ""
    manifest = stored.manifest
    if manifest is None:
        return [mark, stored.name, "", "", "", "damaged"]
    newest = manifest.newest.isoformat() if manifest.newest else ""
    encoder = manifest.recipe.encoder.name
    return [mark, stored.name, str(manifest.documents), str(manifest.sentences), newest, encoder]
