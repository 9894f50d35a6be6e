"""What goes where: answers to standard output, notices and progress to standard error.

The only module that imports rich, and only when a person is looking.
"""

import io
import os
import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, TextIO

from bot.citation import safe
from bot.terminal.paragraphs import Paragraph, Role
from bot.texts.collection import EN, CollectionTexts
from bot.texts.messages import translate
from index.errors import Message, TrichDanError, of_system

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_MEASURE = 96  # columns: longer lines are tiring to read
_WIDE = 120  # columns
_TOLD = 3  # problems, one by one

_STYLES = {
    Role.QUESTION: "bold cyan",
    Role.NUMBER: "bold cyan",
    Role.QUOTE: "default",
    Role.MATCH: "bold",
    Role.CITATION: "dim",
    Role.URL: "dim cyan",
    Role.NOTICE: "bold yellow",
    Role.HINT: "dim",
}


class OutputClosed(Exception):  # noqa: N818 - says what is the case
    """Standard output takes no more; `message` says why, and is None where its reader has just gone away."""

    def __init__(self, message: Message | None = None) -> None:
        super().__init__(message)
        self.message = message


class Screen:
    """Standard output and standard error, each a terminal or a pipe."""

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self.is_terminal = self._out.isatty()

    def write(self, text: str) -> None:
        """Write to standard output exactly this text.

        Raises:
            OutputClosed: Nobody reads on, or the disk is full.
        """
        try:
            self._out.write(text)
            self._out.flush()
        except BrokenPipeError:
            raise OutputClosed from None
        except OSError as error:
            why = of_system(error)
            raise OutputClosed(Message("Standard output cannot be written: {why}.", why=why)) from None

    def show(self, paragraphs: Iterable[Paragraph]) -> None:
        """Write paragraphs to a terminal, wrapped to its width at spaces."""
        console = _console(self._out)
        width = min(console.width, _MEASURE)
        for paragraph in paragraphs:
            _show(console, paragraph, width)

    def say(self, sentence: str) -> None:
        """Tell something that is no part of the answer, on standard error."""
        self._note(sentence, "dim")

    def warn(self, sentence: str, *, above: "Bars | None" = None) -> None:
        """Tell what went wrong, on standard error, above the bars where there are some."""
        self._note(f"trichdan: {sentence}", "red", above)

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        numbers: Container[int] = (),
        whole: Container[int] = (),
        spare: Container[int] = (),
    ) -> None:
        """Write a table; on a terminal cells are wrapped to the width, and none is cut off.

        Args:
            head: Names of the columns.
            rows: Cells.
            numbers: Columns that are set to the right.
            whole: Columns whose cells are too short to be wrapped, as names and days.
            spare: Columns that a terminal has to be wide for.
        """
        cells = [[safe(cell) for cell in row] for row in rows]
        if not self.is_terminal:
            self.write("".join(_aligned([list(head), *cells], numbers)))
            return
        from rich import box
        from rich.table import Table
        from rich.text import Text

        console = _console(self._out)
        shown = [column for column in range(len(head)) if console.width >= _WIDE or column not in spare]
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
        for column in shown:
            justify: Literal["left", "right"] = "right" if column in numbers else "left"
            unbroken = column in numbers or column in whole
            table.add_column(head[column], justify=justify, no_wrap=unbroken, overflow="fold")
        for row in cells:
            table.add_row(*(Text(row[column]) for column in shown))
        console.print(table)

    @contextmanager
    def progress(
        self, texts: CollectionTexts = EN, known: Container[str] = (), *, verbose: bool = False
    ) -> Iterator["ProgressLine"]:
        """Show how far long work has come: bars on a terminal; elsewhere only what goes wrong is told.

        Args:
            texts: In which language.
            known: What has gone wrong before, and is not told again.
            verbose: Whether problems are told one by one, however many there are.
        """
        if not self._err.isatty():
            yield from _followed(ProgressLine(self, None, texts, known), verbose)
            return
        from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        columns = (
            TextColumn("{task.description:>10}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(elapsed_when_finished=True),
        )
        with Bars(*columns, console=_console(self._err), transient=True) as bars:
            yield from _followed(ProgressLine(self, bars, texts, known), verbose)

    def _note(self, sentence: str, style: str, above: "Bars | None" = None) -> None:
        line = safe(sentence)
        if self._err.isatty():
            from rich.text import Text

            console = above.console if above else _console(self._err)
            console.print(Text(line, style))
        else:
            self._err.write(f"{line}\n")
            self._err.flush()


class ProgressLine:
    """Is told how far long work has come; `index.progress.Progress` is what it has to be."""

    def __init__(
        self, screen: Screen, bars: "Bars | None", texts: CollectionTexts, known: Container[str] = ()
    ) -> None:
        self._screen = screen
        self._known = known
        self._texts = texts
        self._bars = bars
        self._task: TaskID | None = None
        self._done = 0
        self._problems: list[Message] = []

    def stage(self, name: str, total: int | None) -> None:
        """Begin a stage of `total` steps; the one before is over."""
        if self._bars is None:
            return
        if self._task is not None:
            self._bars.update(self._task, total=self._done, completed=self._done)
        self._task, self._done = self._bars.add_task(self._texts.stages.get(name, name), total=total), 0

    def advance(self, steps: int) -> None:
        """Go on by some steps of the stage."""
        self._done += steps
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task, steps)

    def problem(self, error: TrichDanError) -> None:
        """Note what is left out."""
        if str(error) not in self._known:
            self._problems.append(error.message)

    def tell(self, most: int | None = _TOLD) -> None:
        """Tell what is left out: one by one, or where that are more than `most`, how many."""
        if most is not None and len(self._problems) > most:
            self._screen.warn(self._texts.problems(len(self._problems)), above=self._bars)
            return
        for problem in self._problems:
            self._screen.warn(translate(problem, self._texts.language), above=self._bars)


def _followed(progress: ProgressLine, verbose: bool) -> Iterator[ProgressLine]:
    try:
        yield progress
    finally:
        progress.tell(None if verbose else _TOLD)


def prepare_streams() -> None:
    """Make standard output and standard error write UTF-8 whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def abandon_output() -> None:
    """Drop what is still to be written after the reader of the pipe has gone away."""
    # The interpreter flushes standard output when it ends, and would complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _console(stream: TextIO) -> "Console":
    from rich.console import Console

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    if console.no_color:
        # NO_COLOR asks for no colour; rich would still write other styles and links.
        console = Console(file=stream, highlight=False, markup=False, emoji=False, color_system=None)
    return console


def _show(console: "Console", paragraph: Paragraph, width: int) -> None:
    from rich.style import Style
    from rich.text import Text

    text = Text()
    for run in paragraph.runs:
        style = Style.parse(_STYLES[run.role])
        text.append(run.text, style + Style(link=run.link) if run.link else style)
    margin = (" " * paragraph.indent, "")
    first = (paragraph.marker.text, _STYLES[paragraph.marker.role]) if paragraph.marker else margin
    if any(run.role is Role.URL for run in paragraph.runs):
        # A broken address could not be clicked or copied.
        console.print(Text.assemble(first, text), soft_wrap=True)
        return
    for number, line in enumerate(text.wrap(console, max(width - paragraph.indent, 20))):
        line.rstrip()
        console.print(Text.assemble(margin if number else first, line), soft_wrap=True)


def _aligned(rows: Sequence[Sequence[str]], numbers: Container[int]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield f"{'  '.join(cells).rstrip()}\n"
