"""The prompt of `trichdan chat`; the only module that imports prompt_toolkit."""

import os
from collections.abc import Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from bot.system.private import private_file

HISTORY = "chat_history"


def typed_questions(
    data_dir: Path, *, source: Input | None = None, sink: Output | None = None
) -> Iterator[str]:
    """Ask for questions until Ctrl-D; Ctrl-C drops the line that is being typed.

    Args:
        data_dir: Where the history of questions is kept, readable by its owner only.
        source: Keyboard, the terminal's where not given.
        sink: Screen, the terminal's where not given.
    """
    session: PromptSession[str] = PromptSession(
        history=_history(data_dir / HISTORY),
        enable_history_search=True,
        placeholder=FormattedText([("fg:ansibrightblack", "Hỏi… / ask…")]),
        input=source,
        output=sink,
    )
    prompt = FormattedText([("bold fg:ansicyan", "❯ ")])
    while True:
        try:
            question = session.prompt(prompt)
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if question.strip():
            yield question


def _history(path: Path) -> History:
    """Keep the history in a file; if none can be written, for this run only."""
    try:
        os.close(private_file(path, os.O_WRONLY | os.O_APPEND))
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))
