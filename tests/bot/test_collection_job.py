"""What happens to a file that an owner sent, and how it is reported; checked against the index itself."""

import io
import json
import logging
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.acceptance import QuestionsLost, require
from bot.collection_job import carry_out, main
from bot.telegram.handlers.outcome import refused, told
from bot.telegram.handlers.uploads import fit_name
from bot.telegram.jobs.job_report import Job, JobReport, SentFile, figures_of
from bot.texts.telegram import languages
from bot.wiring import Parts
from index.encoders import BundledEncoder
from index.errors import Message, SourceError
from index.store import Store
from retrieval.evaluation import Case, Expected, Figures
from retrieval.records import Answer, Status
from tests.retrieval.conftest import word_model

VI = languages()["vi"]


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """Prepare an empty store and a model of a few words."""
    model = word_model(tmp_path / "model", ["cầu rồng dài mét chùa hồ rộng hecta một hai ba"])
    return Parts(Store(tmp_path / "data"), BundledEncoder(model), model)


def written(folder: Path, name: str, text: str, title: str | None = None) -> Job:
    """Write a file and return the job that adds it."""
    return Job(files=(part(folder, name, text, title),))


def part(folder: Path, name: str, text: str, title: str | None = None) -> SentFile:
    """Write a file and return it as a part of a job."""
    path = folder / f"file {len(list(folder.iterdir()))}"
    path.write_text(text, "utf-8")
    return SentFile(str(path), name, title)


def test_a_collection_begins_with_a_file(tmp_path: Path, parts: Parts) -> None:
    """Where nothing has been published, the first file makes a collection; the caption is its title."""
    job = written(tmp_path, "a.txt", "Cầu rồng dài. Chùa một.", "Cầu")
    assert carry_out(job, parts) == JobReport(added=("a.txt",), sentences=2, all_documents=1, all_sentences=2)
    with parts.store.current() as generation:
        assert generation.document("a.txt").title == "Cầu"


def test_what_is_there_is_not_added_again(tmp_path: Path, parts: Parts) -> None:
    """By text, whatever it is called; a new caption is a change."""
    carry_out(written(tmp_path, "a.txt", "Cầu rồng dài."), parts)
    assert carry_out(written(tmp_path, "a.txt", "Cầu rồng dài."), parts).same == (("a.txt", "a.txt"),)
    assert carry_out(written(tmp_path, "b.txt", "Cầu rồng dài."), parts).same == (("b.txt", "a.txt"),)
    named = carry_out(written(tmp_path, "a.txt", "Cầu rồng dài.", "Cầu"), parts)
    assert (named.same, named.replaced) == ((), ("a.txt",))
    changed = carry_out(written(tmp_path, "a.txt", "Cầu rồng dài. Hồ rộng."), parts)
    assert (changed.replaced, changed.sentences, changed.all_documents) == (("a.txt",), 2, 1)


def test_several_files_are_one_generation(tmp_path: Path, parts: Parts) -> None:
    """What is left out of some does not keep the others out; of two with one name the first is taken."""
    files = (
        part(tmp_path, "a.txt", "Cầu rồng dài.", "Cầu"),
        part(tmp_path, "rỗng.txt", ""),
        part(tmp_path, "b.txt", "Hồ rộng. Chùa một."),
        part(tmp_path, "a.txt", "Chùa hai."),
    )
    fed = carry_out(Job(files=files), parts)
    assert (fed.added, fed.sentences, fed.all_documents, fed.problem_count) == (("a.txt", "b.txt"), 3, 2, 2)
    assert "rỗng.txt" in str(fed.problems[0])
    assert "a.txt" in str(fed.problems[1])
    assert len(parts.store.generations()) == 1
    with parts.store.current() as generation:
        assert generation.document("a.txt").title == "Cầu"
        assert generation.document("b.txt").title is None


def test_a_change_passes_the_gate(tmp_path: Path, parts: Parts) -> None:
    """A gate that refuses leaves the collection as it was, for files and for taking out."""
    for name in ("a.txt", "b.txt"):
        carry_out(written(tmp_path, name, f"Cầu rồng {name}."), parts)
    before = parts.store.generations()
    case = Case("1", "vi", "Cầu ở đâu?", (Expected("a.txt", 0, 3),))

    def gate(_: object) -> None:
        require([case], lambda q: Answer(q, Status.NOT_FOUND, (), (), None, 0.0, "g"), 1.0, 3)

    for job in (written(tmp_path, "c.txt", "Hồ rộng."), Job(remove=("a.txt",))):
        with pytest.raises(QuestionsLost) as caught:
            carry_out(job, parts, gate)
        assert caught.value.figures.lost == ("Cầu ở đâu?",)
        assert parts.store.generations() == before


def test_lost_questions_are_named_in_the_chat() -> None:
    """The first ten and how many more; what was found, of how many, and what is agreed."""
    figures = Figures(tuple(f"Câu {n}?" for n in range(13)), count=1300, recall=0.99, least=0.995)
    text = refused("a.txt", figures, VI)
    assert "1.287/1.300" in text
    assert "• Câu 9?\n… và 3 câu nữa" in text
    assert "Câu 10?" not in text


def test_documents_are_taken_out(tmp_path: Path, parts: Parts) -> None:
    """All but the last, and none that is not there."""
    for name in ("a.txt", "b.txt"):
        carry_out(written(tmp_path, name, f"Cầu rồng {name}."), parts)
    left = JobReport(removed=("a.txt",), all_documents=1, all_sentences=1)
    assert carry_out(Job(remove=("a.txt",)), parts) == left
    for gone in ("a.txt", "b.txt"):
        with pytest.raises(SourceError):
            carry_out(Job(remove=(gone,)), parts)


def test_a_fault_is_one_event(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last line says what is wrong without the folder of the file, and the status is 1."""
    job = asdict(written(tmp_path, "rỗng.txt", "")) | {"data_dir": str(tmp_path / "data")}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(job) + "\n"))
    monkeypatch.setattr("os.nice", lambda _: 0)
    before = list(logging.getLogger().handlers)
    code = main()
    assert logging.getLogger().handlers == before  # nobody after it tells warnings as events
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    said = str(last["error"] if code else last["report"]["problems"])
    assert "rỗng.txt" in said
    assert str(tmp_path) not in said


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        ("báo cáo.pdf", "báo cáo.pdf"),
        ("../../etc/passwd", "etc passwd"),
        ("a\nb\t.txt", "a b.txt"),
        ("\u202egnp.txt", "gnp.txt"),
        ("", "file"),
        ("...", "file"),
        (".env", "env"),
        ("a" * 300 + ".txt", "a" * 96 + ".txt"),
        ("x." + "y" * 300, "x." + "y" * 98),
        ("\ud800.md", "md"),
    ],
)
def test_names_become_fit(name: str, fit: str) -> None:
    """A name keeps what can be shown and stored, and its suffix."""
    assert fit_name(name) == fit


@given(st.text(max_size=300))
def test_every_name_becomes_fit(name: str) -> None:
    """Whatever it was called, it is one file of a folder, not hidden, and short."""
    fit = fit_name(name)
    assert Path(fit).name == fit
    assert not fit.startswith(".")
    assert 0 < len(fit.encode()) <= 100


def test_a_report_names_the_first_and_counts_all() -> None:
    """Many names and problems are cut short, never their number."""
    fed = JobReport(
        added=tuple(f"{n}.txt" for n in range(25)),
        sentences=1234,
        problems=tuple(Message(f"p{n}.") for n in range(20)),
        problem_count=99,
    )
    text = told(fed, VI, ["quá nặng"])
    assert "• quá nặng\n• p0." in text
    assert "Đã thêm 25 tài liệu: 0.txt" in text
    assert "… (+15)" in text
    assert "1.234" in text
    assert "Bỏ qua 100 chỗ" in text
    assert text.count("• ") == 10


REPORT = JobReport(
    ("a.txt",),
    ("b.txt",),
    (("c.txt", "d.txt"),),
    ("e.txt",),
    3,
    4,
    5,
    (Message("{name} is left out.", name="f.txt"),),
    problem_count=6,
)


def test_jobs_and_reports_go_between_processes() -> None:
    """What was written as JSON is read as it was."""
    job = Job((SentFile("/tmp/0", "a.txt", "Cầu"), SentFile("/tmp/1", "b.txt")), ("c.txt",))  # noqa: S108
    assert Job.of(json.loads(json.dumps(asdict(job)))) == job
    assert Job.of({"remove": ["c.txt"]}) == Job(remove=("c.txt",))
    for report in (REPORT, JobReport()):
        assert JobReport.of(json.loads(json.dumps(report.plain()))) == report
    figures = Figures(("Cầu ở đâu?",), 2, 0.5, 1.0)
    assert figures_of(json.loads(json.dumps(asdict(figures)))) == figures


@pytest.mark.parametrize(
    "change",
    [
        {"added": "a.txt"}, {"added": [1]}, {"same": [["a.txt"]]}, {"same": [["a", "b", "c"]]},
        {"sentences": -1}, {"sentences": 1.5}, {"sentences": True}, {"problem_count": None}, {"more": 1},
        {"problems": None},
    ],
)  # fmt: skip
def test_what_is_no_report_is_refused(change: dict[str, object]) -> None:
    """A process that a hostile file has taken over may write anything."""
    data = json.loads(json.dumps(REPORT.plain()))
    with pytest.raises(ValueError, match=r"\w"):
        JobReport.of(data | change)
    others: list[object] = [None, [], "report", {**data, "added": None}, {"added": []}]
    for other in others:
        with pytest.raises(ValueError, match=r"\w"):
            JobReport.of(other)


@pytest.mark.parametrize("change", [{"recall": 2}, {"least": "1"}, {"count": -1}, {"lost": "a"}, {"more": 1}])
def test_what_are_no_figures_is_refused(change: dict[str, object]) -> None:
    """The same for the questions that would be lost."""
    with pytest.raises(ValueError, match=r"\w"):
        figures_of({"lost": [], "count": 1, "recall": 1.0, "least": 1.0} | change)
