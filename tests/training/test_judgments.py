"""Judgments of what comes first: sentences of documents that only their digests name."""

import json
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest
from babel import Locale

from training.judgments import FOR_READER, NO_ACCENTS, OTHER, STYLES, Judgment, Label, judgments
from training.written import FOR_ENCODER, FOR_RANKER

NEWS = {
    "title": "Lũ ở miền Trung",
    "lede": "Mưa lớn từ đêm qua.",
    "body": "Ba người mất tích. Tàu SE3 phải dừng.",
}
HEAD = "# documents f9320d34eb5c"
FILES = sorted(FOR_READER.glob("*.tsv"))
SENTENCE = re.compile(r"(\+?)(\d+):(\d+)-(\d+):([a-z]+)(?::(\d+)-(\d+))?")


def _lines(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text("utf-8").splitlines()[1:]]


def _documents(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()[0].removeprefix("# documents").split()


def _read(tmp_path: Path, *lines: str) -> list[Judgment]:
    with lzma.open(tmp_path / "news.vi.jsonl.xz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(NEWS))
    with lzma.open(tmp_path / "wikipedia.vi.jsonl.xz", "wt", encoding="utf-8"):
        pass
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "some.tsv").write_text("\n".join((HEAD, *lines)) + "\n", "utf-8")
    return list(judgments(tmp_path, tmp_path / "data"))


def test_what_was_judged(tmp_path: Path) -> None:
    """Offsets are those of the text that the training makes of an article."""
    first, second = _read(
        tmp_path,
        "vi\taccents\tMấy người mất tích?\t0:57-76:no,0:38-56:yes:38-46,+0:17-36:far",
        "en\tother language\tWhich train stopped?\t0:38-56:no",
    )
    assert (first.language, first.style, first.question) == ("vi", "accents", "Mấy người mất tích?")
    found = [
        (s.document.text[s.start : s.end], s.label, s.words and s.document.text[slice(*s.words)], s.first)
        for s in first.sentences
    ]
    assert found == [
        ("Tàu SE3 phải dừng.", Label.NO, None, True),
        ("Ba người mất tích.", Label.YES, "Ba người", True),
        ("Mưa lớn từ đêm qua.", Label.FAR, None, False),
    ]
    assert [s.label for s in second.sentences] == [Label.NO]


@pytest.mark.parametrize(
    "sentences", ["0:38-56", "0:38-56:maybe", "1:38-56:yes", "0:38:yes", "", "0:38-56:yes:38"]
)
def test_a_line_that_cannot_be_read(tmp_path: Path, sentences: str) -> None:
    """The error names the file and the line."""
    with pytest.raises(ValueError, match="some, line 3"):
        _read(tmp_path, "vi\taccents\tAi?\t0:38-56:no", f"vi\taccents\tMấy?\t{sentences}")


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_the_files_themselves(file: Path) -> None:
    """Every line asks something once, and judges up to four sentences that came first, each once."""
    documents, lines = _documents(file), _lines(file)
    assert len(documents) == len(set(documents))
    assert len({question for _, _, question, _ in lines}) == len(lines) > 50
    used = set()
    for language, style, question, sentences in lines:
        assert question == question.strip() and Locale.parse(language).language == language
        assert style in STYLES and (style == OTHER) is (language != "vi")
        assert style != NO_ACCENTS or question.isascii()
        found = [match.groups() for each in sentences.split(",") if (match := SENTENCE.fullmatch(each))]
        assert len(found) == len(sentences.split(","))
        beyond = [bool(plus) for plus, *_ in found]
        assert beyond == sorted(beyond) and 1 <= beyond.count(False) <= 4
        assert len({(document, start) for _, document, start, *_ in found}) == len(found)
        for plus, document, start, end, label, first, last in found:
            assert int(start) < int(end) and label in set(Label)
            assert not (label == Label.NO and (first or plus)) and not (label == Label.YES and not first)
            assert first is None or int(start) <= int(first) < int(last) <= int(end)
            used.add(int(document))
    assert used == set(range(len(documents)))


def test_other_documents_than_encoder_and_ranker_learn_from() -> None:
    """Only the sample of the questions for the ranker is about what one of them has learned from."""
    files = [*FOR_ENCODER.glob("*.tsv"), *FOR_RANKER.glob("*.tsv")]
    parts = {part for path in files for document in _documents(path) for part in document.split("+")}
    shared = {file.stem for file in FILES if any(parts & set(d.split("+")) for d in _documents(file))}
    assert shared == {"written"}


def test_the_sample_of_the_written_questions() -> None:
    """Its questions are of the ranker's files, and what those say nothing answers has mostly stayed so."""
    asked = {row[1]: row[2] for path in FOR_RANKER.glob("*.tsv") for row in _lines(path)}
    lines = _lines(next(file for file in FILES if file.stem == "written"))
    assert all(question in asked for _, _, question, _ in lines)
    answered = [asked[q] == "-" for _, _, q, s in lines if not set(re.findall("yes|lean|far", s))]
    corrected = [q for _, _, q, s in lines if asked[q] == "-" and "yes" in s]
    assert answered.count(True) > len(answered) / 2 and len(corrected) < len(lines) / 20


def test_what_the_readme_says_of_them() -> None:
    """The tables count the questions of each style and the sentences of each label."""
    readme = (FOR_READER.parent / "README.md").read_text("utf-8")
    lines = [line for file in FILES for line in _lines(file)]
    styles = Counter((style, bool(re.search("yes|lean|far", s))) for _, style, _, s in lines)
    for style in STYLES:
        yes, no = styles[style, True], styles[style, False]
        assert f"| {style} | {yes:,} | {no:,} | {yes + no:,} |" in readme
    sentences = [each.split(":") for *_, s in lines for each in s.split(",")]
    labels = Counter((label, where.startswith("+")) for where, _, label, *_ in sentences)
    for label in Label:
        row = next(line for line in readme.splitlines() if line.startswith(f"| `{label}` |"))
        beyond = f"{labels[label, True]:,}" if label != Label.NO else ""
        assert [cell.strip() for cell in row.split("|")[3:5]] == [f"{labels[label, False]:,}", beyond]
    languages = Counter(language for language, *_ in lines)
    others = len(lines) - languages["vi"] - languages["en"]
    assert f"{len(lines):,} questions, and for each" in readme
    assert f"{languages['en']} English questions and {others} in eleven other languages" in readme
    assert len(languages) == 13
