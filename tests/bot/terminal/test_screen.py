"""What a terminal gets: width, looks, links, and nothing that a document could command."""

import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.terminal.paragraphs import Paragraph, Role, Run, Words, paragraphs
from bot.terminal.screen import OutputClosed, Screen
from bot.texts.vi import VI
from index.errors import SourceError
from retrieval.records import Quote
from tests.bot.fakes import DIGEST, SUMMIT, found

WORDS = Words(VI, lambda document: None)
SEQUENCE = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^;]*;[^\x1b]*\x1b\\")


class Terminal(io.StringIO):
    """A terminal that keeps what it is sent."""

    def isatty(self) -> bool:
        """Be one."""
        return True


def show(quotes: Iterable[Quote], monkeypatch: pytest.MonkeyPatch, columns: int = 80) -> str:
    """Return what a terminal of this width is sent for an answer."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal = Terminal()
    Screen(terminal, Terminal()).show(paragraphs(found("?", *quotes), WORDS))
    return terminal.getvalue()


@pytest.mark.parametrize("columns", [40, 57, 80, 200])
def test_wraps_between_words(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """No line is wider than the terminal, no word is broken, and beyond 96 columns lines grow no longer."""
    long = replace(SUMMIT, text=" ".join([SUMMIT.text] * 5), highlights=(), url=None)
    text = SEQUENCE.sub("", show([long], monkeypatch, columns))
    lines = text.splitlines()
    assert max(map(len, lines)) <= min(columns, 96)
    quote = text.split("Bế mạc")[0].removeprefix(" 1  ")
    assert quote.split() == long.text.split()
    assert len(lines) > 2


def test_quote_hangs_under_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """All lines of a quote and its citation begin in the fifth column."""
    lines = SEQUENCE.sub("", show([DIGEST], monkeypatch, 60)).splitlines()
    assert lines[0].startswith(" 1  Ngày 10/4")
    assert all(re.match(r"    \S", line) for line in lines[1:])


def test_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Matched words are bold, the address is a link that opens at the sentence."""
    out = show([SUMMIT], monkeypatch)
    assert "\x1b[1mHội nghị thượng đỉnh NATO\x1b[0m" in out
    assert re.search(r"\x1b\]8;id=\d+;https://news\.example/\S+#:~:text=\S+\x1b\\", out)


def test_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR there is no escape sequence at all, and the same words."""
    coloured = show([SUMMIT, DIGEST], monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    bare = show([SUMMIT, DIGEST], monkeypatch)
    assert "\x1b" not in bare
    assert bare == SEQUENCE.sub("", coloured)


def test_documents_cannot_command_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Escape sequences, colour markup, links and emoji codes of a document are shown, not obeyed."""
    text = "[bold]a[/bold] \x1b[2J\x1b]0;owned\x07 :smile: \x9b31m \u202etxt.exe [link=http://evil]x[/link]"
    hostile = replace(SUMMIT, text=text, highlights=(), title="\x1b[31mT", url="https://a.example/\x1b[0m")
    plain = SEQUENCE.sub("", show([hostile], monkeypatch, 200))
    assert "\x1b" not in plain
    assert "\x07" not in plain
    assert plain.startswith(
        " 1  [bold]a[/bold] ␛[2J␛]0;owned␇ :smile: \ufffd31m \ufffdtxt.exe [link=http://evil]x[/link]\n"
    )
    assert "␛[31mT · TTXVN" in plain


def test_address_is_never_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long address stays in one piece, so that it can be copied."""
    url = f"https://news.example/{'a' * 150}"
    assert url in SEQUENCE.sub("", show([replace(SUMMIT, url=url)], monkeypatch, 60)).splitlines()[-1]


def test_pipe_gets_exactly_the_text() -> None:
    """In a pipe nothing is added."""
    out = io.StringIO()
    screen = Screen(out, io.StringIO())
    screen.write("a\x1b[1m\u202e\n")
    assert not screen.is_terminal
    assert out.getvalue() == "a\x1b[1m\u202e\n"


def test_notices_stay_on_one_line() -> None:
    """A notice goes to standard error, on one line whatever a file's name holds."""
    out, err = io.StringIO(), io.StringIO()
    screen = Screen(out, err)
    screen.say("a\nb\x1b[31m")
    screen.warn("c\u2028d")
    assert out.getvalue() == ""
    assert err.getvalue() == "a b␛[31m\ntrichdan: c d\n"


def test_reader_that_goes_away() -> None:
    """A closed pipe is distinguished from every other fault."""

    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    with pytest.raises(OutputClosed):
        Screen(Closed(), io.StringIO()).write("x")


def test_table_in_a_pipe() -> None:
    """Columns line up, numbers to the right."""
    out = io.StringIO()
    Screen(out, io.StringIO()).table(["kind", "n"], [["vi", "5"], ["en-none", "112"]], numbers=[1])
    assert out.getvalue() == "kind       n\nvi         5\nen-none  112\n"


def test_table_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same cells, and markup in them is text."""
    monkeypatch.setenv("COLUMNS", "80")
    terminal = Terminal()
    Screen(terminal, Terminal()).table(["kind", "n"], [["[red]vi", "5"]], numbers=[1])
    rows = [line.split() for line in SEQUENCE.sub("", terminal.getvalue()).splitlines()]
    assert ["kind", "n"] in rows
    assert ["[red]vi", "5"] in rows


def test_table_on_a_narrow_terminal_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cells wrap instead of being cut off; those of whole columns stay on one line."""
    monkeypatch.setenv("COLUMNS", "40")
    terminal = Terminal()
    row = ["folder/" * 8, "2024-07-12", "Bế mạc hội nghị thượng đỉnh NATO ở Washington"]
    Screen(terminal, Terminal()).table(["document", "date", "title"], [row], whole=(1,))
    shown = SEQUENCE.sub("", terminal.getvalue())
    assert "…" not in shown
    assert row[1] in shown
    assert max(map(len, shown.splitlines())) <= 40
    for cell in row:
        assert not Counter("".join(cell.split())) - Counter(shown)


@pytest.mark.parametrize(("columns", "shown"), [("80", False), ("120", True)])
def test_spare_columns_want_a_wide_terminal(
    monkeypatch: pytest.MonkeyPatch, columns: str, shown: bool
) -> None:
    """What can be looked up elsewhere is left out of a narrow terminal, never out of a pipe."""
    monkeypatch.setenv("COLUMNS", columns)
    for out, expected in ((Terminal(), shown), (io.StringIO(), True)):
        Screen(out, Terminal()).table(["document", "address"], [["a.txt", "https://a.example"]], spare=(1,))
        assert "a.txt" in out.getvalue()
        assert ("https://a.example" in out.getvalue(), "address" in out.getvalue()) == (expected, expected)


def test_progress_in_a_pipe_tells_only_problems() -> None:
    """Bars are for people: a log gets what was left out and nothing else."""
    err = io.StringIO()
    with Screen(io.StringIO(), err).progress() as progress:
        progress.stage("reading", 2)
        progress.advance(1)
        progress.problem(SourceError("a.txt is empty; left out."))
    assert err.getvalue() == "trichdan: a.txt is empty; left out.\n"


@pytest.mark.parametrize(("count", "verbose"), [(3, False), (4, False), (13, True)])
def test_many_problems_are_one_line(count: int, verbose: bool) -> None:
    """A folder as offices have it does not fill the screen; each is named where that is asked for."""
    err = io.StringIO()
    with Screen(io.StringIO(), err).progress(verbose=verbose) as progress:
        for number in range(count):
            progress.problem(SourceError(f"{number}.jpg is a picture; this program reads text."))
    lines = err.getvalue().splitlines()
    if count == 4:
        assert lines == ["trichdan: 4 files or rows were left out or read in part; -v names each."]
    else:
        assert len(lines) == count


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bars name the stage, how far it is and how long it will take; problems stay on the screen."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")
    err = Terminal()
    with Screen(io.StringIO(), err).progress() as progress:
        progress.stage("reading", None)
        progress.advance(3)
        progress.stage("encoding", 4)
        progress.advance(4)
        progress.problem(SourceError("a.txt is empty; left out."))
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", err.getvalue())
    assert re.search(r"reading .* 100% \d:\d\d:\d\d", shown)
    assert re.search(r"encoding .* 100% \d:\d\d:\d\d", shown)
    assert "trichdan: a.txt is empty; left out.\n" in shown.replace("\r", "")


def test_an_empty_paragraph_is_an_empty_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Air is one line high, and an empty quote would still have its number."""
    terminal = Terminal()
    Screen(terminal, terminal).show([Paragraph(()), Paragraph((), 4, Run(" 1  ", Role.NUMBER))])
    assert [line.strip() for line in SEQUENCE.sub("", terminal.getvalue()).split("\n")] == ["", "1", ""]
