"""`trichdan chat`: question after question, with history and line editing."""

from typing import Annotated

import typer

from bot.commands.common import DataDir, Outlet, Since, Until, examples, only, questions_on_stdin

EXAMPLES = examples("trichdan chat", "trichdan chat --top 1", "trichdan chat < questions.txt")


def chat(
    top: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=50, help="Most quotes to show. Default: TRICHDAN_TOP, or 3."),
    ] = None,
    since: Since = None,
    until: Until = None,
    source: Outlet = None,
    data_dir: DataDir = None,
) -> None:
    """Ask question after question: arrow keys edit and go back in history, Ctrl-D leaves.

    A question such as "còn Đức thì sao?" or "what about Germany?" goes on with the one before.
    """
    import sys

    from bot.settings import load
    from bot.system.system_language import spoken
    from bot.terminal.asker import Asker, Style
    from bot.terminal.screen import Screen
    from bot.texts.choose import texts_for
    from bot.texts.collection import collection_texts
    from bot.wiring import open_collection

    filtered = only(since, until, source)
    settings = load(data_dir=data_dir)
    screen = Screen()
    with open_collection(settings, screen) as collection:
        if sys.stdin.isatty() and screen.is_terminal:
            from bot.terminal.prompt import typed_questions

            language = spoken(settings.language)
            coverage = texts_for("", language).coverage(
                collection.documents, collection.sentences, collection.newest
            )
            screen.say(f"{coverage} {collection_texts(language).leaves}")
            style = Style(top=top or settings.top, language=settings.language, only=filtered)
            questions = typed_questions(settings.data_dir)
        else:
            style = Style(top=top or settings.top, headed=True, language=settings.language, only=filtered)
            questions = questions_on_stdin()
        asker = Asker(collection, screen, style)
        for question in questions:
            if question.strip():
                asker.go_on(question)
