"""The tasks, over files of two paragraphs in the form of the benchmark."""

import json
import lzma
from pathlib import Path

import pytest

from benchmarks.tasks import together, undivided, xquad_answers, xquad_r, xquad_retrieval
from index.encoders import BundledEncoder, StaticModel
from training.situations import opened

VIETNAMESE = ["Hà Nội là thủ đô. Huế là cố đô.", "Sông Hồng chảy qua Hà Nội."]
ENGLISH = ["Hanoi is the capital. Hue was the capital before.", "The Red River flows through Hanoi."]


def answered(context: str, answer: str) -> dict[str, object]:
    """Return an answer as the benchmark has it."""
    return {"text": answer, "answer_start": context.index(answer)}


def write(folder: Path, language: str, contexts: list[str], questions: list[list[tuple[str, str]]]) -> None:
    """Write a benchmark file; questions are (text, answer) by paragraph."""
    paragraphs = []
    for number, (context, asked) in enumerate(zip(contexts, questions, strict=True)):
        ends = [place + 1 for place, sign in enumerate(context) if sign == "."]
        qas = [
            {"id": f"{number}-{n}", "question": text, "answers": [answered(context, answer)]}
            for n, (text, answer) in enumerate(asked)
        ]
        breaks = list(zip([0, *ends[:-1]], ends, strict=True))
        paragraphs.append({"context": context, "sentence_breaks": breaks, "qas": qas})
    (folder / "bench").mkdir(exist_ok=True)
    with lzma.open(folder / "bench" / f"xquad-r.{language}.json.xz", "wt", encoding="utf-8") as file:
        json.dump({"data": [{"paragraphs": paragraphs}]}, file)


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Write the benchmark in two languages; one Vietnamese question occurs twice, with two answers."""
    twice = "Sông nào?"
    write(tmp_path, "vi", VIETNAMESE, [[(twice, "Hà Nội"), ("Cố đô?", "Huế")], [(twice, "Sông Hồng")]])
    write(
        tmp_path, "en", ENGLISH, [[("Which river?", "Hanoi"), ("Old capital?", "Hue")], [("River?", "Red")]]
    )
    return tmp_path


def test_answers_are_looked_up_in_the_language_of_the_sentences(corpora: Path) -> None:
    """A question in English is answered at the place of the same question in the Vietnamese file."""
    found = xquad_r(corpora, "vi", "en")
    assert [document.text for document in found.documents] == VIETNAMESE
    assert [(a.question, a.places[0], a.kind) for a in found.asked] == [
        ("Which river?", ("xquad-000", 0), "en-vi"),
        ("Old capital?", ("xquad-000", VIETNAMESE[0].index("Huế")), "en-vi"),
        ("River?", ("xquad-001", 0), "en-vi"),
    ]
    assert found.sentences is not None
    assert [VIETNAMESE[0][start:end] for start, end in found.sentences["xquad-000"]] == [
        "Hà Nội là thủ đô.",
        " Huế là cố đô.",
    ]


def test_of_equal_questions_the_last_counts(corpora: Path) -> None:
    """As with MTEB, questions are known by their texts."""
    found = xquad_retrieval(corpora, "vi")
    assert {a.question: a.places[0][0] for a in found.asked} == {
        "Sông nào?": "xquad-001",
        "Cố đô?": "xquad-000",
    }
    assert len(found.asked) == 2
    assert undivided(found).sentences == {
        "xquad-000": ((0, len(VIETNAMESE[0])),),
        "xquad-001": ((0, len(VIETNAMESE[1])),),
    }


def test_questions_together(corpora: Path) -> None:
    """Questions about one collection are put together; those about different ones are not."""
    both = together([xquad_r(corpora, "vi", "vi"), xquad_r(corpora, "vi", "en")])
    assert [a.kind for a in both.asked] == ["vi-vi"] * 3 + ["en-vi"] * 3
    with pytest.raises(ValueError, match="different collections"):
        together([xquad_r(corpora, "vi", "vi"), xquad_r(corpora, "en", "en")])


def test_answers_stand_in_the_order_of_the_questions(corpora: Path) -> None:
    """In whatever language is asked, the words are those of the sentences."""
    words = xquad_answers(corpora, "vi", "en")
    assert words == ["Hà Nội", "Huế", "Sông Hồng"]
    assert len(words) == len(xquad_r(corpora, "vi", "en").asked)


def test_the_sentences_are_those_that_are_prescribed(corpora: Path) -> None:
    """An index of a benchmark has its sentences and not those of our own segmenter."""
    situation = undivided(xquad_r(corpora, "vi", "vi"))
    static = StaticModel.open()
    with opened(situation, BundledEncoder(static), static) as generation:
        texts = [generation.sentence(row).text for row in range(generation.sentences)]
    assert texts == VIETNAMESE
