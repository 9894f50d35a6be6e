"""A part of a file on which a reader is lost takes no other part along, whatever the file and the loss."""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from index.errors import SourceError
from index.records import Document
from index.sources.containment.children import command
from index.sources.containment.course import Course, ExhaustedError, LateError, LostError
from index.sources.containment.guard import Guard
from index.sources.containment.worker_protocol import Reached
from index.sources.files.files import HeldFile
from index.sources.files.limits import LIMITS, MEBI, Limits, Options
from index.sources.files.position import At, Position
from tests.index.sources.written.web import pack

# What a parser does that a file has broken; each is a text of such a file.
BROKEN = {
    "ABORTS": "os.abort()",
    "HANGS": "time.sleep(3600)",
    "FILLS": "bytearray(LIMIT)",
    "TIRES": "read.append(1) or (os.abort() if len(read) > 1 else None)",
}
INSIDE = """
import os, time
from index.sources import reading
from index.sources.containment import worker
from index.sources.files.kinds import Kind
from index.sources.tables import jsonl
read = []
plain, row = reading.READERS[Kind.PLAIN], jsonl._row
def broken(text):
    for word, how in BROKEN.items():
        if word in text:
            eval(how)
    read.append(1)
def read_broken(file, report, options):
    broken(file.read().decode())
    return plain(file, report, options)
def row_broken(line, name):
    broken(line.decode())
    return row(line, name)
reading.READERS[Kind.PLAIN], jsonl._row = read_broken, row_broken
main = worker.main
"""
SECONDS = 5.0


@pytest.fixture
def breakable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let texts break their reader, in a real process."""
    known = f"BROKEN = {BROKEN!r}\nLIMIT = {LIMITS.memory}\n"
    (tmp_path / "breakable.py").write_text(known + INSIDE, "utf-8")
    started = command("breakable")
    path, *rest = json.loads(started[-1])
    started[-1] = json.dumps([[str(tmp_path), *path], *rest])
    monkeypatch.setattr("index.sources.containment.guard.command", lambda _: started)


def attached(*texts: str) -> str:
    """Write a letter with files."""
    parts = "".join(
        "--x\nContent-Type: application/octet-stream\n"
        f'Content-Disposition: attachment; filename="{n}.txt"\n\n{text}\n'
        for n, text in enumerate(texts)
    )
    said = "--x\nContent-Type: text/plain\n\nThư.\n"
    return (
        f"From: b@c.vn\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n{said}{parts}--x--\n"
    )


def mailbox(*letters: str) -> str:
    """Write letters after one another."""
    return "".join(f"From b@c.vn Mon Jan  1 00:00:00 2024\n{letter}\n" for letter in letters)


def archive(*texts: str) -> bytes:
    """Pack texts."""
    return pack({f"{n}.txt": text.encode() for n, text in enumerate(texts)})


def rows(*texts: str) -> bytes:
    """Write texts as rows."""
    return "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()


# Each: its name, how to write it with texts, and what it calls the document of a text and its problem.
FILES: Mapping[str, tuple[Callable[..., bytes], str, str]] = {
    "a.zip": (archive, "a.zip/{}.txt", "a.zip/{}.txt"),
    "a.eml": (lambda *texts: attached(*texts).encode(), "a.eml/{}.txt", "a.eml/{}.txt"),
    "a.mbox": (lambda *texts: mailbox(attached(*texts)).encode(), "a.mbox:1/{}.txt", "a.mbox:1/{}.txt"),
    "b.zip": (
        lambda *texts: pack({"x.mbox": mailbox(attached(), attached(*texts), attached("Hai.")).encode()}),
        "b.zip/x.mbox:2/{}.txt", "b.zip/x.mbox:2/{}.txt",
    ),
    "c.zip": (
        lambda *texts: pack({"x.jsonl": rows(*texts)}), "c.zip/x.jsonl:{1}", "Row {1} of c.zip/x.jsonl",
    ),
    "a.jsonl": (rows, "a.jsonl:{1}", "Row {1} of a.jsonl"),
}  # fmt: skip
SAID = {
    "ABORTS": "{} cannot be read (its reader ended abnormally); save it again.",
    "HANGS": f"{{}} took longer than {SECONDS:g} s to read; split it.",
    "FILLS": f"{{}} needs more than {LIMITS.memory / MEBI:g} MiB of memory to be read; split it.",
}


def read(name: str, data: bytes, limits: Limits = LIMITS) -> tuple[list[Document], list[str], int]:
    """Return the documents and problems of a file, and how far its reading came."""
    problems: list[str] = []
    steps: list[int] = []
    held = HeldFile(name, name, data)
    found: list[Document] = []
    with Guard() as guard:
        try:
            found.extend(guard.read(held, lambda e: problems.append(str(e)), Options(limits), steps.append))
        except SourceError as error:
            problems.append(str(error))
    return found, problems, sum(steps)


@pytest.mark.usefixtures("breakable")
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("broken", ["ABORTS", "FILLS"])
def test_each_part_is_lost_alone(name: str, broken: str) -> None:
    """The others are read, each once and in order; those that are lost are named, each once."""
    write, called, blamed = FILES[name]
    texts = [broken, "Câu hai.", "Câu ba.", f"{broken}!", "Câu năm.", broken]
    found, problems, steps = read(name, write(*texts))
    assert [each.text.strip() for each in found if each.text.startswith("Câu")] == [
        "Câu hai.", "Câu ba.", "Câu năm.",
    ]  # fmt: skip
    ids = [each.id for each in found]
    assert len(ids) == len(set(ids))
    assert [called.format(n, n + 1) for n in (1, 2, 4)] == [
        each.id for each in found if each.text.startswith("Câu")
    ]
    assert problems == [SAID[broken].format(blamed.format(n, n + 1)) for n in (0, 3, 5)]
    assert steps <= len(write(*texts))


@pytest.mark.usefixtures("breakable")
@pytest.mark.parametrize("name", ["b.zip", "a.jsonl"])
def test_a_part_that_hangs_is_lost_alone(name: str) -> None:
    """After its time, and it is not tried again."""
    write, _, blamed = FILES[name]
    found, problems, _ = read(name, write("Câu một.", "HANGS", "Câu ba."), Limits(seconds=SECONDS))
    assert [each.text.strip() for each in found if each.text.startswith("Câu")] == ["Câu một.", "Câu ba."]
    assert problems == [SAID["HANGS"].format(blamed.format(1, 2))]


@pytest.mark.usefixtures("breakable")
def test_a_reader_that_ends_by_what_it_read_before() -> None:
    """Nobody is blamed for it: a new one reads on."""
    found, problems, _ = read("a.zip", archive("Một.", "TIRES 2", "TIRES 3", "Bốn.", "TIRES 5"))
    assert [each.text.strip() for each in found] == ["Một.", "TIRES 2", "TIRES 3", "Bốn.", "TIRES 5"]
    assert problems == []


@pytest.mark.usefixtures("breakable")
def test_what_is_wrong_with_the_whole_is_told_once() -> None:
    """However many readers come to it."""
    members = {"../out.txt": b"x", "0.txt": b"ABORTS", "1.txt": "Một.".encode(), "2.txt": b"ABORTS"}
    found, problems, _ = read("a.zip", pack(members))
    assert [each.text for each in found] == ["Một."]
    assert sorted(problems) == [
        "a.zip/../out.txt has a path that leads out of its archive; left out.",
        SAID["ABORTS"].format("a.zip/0.txt"), SAID["ABORTS"].format("a.zip/2.txt"),
    ]  # fmt: skip


@pytest.mark.usefixtures("breakable")
def test_parts_that_are_lost_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many are borne; then the rest is left out by name."""
    monkeypatch.setattr("index.sources.containment.course.MOST_LOST", 2)
    found, problems, _ = read("a.jsonl", rows("Câu.", *["ABORTS"] * 3, "Câu."))
    assert [each.id for each in found] == ["a.jsonl:1"]
    assert problems == [
        *(SAID["ABORTS"].format(f"Row {n} of a.jsonl") for n in (2, 3)),
        "a.jsonl has more parts that cannot be read than 2; the rest is left out.",
    ]


Tree = dict[int, "Tree"]


def grown(chance: random.Random, depth: int) -> Tree:
    """Return parts within parts."""
    numbers = sorted(chance.sample(range(9), chance.randrange(1, 4)))
    return {n: grown(chance, depth - 1) if depth and chance.random() < 0.5 else {} for n in numbers}


def leaves(tree: Tree, at: At = ()) -> Iterator[At]:
    """Yield the positions of parts that hold no others, in order."""
    for number, inner in tree.items():
        yield from leaves(inner, (*at, number)) if inner else [(*at, number)]


class Reader:
    """Reads a tree, and is lost where it is told to be."""

    def __init__(
        self, course: Course, given: list[At], lost: Mapping[At, LostError], tiring: set[At]
    ) -> None:
        self._course, self._given, self._lost, self._tiring = course, given, lost, tiring
        self._has_read = False

    def _reach(self, at: At, name: object) -> None:
        self._course.take(Reached(at, str(name)))
        if error := self._lost.get(at):
            raise error

    def read(self, tree: Tree) -> None:
        """Read all that is wanted."""
        self._within(tree, Position(self._reach, self._course.start), ())

    def _within(self, tree: Tree, position: Position, at: At) -> None:
        for number, inner in tree.items():
            here = (*at, number)
            if (part := position.enter(number, str(here))) is None:
                continue
            if inner:
                self._within(inner, part, here)
                continue
            if here in self._tiring and self._has_read:
                raise LostError
            self._has_read = True
            self._given.append(here)
            self._course.take(DOCUMENT)


DOCUMENT = Document("a", "Câu.")


@pytest.mark.parametrize("seed", range(200))
def test_any_parts_are_lost_alone(seed: int) -> None:
    """Whatever stands in what: all leaves but those in lost parts are given, once, in order."""
    chance = random.Random(seed)  # noqa: S311 - a draw of cases
    tree = grown(chance, 3)
    places = list(leaves(tree))
    inner = {at[:n] for at in places for n in range(1, len(at) + 1)}
    kinds = (LostError, LateError, ExhaustedError)
    lost = {at: chance.choice(kinds)() for at in sorted(inner) if chance.random() < 0.15}
    tiring = {at for at in places if chance.random() < 0.3}
    course, given, problems = Course(HeldFile("a", "a", b""), LIMITS), list[At](), list[str]()
    while True:
        course.begin(is_fresh=True)
        try:
            Reader(course, given, lost, tiring).read(tree)
        except LostError as error:
            if problem := course.lose(error):
                problems.append(str(problem))
            continue
        break
    assert given == [at for at in places if not any(at[:n] in lost for n in range(1, len(at) + 1))]
    outermost = [at for at in sorted(lost) if not any(at[:n] in lost for n in range(1, len(at)))]
    assert [problem.split(")")[0] + ")" for problem in problems] == [str(at) for at in outermost]


def test_a_reader_goes_only_forward() -> None:
    """One that was taken over cannot have a part read twice, nor say that it reads what was not asked for."""
    course = Course(HeldFile("a", "a", b""), LIMITS)
    course.take(Reached((2,), "b"))
    for back in ((2,), (1, 5)):
        with pytest.raises(ValueError, match="not forward"):
            course.take(Reached(back, "b"))
    course.take(Reached((2, 0), "b"))
    assert course.lose(LateError())
    course.begin(is_fresh=True)
    with pytest.raises(ValueError, match="not forward"):
        course.take(Reached((1,), "b"))
    course.take(Reached((2,), "b"))
    with pytest.raises(ValueError, match="not forward"):
        course.take(Reached((2, 0), "b"))


def test_what_a_whole_file_ends_on_is_an_error_of_the_file() -> None:
    """Where it has no parts, or none was reached."""
    course = Course(HeldFile("a", "a", b""), LIMITS)
    with pytest.raises(SourceError, match=r"^a cannot be read"):
        course.lose(LostError())
