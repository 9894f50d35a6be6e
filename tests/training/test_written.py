"""Questions written for the training: places are sentences of documents that only their digests name."""

import json
import lzma
import random
from collections import Counter
from pathlib import Path

import pytest
from babel import Locale

from index.text.segment import segment
from training import tasks
from training.situations import Situation
from training.written import FOR_ENCODER, FOR_RANKER, joined, written

NEWS = {
    "title": "Lũ ở miền Trung",
    "lede": "Mưa lớn từ đêm qua.",
    "body": "Ba người mất tích. Tàu SE3 phải dừng.",
}
WIKIPEDIA = "\n".join(
    ["== Địa lý ==", "Ngắn."]
    + [f"Hồ số {n} rộng nhất vùng này. Nó sâu {n} mét. Dân quanh hồ sống bằng nghề cá." for n in range(1, 4)]
)

FILES = sorted([*FOR_ENCODER.glob("*.tsv"), *FOR_RANKER.glob("*.tsv")])


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Return a folder with one article of each corpus that questions were written to."""
    for name, row in (("news", NEWS), ("wikipedia", {"title": "hồ", "text": WIKIPEDIA})):
        with lzma.open(tmp_path / f"{name}.vi.jsonl.xz", "wt", encoding="utf-8") as file:
            file.write(json.dumps(row))
    return tmp_path


def _read(corpora: Path, *lines: str) -> Situation:
    (corpora / "data").mkdir()
    (corpora / "data" / "some.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    (found,) = written(corpora, corpora / "data")
    return found


def test_questions_and_their_places(corpora: Path) -> None:
    """A place is the sentence at an offset of the text that the training makes of an article."""
    situation = _read(
        corpora,
        "# documents f9320d34eb5c 53cd71c67abd+70ac3183e8b1",
        "vi\tMấy người chưa tìm thấy?\t0:38",
        "en\tHow deep is the second lake?\t1:103",
        "fr\tQui dirige les secours ?\t-",
    )
    texts = {document.id: document.text for document in situation.documents}
    answers = [
        [
            texts[document][s:e]
            for document, offset in asked.places
            for s, e, _ in segment(texts[document])
            if s <= offset < e
        ]
        for asked in situation.asked
    ]
    assert answers == [["Ba người mất tích."], ["Nó sâu 2 mét."], []]
    assert [asked.kind for asked in situation.asked] == ["asked-vi", "asked-en", "asked-other"]
    assert [document.title for document in situation.documents] == ["Lũ ở miền Trung", "hồ"]
    assert situation.documents[1].text == "\n\n".join(WIKIPEDIA.split("\n")[2:4])


def test_the_task_of_the_encoder(corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question is paired with its sentence; the sentences of a document are told apart from each other."""
    _read(
        corpora,
        "# documents f9320d34eb5c 53cd71c67abd+70ac3183e8b1",
        "en\tWhich train stopped?\t0:57",
        "de\tWie viele werden vermisst?\t0:38",
        "en\tHow deep is the second lake?\t1:103",
    )
    monkeypatch.setattr(tasks, "FOR_ENCODER", corpora / "data")
    (task,) = tasks._written(corpora, random.Random(1))  # noqa: S311 - reproducible, not secret
    assert task.right == ["Tàu SE3 phải dừng.", "Ba người mất tích.", "Nó sâu 2 mét."]
    assert task.left[1] == "Wie viele werden vermisst?"
    assert task.group[0] == task.group[1] != task.group[2]


def test_a_document_that_is_missing(corpora: Path) -> None:
    """Other corpora than those that were asked about are refused."""
    with pytest.raises(ValueError, match=r"1 texts .*ffffffffffff"):
        _read(corpora, "# documents ffffffffffff", "vi\tAi?\t0:0")


def test_questions_of_one_kind(corpora: Path) -> None:
    """Collections are joined, and asked in one kind of question only."""
    situation = _read(corpora, "# documents f9320d34eb5c", "vi\tMấy người mất tích?\t0:38", "en\tWho?\t-")
    both = joined([situation, situation])
    assert both.documents == situation.documents
    assert [asked.question for asked in both.asking("asked-en").asked] == ["Who?", "Who?"]


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_the_files_themselves(file: Path) -> None:
    """Every line names a language, asks something once, and gives places in documents of the file."""
    head, *lines = file.read_text("utf-8").splitlines()
    documents = head.removeprefix("# documents").split()
    rows = [line.split("\t") for line in lines]
    assert len(documents) == len(set(documents)) > 10
    assert all(len(row) == 3 and row[1] == row[1].strip() for row in rows)
    assert len({(language, question) for language, question, _ in rows}) == len(rows) > 100
    assert all(Locale.parse(language).language == language for language in {row[0] for row in rows})
    for _, _, answers in rows:
        for place in answers.split(",") if answers != "-" else ():
            number, offset = map(int, place.split(":"))
            assert 0 <= number < len(documents) and offset >= 0
    unanswered = sum(answers == "-" for _, _, answers in rows) / len(rows)
    assert unanswered == 0 if file.parent == FOR_ENCODER else 0.2 < unanswered < 0.4


def test_the_files_ask_about_different_documents() -> None:
    """No document is asked about in two files, so that nothing is measured on what was learned."""
    digests = [
        digest
        for file in FILES
        for digest in file.read_text("utf-8").splitlines()[0].removeprefix("# documents").split()
    ]
    assert len(digests) == len(set(digests)) > 0


@pytest.mark.parametrize("folder", [FOR_ENCODER, FOR_RANKER], ids=lambda path: path.name)
def test_what_the_readme_says_of_them(folder: Path) -> None:
    """The table counts the files and the questions that are there, and the text those of each language."""
    files = [path.read_text("utf-8").splitlines()[1:] for path in folder.glob("*.tsv")]
    languages = Counter(line.split("\t")[0] for lines in files for line in lines)
    home, english = languages.pop("vi"), languages.pop("en")
    readme = (folder.parent / "README.md").read_text("utf-8")
    questions = home + english + languages.total()
    row = next(line for line in readme.splitlines() if line.startswith(f"| `{folder.name}/` |"))
    assert row.split(" | ")[2:4] == [str(len(files)), f"{questions:,}"]
    assert all(f"{count:,}" in readme for count in (home, english, languages.total()))
