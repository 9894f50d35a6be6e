"""The prompt of `trichdan chat`; the only module that imports prompt_toolkit."""

from collections.abc import Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

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
    """Keep the history in a file of its own; where none can be written, for this run only."""
    try:
        path.touch(mode=0o600)
        with path.open("ab"):
            pass
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))
