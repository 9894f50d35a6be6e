"""The whole program over the sample collection, from arguments to exit status, with nothing replaced."""

import json
import os
import pty
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import run
from bot.commands import ask
from index.indexer import Indexer
from index.records import Document
from index.sources import sample_folder
from index.store import Store
from tests.bot.test_settings import TOKEN
from tests.index.fakes import FakeEncoder, FakeTokens

SUMMIT = "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?"
PLACE = "Hội nghị thượng đỉnh NATO năm 2025 sẽ được tổ chức tại La Haye, Hà Lan."
PROGRAM = [sys.executable, "-c", "from bot.cli import main; main()"]

Run = Callable[..., "Ended"]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def trichdan(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return the command line, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Ended:
        status = run(arguments)
        captured = capsys.readouterr()
        return Ended(status, captured.out, captured.err)

    return command


def process(*arguments: str, cwd: Path, **more: str) -> subprocess.Popen[bytes]:
    """Start the program as a process of its own."""
    environment = {**os.environ, **more, "PYTHONPATH": str(Path(__file__).parents[2])}
    pipe = subprocess.PIPE
    return subprocess.Popen(  # noqa: S603 - our own program
        [*PROGRAM, *arguments],
        cwd=cwd,
        stdin=pipe,
        stdout=pipe,
        stderr=pipe,
        env=environment,
        # A shell starts what it sends to the background, perhaps these tests, with Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


SAMPLE_VI = (
    "Đây là bộ sưu tập mẫu, gồm năm bài báo; `trichdan index add THƯ_MỤC` thay nó bằng tài liệu của bạn.\n"
)


def test_first_question_builds_the_sample(trichdan: Run) -> None:
    """Without an index the sample collection is built, which is said; the second question finds it there."""
    first = trichdan("ask", "--top", "1", SUMMIT)
    assert (first.status, first.out.splitlines()[0]) == (0, PLACE)
    built = "There is no index in .data yet: building one from the sample collection first.\n"
    assert first.err == built + SAMPLE_VI
    second = trichdan("ask", "--top", "1", SUMMIT)
    assert (second.out, second.err) == (first.out, SAMPLE_VI)
    assert "This is the sample collection" in trichdan("ask", "Where will NATO meet?").err


def test_the_first_document_of_ones_own_takes_the_place_of_the_sample(trichdan: Run, tmp_path: Path) -> None:
    """By `add` and by `update`; it is said, and nothing of the sample is found any more."""
    (tmp_path / "meo.txt").write_text("Con mèo tên là Mướp.\n", encoding="utf-8")
    for command in (["index", "add", "meo.txt"], ["index", "update", "meo.txt"]):
        assert trichdan("index", "build").status == 0
        assert len(trichdan("index", "list").out.splitlines()) == 6
        ended = trichdan(*command)
        assert ended.err == "The sample collection has given way to your own documents.\n"
        assert [row.split()[0] for row in trichdan("index", "list").out.splitlines()[1:]] == ["meo.txt"]
        assert trichdan("ask", "--all", "Con mèo tên là gì?").err == ""
        shutil.rmtree(tmp_path / ".data")


def test_the_sample_takes_no_documents_place(trichdan: Run, tmp_path: Path) -> None:
    """A build that names nothing is refused if there are documents of one's own."""
    (tmp_path / "meo.txt").write_text("Con mèo tên là Mướp.\n", encoding="utf-8")
    trichdan("index", "build", "meo.txt")
    ended = trichdan("index", "build")
    assert (ended.status, ended.out) == (2, "")
    assert "Name the files" in ended.err
    assert "Mướp" in trichdan("ask", "--all", "Con mèo tên là gì?").out


def test_every_quote_is_a_slice_of_its_document(tmp_path: Path) -> None:
    """Offsets are code points into the file as it is on disk, and `line` is where the quote starts."""
    rows = (sample_folder() / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(row)["question"] for row in rows[::5]]
    program = process("ask", "--json", "--all", "--top", "20", "-", cwd=tmp_path)
    out, _ = program.communicate("\n".join(questions).encode(), timeout=60)
    answers = [json.loads(line) for line in out.decode().splitlines()]
    assert [answer["question"] for answer in answers] == questions
    quotes = [quote for answer in answers for quote in answer["quotes"]]
    assert len(quotes) > 500
    for quote in quotes:
        text = (sample_folder() / quote["document"]).read_bytes().decode()
        assert text[quote["start"] : quote["end"]] == quote["text"]
        assert text.count("\n", 0, quote["start"]) + 1 == quote["line"]


@pytest.mark.parametrize("command", [["ask", "x"], ["ask", "--json", "x"], ["chat"], ["eval", "q.jsonl"]])
def test_another_data_directory_is_not_answered_from_the_sample(
    trichdan: Run, tmp_path: Path, command: list[str]
) -> None:
    """Who names one means a collection of their own: one sentence, status 1, and nothing is built."""
    expected = [{"document": "a", "start": 0, "end": 1}]
    row = {"id": "1", "kind": "vi", "question": "x?", "expected": expected}
    (tmp_path / "q.jsonl").write_text(json.dumps(row), "utf-8")
    ended = trichdan(*command, "--data-dir", "mine")
    assert (ended.status, ended.out) == (1, "")
    assert ended.err == "trichdan: mine holds no index yet; run `trichdan index build` with your documents.\n"
    assert not (tmp_path / "mine").exists()


def test_another_data_directory_is_built_from_the_sources(
    trichdan: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the settings name is no sample; and the one of the settings may be named, too."""
    (tmp_path / "tin.txt").write_text("Con mèo tên là Mướp.\n", encoding="utf-8")
    monkeypatch.setenv("TRICHDAN_SOURCES", "tin.txt")
    assert "Mướp" in trichdan("ask", "--all", "--data-dir", "mine", "Con mèo tên là gì?").out
    monkeypatch.delenv("TRICHDAN_SOURCES")
    monkeypatch.setenv("TRICHDAN_DATA_DIR", "ours")
    named = trichdan("ask", "--top", "1", "--data-dir", str(tmp_path / "ours"), SUMMIT)
    assert (named.status, named.out.splitlines()[0]) == (0, PLACE)


def test_sources_setting(trichdan: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """TRICHDAN_SOURCES takes the place of the sample collection."""
    (tmp_path / "tin.txt").write_text("Con mèo tên là Mướp.\n", encoding="utf-8")
    monkeypatch.setenv("TRICHDAN_SOURCES", "tin.txt")
    ended = trichdan("ask", "--all", "Con mèo tên là gì?")
    assert "building one from tin.txt first" in ended.err
    assert "Con mèo tên là Mướp.\n  [1] tin.txt · dòng 1 · " in ended.out


@pytest.mark.parametrize("command", [["ask", "x"], ["index", "build", "nowhere"]])
def test_sources_that_are_not_there(
    trichdan: Run, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """A path that does not exist is misuse, and nothing is left behind that answers."""
    monkeypatch.setenv("TRICHDAN_SOURCES", "nowhere")
    ended = trichdan(*command)
    assert (ended.status, ended.out) == (2, "")
    assert "nowhere" in ended.err.splitlines()[-1]
    assert trichdan("index", "list").status == 1


def test_folders_without_documents(trichdan: Run, tmp_path: Path) -> None:
    """An empty folder and a binary file are misuse, in one sentence each."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02")
    for path in ("empty", "binary.txt"):
        ended = trichdan("index", "build", path)
        assert ended.status == 2
        assert path in ended.err
        assert "Traceback" not in ended.err


def test_bad_rows_are_named_and_the_rest_is_built(trichdan: Run, tmp_path: Path) -> None:
    """A broken row costs only itself."""
    good = json.dumps({"id": "a", "text": "Con mèo tên là Mướp."})
    (tmp_path / "news.jsonl").write_text(f"{good}\n{{\n{good}\n", encoding="utf-8")
    ended = trichdan("index", "build", "news.jsonl")
    assert ended.status == 0
    assert "Row 2 of news.jsonl" in ended.err
    assert ended.out.startswith("000001-")
    assert ": 1 document, 1 sentence, 1 added, 0 changed, 0 removed, 0 reused, 2 problems, " in ended.out


def test_generations(trichdan: Run, tmp_path: Path) -> None:
    """Building again makes a second generation; listing marks the live one; rolling back moves the mark."""
    for text in ("Một.", "Hai."):
        (tmp_path / "tin.txt").write_text(text, encoding="utf-8")
        assert trichdan("index", "build", "tin.txt").status == 0
    rows = [line.split() for line in trichdan("index", "generations").out.splitlines()]
    assert rows[0] == ["generation", "documents", "sentences", "newest", "encoder"]
    assert [len(row) for row in rows[1:]] == [4, 5]
    assert (rows[1][0][:6], rows[2][:1], rows[2][1][:6]) == ("000001", ["*"], "000002")
    back = trichdan("index", "rollback")
    assert (back.status, back.out) == (0, f"{rows[1][0]}: answers now\n")
    assert trichdan("index", "generations").out.splitlines()[1].startswith("*")
    assert trichdan("index", "rollback").status == 1


@pytest.mark.parametrize(
    "names",
    [
        {"manifest.json", "documents.sqlite", "vectors.faiss", "meta.json"},
        pytest.param(None, marks=pytest.mark.slow),
    ],
    ids=["some files", "all files"],
)
def test_check(trichdan: Run, tmp_path: Path, names: set[str] | None) -> None:
    """A sound index is said to be; a flipped bit anywhere is found."""
    trichdan("index", "build", str(sample_folder() / "004_978839766c41e6e8.txt"))
    ended = trichdan("index", "check")
    assert (ended.status, ended.err) == (0, "")
    assert re.fullmatch(r"000001-\w+: sound: 1 document, \d+ sentences\n", ended.out)
    for path in sorted((tmp_path / ".data" / "generations").rglob("*")):
        if path.is_file() and path.stat().st_size and (names is None or path.name in names):
            whole = path.read_bytes()
            path.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
            damaged = trichdan("index", "check")
            assert (damaged.status, damaged.out) == (1, ""), path
            assert damaged.err.count("\n") == 1
            asked = trichdan("ask", SUMMIT)
            assert (asked.status, asked.out) == (1, ""), path
            path.write_bytes(whole)
    assert trichdan("index", "check").status == 0


def test_damaged_generation_gives_way_to_the_one_before(trichdan: Run, tmp_path: Path) -> None:
    """The newest sound generation answers, and the damage is said."""
    for text in ("Con mèo tên là Mướp.", "Con chó tên là Vàng."):
        (tmp_path / "tin.txt").write_text(text, encoding="utf-8")
        trichdan("index", "build", "tin.txt")
    newest = max((tmp_path / ".data" / "generations").iterdir())
    min(newest.glob("parts/*/vectors.faiss")).write_bytes(b"")
    ended = trichdan("ask", "--all", "Con mèo tên là gì?")
    assert "Con mèo tên là Mướp." in ended.out
    assert newest.name in ended.err


def test_index_of_another_encoder(trichdan: Run, tmp_path: Path) -> None:
    """An index that another encoder made is not asked; the sentence says what to do."""
    Indexer(Store(tmp_path / ".data"), FakeEncoder(), FakeTokens()).build([Document("a", "Một câu.")])
    for command in (["ask", "x"], ["index", "check"]):
        ended = trichdan(*command)
        assert (ended.status, ended.out) == (1, "")
        assert ended.err.count("trichdan index upgrade") == 1
    assert trichdan("index", "upgrade").status == 0
    assert "Một câu." in trichdan("ask", "--all", "Một câu gì?").out


def test_data_directory_that_cannot_be_written(trichdan: Run, tmp_path: Path) -> None:
    """A file where the folder should be: a fault, in one sentence."""
    (tmp_path / "file").touch()
    ended = trichdan("ask", "--data-dir", "file/data", SUMMIT)
    assert (ended.status, ended.out) == (1, "")
    assert "file/data" in ended.err.splitlines()[-1]
    assert "Traceback" not in ended.err


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build an index of the sample collection and return its folder."""
    folder = tmp_path_factory.mktemp("built")
    documents = map(str, sorted(sample_folder().glob("*.txt")))
    assert run(["index", "build", "--data-dir", str(folder), *documents]) == 0
    return str(folder)


def asked_in_documentation() -> list[str]:
    """Return every `trichdan ask "…"` that the pages and the help show, but for standard input."""
    root = Path(__file__).parents[2]
    pages = [*root.glob("README*.md"), *sorted((root / "docs").rglob("*.md"))]
    written = "\n".join(page.read_text(encoding="utf-8") for page in pages)
    lines = [*written.splitlines(), *re.sub(r"\[[^]]*\]", "", ask.EXAMPLES).splitlines()]
    told = [line.strip().removeprefix("$ ").split("#")[0] for line in lines]
    return [line for line in dict.fromkeys(told) if re.match(r'trichdan ask [^<…]*"[^<…]+$', line)]


@pytest.mark.parametrize("line", asked_in_documentation())
def test_questions_of_the_documentation(trichdan: Run, built: str, line: str) -> None:
    """What the pages and the help show as asked is answered, but for the recipe that they show as refused."""
    _, command, *arguments = shlex.split(line)
    ended = trichdan(command, "--data-dir", built, *arguments)
    assert ended.status == (3 if "phở" in line else 0), ended.out


NASTY = [
    *("", " ", "\x00", "\x1b[31m", "\u202e\u2066", "\ud800", "\U0010ffff", "\u200b", "\ufeff"),
    *("👩\u200d🚀" * 50, "a" * 100_000, "?" * 500, "\u0323" * 300, "ﷺ" * 100, "𝕏" * 100, "北约" * 400),
    *(
        "là của và có",
        "the of and",
        "NULL",
        "'; DROP TABLE--",
        "../../etc/passwd",
        "{{7*7}}",
        "%s%n",
        "-1e999",
    ),
    *('AND OR NOT +-*"()[]^~:\\/', "title:x", "NATO\r\nNATO"),
]


@pytest.mark.parametrize("question", NASTY, ids=range(len(NASTY)))
def test_any_question_ends_in_one_of_three_ways(trichdan: Run, question: str, built: str) -> None:
    """Found, not found or refused: never a traceback, and the JSON says the same as the exit status."""
    ended = trichdan("ask", "--json", "--data-dir", built, "--", question)
    assert ended.status == {"found": 0, "not_found": 3, "refused": 2}[json.loads(ended.out)["status"]]
    assert ended.err.count("\n") == (ended.status == 2)


def test_token_is_never_told(trichdan: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No command tells the token, not even in trouble."""
    monkeypatch.setenv("TRICHDAN_TELEGRAM_TOKEN", TOKEN)
    (tmp_path / "file").touch()
    told = [
        trichdan("ask", SUMMIT),
        trichdan("ask", ""),
        trichdan("ask", "--data-dir", "file/x", SUMMIT),
        trichdan("index", "list"),
        trichdan("index", "build", "nowhere"),
        trichdan("nonsense"),
        trichdan("--help"),
    ]
    monkeypatch.setenv("TRICHDAN_TOP", "many")
    told.append(trichdan("ask", SUMMIT))
    windows = [TOKEN[at : at + 12] for at in range(len(TOKEN) - 11)]
    for ended in told:
        assert not any(window in ended.out + ended.err for window in windows)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert TOKEN[10:].encode() not in path.read_bytes()


LIGHT = {
    "torch",
    "transformers",
    "sentence_transformers",
    "telegram",
    "prompt_toolkit",
    "scipy",
    "sklearn",
    "httpx",
    "aiohttp",
}
LIGHTER = LIGHT | {"faiss", "tantivy", "tokenizers", "numpy", "pydantic_settings", "rich.progress", "sqlite3"}


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], LIGHTER | {"rich"}),
        (["--help"], LIGHTER),
        (["ask", "--help"], LIGHTER),
        (["ask", SUMMIT], LIGHT | {"rich"}),
        (["ask", "--json", SUMMIT], LIGHT | {"rich"}),
        (["chat"], LIGHT | {"rich"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_nothing_heavy_is_imported(arguments: list[str], unwanted: set[str], tmp_path: Path) -> None:
    """A cold start pays only for what the command needs."""
    code = (
        "import sys; from bot.cli import run; run(sys.argv[1:]);"
        f"print(sorted({unwanted!r} & sys.modules.keys()), file=sys.stderr)"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code, *arguments],
        cwd=tmp_path,
        env=environment,
        input=f"{SUMMIT}\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ended.stderr.splitlines()[-1] == "[]"


def test_reader_that_goes_away(tmp_path: Path) -> None:
    """`trichdan ask - | head -1` ends quietly."""
    program = process("ask", "-", cwd=tmp_path)
    assert program.stdin and program.stdout and program.stderr
    program.stdin.write(f"{SUMMIT}\n".encode())
    program.stdin.flush()
    assert program.stdout.readline() == f"> {SUMMIT}\n".encode()
    program.stdout.close()
    program.stdin.write(f"{SUMMIT}\n".encode() * 5)
    program.stdin.close()
    assert program.wait(30) == 141
    said = program.stderr.read().decode().splitlines()
    program.stderr.close()
    assert len(said) == 2  # that the sample is built, and that it is the sample


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_full_disk_below_the_output(tmp_path: Path) -> None:
    """An answer that cannot be written is a fault, in one sentence."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    with Path("/dev/full").open("wb") as full:
        ended = subprocess.run(  # noqa: S603 - our own program
            [*PROGRAM, "ask", SUMMIT],
            cwd=tmp_path,
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr.decode().splitlines()[1:] == [
        "trichdan: Standard output cannot be written: No space left on device."
    ]


def test_ctrl_c(tmp_path: Path) -> None:
    """Ctrl-C while questions are awaited ends quietly with 130."""
    program = process("ask", "-", cwd=tmp_path)
    assert program.stdin and program.stdout and program.stderr
    program.stdin.write(f"{SUMMIT}\n".encode())
    program.stdin.flush()
    program.stdout.readline()
    program.send_signal(signal.SIGINT)
    _, err = program.communicate(timeout=30)
    assert program.returncode == 130
    assert b"Traceback" not in err


def on_a_terminal(*arguments: str, cwd: Path, keys: bytes = b"", **more: str) -> str:
    """Run the program on a terminal of its own and return what the terminal was sent."""
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover - the child becomes the program
        os.chdir(cwd)
        os.environ.update(
            more, TERM="xterm-256color", COLUMNS="80", PYTHONPATH=str(Path(__file__).parents[2])
        )
        os.execv(sys.executable, [*PROGRAM, *arguments])  # noqa: S606 - our own program
    sent = b""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            piece = os.read(terminal, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not piece:
            break
        sent += piece
        if keys and b"\xe2\x9d\xaf" in sent:
            os.write(terminal, keys)
            keys = b""
    os.close(terminal)
    os.waitpid(pid, 0)
    return sent.decode()


def test_terminal(tmp_path: Path) -> None:
    """On a terminal quotes have looks; with NO_COLOR they have none."""
    looks = on_a_terminal("ask", "--top", "1", SUMMIT, cwd=tmp_path)
    assert "\x1b[1m" in looks
    assert re.sub(r"\x1b\[[0-9;]*m", "", looks).count(PLACE) == 1
    bare = on_a_terminal("ask", "--top", "1", SUMMIT, cwd=tmp_path, NO_COLOR="1")
    assert "\x1b" not in bare
    assert f" 1  {PLACE}\r\n" in bare


def test_a_very_long_sentence(tmp_path: Path) -> None:
    """On a terminal it is cut around the answer, and it is said how long it is; as JSON it is whole."""
    communes = ", ".join(f"xã số {number} vùng cao được mở rộng đường" for number in range(35))
    text = f"Ủy ban nhân dân tỉnh cấp phép cho {communes} và chợ Bắc Hà họp vào chủ nhật."
    (tmp_path / "tin.txt").write_text(text, encoding="utf-8")
    asked = ("--top", "1", "Chợ Bắc Hà họp vào ngày nào?")
    with process("index", "build", "tin.txt", cwd=tmp_path) as building:
        building.communicate()
    said = on_a_terminal("ask", "--all", *asked, cwd=tmp_path, NO_COLOR="1", TRICHDAN_READER="off")
    shown = " ".join(said.split())
    assert f"cả câu dài {len(text):,} ký tự".replace(",", ".") in shown
    assert "1 […] " in shown and "chợ Bắc Hà họp vào chủ nhật. tin.txt" in shown
    with process("ask", "--all", "--json", *asked, cwd=tmp_path) as asking:
        out, _ = asking.communicate()
    assert json.loads(out)["quotes"][0]["text"] == text


def test_chat_on_a_terminal(tmp_path: Path) -> None:
    """A question is typed and answered, Ctrl-D leaves, and the question is kept for the next time."""
    shown = on_a_terminal("chat", "--top", "1", cwd=tmp_path, keys=f"{SUMMIT}\r\x04".encode(), NO_COLOR="1")
    assert f" 1  {PLACE}" in re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
    assert SUMMIT in (tmp_path / ".data" / "chat_history").read_text(encoding="utf-8")
