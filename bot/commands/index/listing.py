"""`trichdan index list`."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import AsJson, DataDir, Outlet, Since, Until, examples, only
from bot.commands.index.shared import texts_of
from bot.system.process import Exit

if TYPE_CHECKING:
    from index.generation.catalogue import Summary

EXAMPLES = examples(
    "trichdan index list", 'trichdan index list --title "viện trợ" --since 2024-04-01 --source baotintuc.vn'
)


def list_documents(
    title: Annotated[
        str | None,
        typer.Option(
            "--title",
            metavar="TEXT",
            help="Only titles that hold these words, accents or none.",
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    source: Outlet = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """List the documents of the index that answers, by their ids. Exit status 3 when there is none."""
    from bot.settings import load
    from bot.terminal.answer_json import listed_json
    from bot.terminal.screen import Screen
    from index.generation import DOCUMENT
    from index.store import Store
    from retrieval.filters import Selection

    wanted, words = only(since, until, source), _words(title)
    settings = load(data_dir=data_dir)
    texts = texts_of(settings)
    with Store(settings.data_dir).current() as generation:
        rows = Selection(generation).mask(wanted)
        places = generation.places if rows is None else generation.places[rows]
        asked = set(places[:, DOCUMENT].tolist())
        found = [
            summary
            for position, summary in enumerate(generation.summaries())
            if position in asked and words <= _words(summary.title)
        ]
    screen = Screen()
    if as_json:
        screen.write("".join(f"{listed_json(summary)}\n" for summary in found))
        raise typer.Exit(Exit.DONE if found else Exit.NOT_FOUND)
    if not found:
        screen.say(texts.none_listed)
        raise typer.Exit(Exit.NOT_FOUND)
    screen.table(texts.listed, [_row(summary) for summary in found], whole=(1,), spare=(4,))


def _words(title: str | None) -> set[str]:
    from index.text.terms import fold, terms

    return {fold(term) for term in terms(title or "")}


def _row(summary: "Summary") -> list[str]:
    date = summary.date.isoformat() if summary.date else ""
    return [summary.id, date, summary.source or "", summary.title or "", summary.url or ""]
