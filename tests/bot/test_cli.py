"""The command line with a stand-in for the collection: what it writes where, and how it ends."""

import io
import json
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import bot.wiring
from bot.cli import allow_open_files, run
from bot.settings import Settings, names
from bot.terminal.open_collection import OpenCollection
from bot.terminal.screen import Screen
from bot.texts.vi import VI
from index.errors import EncoderError, GenerationCorrupt, SourceError, StoreError
from tests.bot.fakes import DIGEST, SUMMIT, WEAK, FakeAnswerer, collection

NONE_VI = "Không tìm thấy câu trả lời chắc chắn. Thêm --all để xem những câu gần nhất."
NONE_EN = "No sure answer was found. Add --all to see the nearest sentences."


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


class CommandLine:
    """Runs commands over the stand-in; remembers what it was asked and with which settings."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.answerer = FakeAnswerer()
        self.settings: Settings | None = None
        self.fault: BaseException | None = None
        self._monkeypatch = monkeypatch
        self._capsys = capsys

        @contextmanager
        def open_collection(settings: Settings, screen: Screen) -> Iterator[OpenCollection]:
            self.settings = settings
            if self.fault:
                raise self.fault
            yield collection(self.answerer)

        monkeypatch.setattr(bot.wiring, "open_collection", open_collection)

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Ended:
        """Run one command."""
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        status = run(arguments)
        captured = self._capsys.readouterr()
        return Ended(status, captured.out, captured.err)


@pytest.fixture
def trichdan(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> CommandLine:
    """Return the command line, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return CommandLine(monkeypatch, capsys)


def test_found(trichdan: CommandLine) -> None:
    """Quotes on standard output, nothing on standard error, exit status 0."""
    ended = trichdan("ask", "NATO họp ở đâu?")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.splitlines()[0] == SUMMIT.text
    assert DIGEST.text in ended.out
    assert trichdan.answerer.asked == [("NATO họp ở đâu?", 3, 0)]


def test_words_without_quotation_marks(trichdan: CommandLine) -> None:
    """A question may be typed as it is."""
    assert trichdan("ask", "where", "is", "NATO?").status == 0
    assert trichdan.answerer.asked[0][0] == "where is NATO?"


def test_not_found(trichdan: CommandLine) -> None:
    """The plain word in the language of the question, exit status 3."""
    assert trichdan("ask", "giá vàng hôm nay?") == Ended(3, f"{NONE_VI}\n", "")
    assert trichdan("ask", "the price of gold today?") == Ended(3, f"{NONE_EN}\n", "")


def test_language_setting(trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A language that is set is spoken to everybody."""
    monkeypatch.setenv("TRICHDAN_LANGUAGE", "vi")
    assert trichdan("ask", "the price of gold today?").out == f"{NONE_VI}\n"


@pytest.mark.parametrize("question", ["", "   ", "\t\n"])
def test_refused(trichdan: CommandLine, question: str) -> None:
    """A question that cannot be asked is misuse; the reason is one sentence on standard error."""
    told = "trichdan: The question is empty; write what you want to know.\n"
    assert trichdan("ask", question) == Ended(2, "", told)


def test_an_empty_question_is_in_the_language_of_the_system(
    trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has none itself; a setting wins over the system's."""
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert "đang trống" in trichdan("ask", " ").err
    monkeypatch.setenv("TRICHDAN_LANGUAGE", "en")
    assert "is empty" in trichdan("ask", " ").err


def test_refused_in_vietnamese(trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is given in the language that is set, or else in the language of the question."""
    monkeypatch.setenv("TRICHDAN_LANGUAGE", "vi")
    told = "trichdan: Câu hỏi đang trống; bạn viết điều muốn biết nhé.\n"
    assert trichdan("ask", "") == Ended(2, "", told)


def test_top(trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option wins over the setting."""
    monkeypatch.setenv("TRICHDAN_TOP", "2")
    trichdan("ask", "NATO?")
    assert DIGEST.text not in trichdan("ask", "NATO?", "--top", "1").out
    assert [top for _, top, _ in trichdan.answerer.asked] == [2, 1]


def test_all(trichdan: CommandLine) -> None:
    """Ten ranked sentences, or as many as asked for; those below the threshold are marked."""
    ended = trichdan("ask", "--all", "NATO?")
    assert ended.out.index(SUMMIT.text) < ended.out.index(DIGEST.text) < ended.out.index(WEAK.text)
    assert ended.out.count("perhaps related") == 1
    assert WEAK.text not in trichdan("ask", "--all", "--top", "2", "NATO?").out
    assert trichdan.answerer.asked == [("NATO?", 10, 10), ("NATO?", 2, 2)]


def test_all_does_not_turn_no_into_yes(trichdan: CommandLine) -> None:
    """Sentences below the threshold are shown, and the exit status stays 3."""
    ended = trichdan("ask", "--all", "the price of gold?")
    assert ended.status == 3
    assert ended.out.startswith("No sure answer was found.\n")
    assert WEAK.text in ended.out


def test_json(trichdan: CommandLine) -> None:
    """One object, and the same exit statuses."""
    found = trichdan("ask", "--json", "NATO?")
    assert found.status == 0
    assert [quote["text"] for quote in json.loads(found.out)["quotes"]] == [SUMMIT.text, DIGEST.text]
    absent = trichdan("ask", "--json", "gold?")
    assert (absent.status, json.loads(absent.out)["status"]) == (3, "not_found")
    refused = trichdan("ask", "--json", "")
    assert (refused.status, json.loads(refused.out)["status"]) == (2, "refused")
    assert refused.err == "trichdan: The question is empty; write what you want to know.\n"


def test_json_all(trichdan: CommandLine) -> None:
    """The ranked sentences, each marked."""
    value = json.loads(trichdan("ask", "--json", "--all", "gold?").out)
    assert value["status"] == "not_found"
    assert [(quote["text"], quote["below_threshold"]) for quote in value["quotes"]] == [(WEAK.text, True)]


def test_explain(trichdan: CommandLine) -> None:
    """The answer, then the reasons, in the language of the question, for as many sentences as asked for."""
    ended = trichdan("ask", "--explain", "--top", "2", "NATO họp ở đâu?")
    assert ended.status == 0
    assert SUMMIT.text in ended.out.split("\n\nCâu hỏi được hiểu")[0]
    assert "khớp từng từ" in ended.out
    assert trichdan.answerer.explained == [("NATO họp ở đâu?", 2)]
    absent = trichdan("ask", "--explain", "the price of gold?")
    assert absent.status == 3
    assert "Turned away: the first sentence is 20% probable" in absent.out
    assert trichdan("ask", "--explain", "") == Ended(
        2, "", "trichdan: The question is empty; write what you want to know.\n"
    )


def test_explain_as_json(trichdan: CommandLine) -> None:
    """The explanation is one more field at the end."""
    value = json.loads(trichdan("ask", "--json", "--explain", "NATO?").out)
    assert list(value)[-1] == "explanation"
    (sentence,) = value["explanation"]["sentences"]
    assert sentence["score"] == sum(part["contribution"] for part in sentence["score_parts"]) == 1.5
    assert "explanation" not in json.loads(trichdan("ask", "--json", "NATO?").out)
    refused = json.loads(trichdan("ask", "--json", "--explain", "").out)
    assert refused["explanation"]["sentences"] == []


def test_a_question_a_line(trichdan: CommandLine) -> None:
    """Line n of the output belongs to line n of the input, empty and broken lines too."""
    stdin = "\ufeffNATO?\r\n\nvàng?\n".encode() + b"NATO \xff?"
    ended = trichdan("ask", "--json", "-", stdin=stdin)
    answers = [json.loads(line) for line in ended.out.splitlines()]
    assert [answer["question"] for answer in answers] == ["NATO?", "", "vàng?", "NATO \ufffd?"]
    assert [answer["status"] for answer in answers] == ["found", "refused", "not_found", "found"]
    assert ended.status == 0


@pytest.mark.parametrize(
    ("stdin", "status"),
    [(b"gold?\nNATO?\n\n", 0), (b"gold?\n\n", 3), (b"\n\n", 2), (b"", 2)],
    ids=["one found", "none found", "none usable", "none at all"],
)
def test_status_of_several(trichdan: CommandLine, stdin: bytes, status: int) -> None:
    """0 when any was found, else 3, or 2 when none could be used."""
    assert trichdan("ask", "-", stdin=stdin).status == status


def test_several_as_text(trichdan: CommandLine) -> None:
    """Each answer is below its question."""
    ended = trichdan("ask", "--top", "1", "-", stdin="NATO?\nvàng ở đâu?\n".encode())
    lines = ended.out.splitlines()
    assert lines[:2] == ["> NATO?", SUMMIT.text]
    assert lines[3:6] == ["", "> vàng ở đâu?", NONE_VI]


def test_data_dir(trichdan: CommandLine) -> None:
    """The option reaches the wiring."""
    trichdan("ask", "--data-dir", "elsewhere", "NATO?")
    assert trichdan.settings is not None
    assert trichdan.settings.data_dir == Path("elsewhere")


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (StoreError("The data directory cannot be read."), 1),
        (GenerationCorrupt("A file is damaged."), 1),
        (EncoderError("The model cannot be loaded."), 1),
        (SourceError("nowhere does not exist."), 2),
    ],
)
def test_faults_are_one_sentence(trichdan: CommandLine, fault: Exception, status: int) -> None:
    """What a floor below says is said, without a traceback."""
    trichdan.fault = fault
    assert trichdan("ask", "NATO?") == Ended(status, "", f"trichdan: {fault}\n")


def test_interrupted(trichdan: CommandLine) -> None:
    """Ctrl-C ends quietly."""
    trichdan.fault = KeyboardInterrupt()
    assert trichdan("ask", "NATO?") == Ended(130, "", "")


def test_a_bug_is_not_hidden(trichdan: CommandLine) -> None:
    """What nobody expected keeps its traceback, for the report."""
    trichdan.fault = ZeroDivisionError("bug")
    with pytest.raises(ZeroDivisionError):
        trichdan("ask", "NATO?")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask"], "Missing argument 'QUESTION'"),
        (["ask", "--top", "0", "x"], "--top"),
        (["ask", "--top", "many", "x"], "--top"),
        (["ask", "--colour", "x"], "No such option"),
        (["aks", "x"], "No such command 'aks'"),
        (["eval"], "Missing argument 'FILE'"),
        (["eval", "missing.jsonl"], "missing.jsonl cannot be read"),
        (["index", "destroy"], "No such command"),
    ],
)
def test_misuse(trichdan: CommandLine, arguments: list[str], said: str) -> None:
    """One line on standard error, exit status 2."""
    ended = trichdan(*arguments)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert ended.err.startswith("trichdan: ")
    assert ended.err.count("\n") == 1


def test_bad_setting(trichdan: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad setting is misuse, and named."""
    monkeypatch.setenv("TRICHDAN_THRESHOLD", "7")
    ended = trichdan("ask", "NATO?")
    assert ended.status == 2
    assert "TRICHDAN_THRESHOLD" in ended.err


@pytest.mark.parametrize(
    "command",
    [
        [],
        ["ask"],
        ["chat"],
        ["eval"],
        ["index", "build"],
        ["index", "add"],
        ["index", "update"],
        ["index", "remove"],
        ["index", "list"],
        ["index", "show"],
        ["index", "export"],
        ["index", "generations"],
        ["index", "check"],
        ["index", "rollback"],
    ],
    ids=" ".join,
)
def test_help_has_examples(trichdan: CommandLine, command: list[str]) -> None:
    """Every command explains itself with at least one example of itself."""
    ended = trichdan(*command, "--help")
    assert ended.status == 0
    examples = ended.out.split("Examples")[1]
    assert " ".join(["trichdan", *command]) in examples
    assert "TODO" not in ended.out


def test_no_command_shows_the_help(trichdan: CommandLine) -> None:
    """Alone, the program says what it can do, and that something was missing."""
    ended = trichdan()
    assert (ended.status, ended.err) == (2, "")
    assert "Usage: trichdan" in ended.out


def test_chat_without_a_terminal(trichdan: CommandLine) -> None:
    """Questions from a pipe are answered like typed ones; empty lines are passed over."""
    ended = trichdan("chat", "--top", "1", stdin=b"NATO?\n\ngold?\n")
    assert ended.status == 0
    assert [line for line in ended.out.splitlines() if line.startswith(">")] == ["> NATO?", "> gold?"]
    assert SUMMIT.text in ended.out


def test_chat_goes_on(trichdan: CommandLine) -> None:
    """A question that leans on the one before is spelled out, and it is said how; `ask` bends none."""
    talk = "NATO họp ở đâu?\ncòn EU thì sao?\nwhat about NATO?\n".encode()
    ended = trichdan("chat", stdin=talk)
    asked = ["NATO họp ở đâu?", "EU họp ở đâu?", "NATO họp ở đâu?"]
    assert [question for question, _, _ in trichdan.answerer.asked] == asked
    lines = ended.out.splitlines()
    assert lines[lines.index("> còn EU thì sao?") + 1] == "Hiểu là: EU họp ở đâu?"
    assert lines[lines.index("> what about NATO?") + 1] == "Understood as: NATO họp ở đâu?"
    assert ended.out.count("Hiểu là") == 1
    trichdan.answerer.asked.clear()
    assert "Hiểu là" not in trichdan("ask", "-", stdin=talk).out
    assert trichdan.answerer.asked[1][0] == "còn EU thì sao?"


def test_chat_knows_who_is_meant(trichdan: CommandLine) -> None:
    """A pronoun is spelled out by the talk as in Telegram; where two may be meant, a number chooses."""
    talk = (
        "Jens Stoltenberg nói gì với NATO?\nông ấy rời NATO ngày nào?\nOlaf Scholz gặp Mark Rutte ở NATO?\n"
        "ông ấy nói gì về NATO?\n2\n2\n"
    ).encode()
    ended = trichdan("chat", stdin=talk)
    asked = [question for question, _, _ in trichdan.answerer.asked]
    assert asked[1] == "Jens Stoltenberg rời NATO ngày nào?"
    assert asked[3:] == [
        "Mark Rutte nói gì về NATO?",
        "2",
    ]  # a number means a choice only where one was given
    lines = ended.out.splitlines()
    at = lines.index("> ông ấy nói gì về NATO?")
    assert lines[at + 1 : at + 4] == [
        VI.who_is_meant(2), "  1. Olaf Scholz nói gì về NATO?", "  2. Mark Rutte nói gì về NATO?",
    ]  # fmt: skip
    ended = trichdan("chat", stdin="ông ấy nói gì về NATO?\n".encode())
    assert ended.out.splitlines()[1] == VI.who_is_meant(0)


def test_short_forms_are_said_written_out(trichdan: CommandLine) -> None:
    """The asker sees how short forms were understood, in the language of the question."""
    lines = trichdan("ask", "nato co bn nuoc v").out.splitlines()
    assert lines[:2] == ["Hiểu là: nato co bao nhieu nuoc", SUMMIT.text]
    assert trichdan("ask", "nato co bao nhieu nuoc").out.splitlines()[0] == SUMMIT.text


QUESTIONS = [
    {
        "id": "1",
        "kind": "vi",
        "question": "NATO?",
        "expected": [{"document": "004.txt", "start": 2400, "end": 2471}],
    },
    {
        "id": "2",
        "kind": "vi",
        "question": "NATO 2?",
        "expected": [{"document": "000.txt", "start": 600, "end": 695}],
    },
    {"id": "3", "kind": "en-none", "question": "gold?", "expected": []},
]


@pytest.fixture
def questions(tmp_path: Path) -> str:
    """Write a questions file and return its name."""
    rows = [json.dumps(question) for question in QUESTIONS]
    (tmp_path / "questions.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return "questions.jsonl"


def test_eval_table(trichdan: CommandLine, questions: str) -> None:
    """A row a kind, and one over all."""
    ended = trichdan("eval", questions)
    assert (ended.status, ended.err) == (0, "")
    assert [line.split() for line in ended.out.splitlines()] == [
        ["kind", "questions", "recall@1", "recall@3", "MRR", "answered", "refused"],
        ["vi", "2", "0.500", "1.000", "0.750", "1.000"],
        ["en-none", "1", "1.000"],
        ["all", "3", "0.500", "1.000", "0.750", "1.000", "1.000"],
    ]


def test_eval_json(trichdan: CommandLine, questions: str) -> None:
    """The same figures for a program."""
    value = json.loads(trichdan("eval", "--json", questions).out)
    assert value["file"] == questions
    assert value["rows"][1] == {
        "kind": "en-none",
        "questions": 1,
        "recall_at_1": None,
        "recall_at_3": None,
        "mrr": None,
        "answered": None,
        "refused": 1.0,
    }


def _version(trichdan: CommandLine, read: Callable[[str], str]) -> None:
    assert trichdan("--version") == Ended(0, f"trichdan {read('trichdan')}\n", "")


def test_version(trichdan: CommandLine) -> None:
    """The version is the installed one."""
    from importlib.metadata import version

    _version(trichdan, version)


def test_all_the_open_files_that_are_granted() -> None:
    """A large collection opens where a process may have few files open at first."""
    few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(few, 512), most))
        allow_open_files()
        assert resource.getrlimit(resource.RLIMIT_NOFILE) == (most, most)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (few, most))


def test_help_is_wrapped_to_the_width_not_to_that_of_the_source(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paragraph of help is one line if it fits."""
    monkeypatch.setenv("COLUMNS", "300")
    assert run(["index", "add", "--help"]) == 0
    told = capsys.readouterr().out
    assert "the old one answers meanwhile. `index refresh` asks the addresses again." in told


def test_help_of_topics_and_commands(trichdan: CommandLine) -> None:
    """A topic is explained; the words of a command show its help; neither opens anything."""
    assert "\n3         no sure answer" in trichdan("help", "exit-status").out
    settings = trichdan("help", "settings").out
    assert all(f"\n{name}\n" in settings for name in names())
    assert "--install-completion" in trichdan("help", "completion").out
    assert trichdan("help", "index", "build").out == trichdan("index", "build", "--help").out
    assert trichdan("help").out == trichdan("--help").out
    assert trichdan("help", "nothing").status == 2
