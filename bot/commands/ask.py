"""`trichdan ask`: quotes for one question, or for one question per line."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

import typer

from bot.commands.common import (
    EXIT_OF,
    AsJson,
    DataDir,
    MisuseError,
    Outlet,
    Since,
    Until,
    examples,
    only,
    questions_on_stdin,
)
from bot.system.process import Exit
from retrieval.records import Status

EXAMPLES = examples(
    'trichdan ask "Hội nghị thượng đỉnh NATO năm 2025 tổ chức ở đâu?"',
    'trichdan ask --top 1 "Where will NATO meet in 2025?"',
    'trichdan ask --since 2024-07-01 --source TTXVN "NATO họp thượng đỉnh ở đâu?"',
    'trichdan ask --all "ai la tong thu ky NATO"',
    'trichdan ask --explain --top 1 "Where will NATO meet in 2025?"',
    "trichdan ask --json - < questions.txt",
)
_NEAREST = 10


def ask(
    question: Annotated[
        list[str],
        typer.Argument(
            metavar="QUESTION",
            show_default=False,
            help="The question; - reads one a line from standard input.",
        ),
    ],
    top: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=50, help="Most quotes to show. Default: TRICHDAN_TOP, or 3."),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            metavar="",
            help="Show the best ranked sentences (10, or --top), the unlikely ones marked.",
        ),
    ] = False,
    explained: Annotated[
        bool,
        typer.Option(
            "--explain",
            metavar="",
            help="Say why each sentence stands where it does, and why the question was answered or not.",
        ),
    ] = False,
    since: Since = None,
    until: Until = None,
    source: Outlet = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Answer with sentences of the collection, word for word, each with its citation.

    Exit status: 0 found, 3 no sure answer, 2 a question or option that cannot be used, 1 a fault.

    Exit status for several questions: 0 when at least one was found, else 3, or 2 when none could be used.
    """
    from bot.settings import load
    from bot.terminal.asker import Asker, Style
    from bot.terminal.screen import Screen
    from bot.wiring import open_collection

    filtered = only(since, until, source)
    settings = load(data_dir=data_dir)
    screen = Screen()
    several = question == ["-"]
    questions: Iterable[str] = questions_on_stdin() if several else [" ".join(question)]
    style = Style(
        top=top or (_NEAREST if everything else settings.top),
        everything=everything,
        as_json=as_json,
        headed=several and not as_json,
        explained=explained,
        hinted=True,
        language=settings.language,
        only=filtered,
    )
    with open_collection(settings, screen) as collection:
        asker = Asker(collection, screen, style)
        ended = Counter(asker.ask(one) for one in questions)
    raise typer.Exit(_status(ended))


def _status(ended: Counter[Status]) -> Exit:
    if not ended:
        raise MisuseError("There is no question on standard input.")
    return next(code for status, code in EXIT_OF.items() if ended[status])
