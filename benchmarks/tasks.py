"""The measured tasks: public benchmarks, and the questions about the sample collection."""

import json
import lzma
from pathlib import Path
from typing import Any

from index.errors import SourceError
from index.records import Document
from index.sources import sample_documents
from training.situations import Asked, Situation


def _paragraphs(corpora: Path, language: str) -> list[dict[str, Any]]:
    with lzma.open(corpora / "bench" / f"xquad-r.{language}.json.xz", "rt", encoding="utf-8") as file:
        return [paragraph for article in json.load(file)["data"] for paragraph in article["paragraphs"]]


def xquad_r(corpora: Path, language: str, asked_in: str) -> Situation:
    """Return XQuAD-R (Roy et al. 2020): the sentences it prescribes, asked in any of its languages."""
    documents: list[Document] = []
    sentences: dict[str, tuple[tuple[int, int], ...]] = {}
    places: dict[str, tuple[str, int]] = {}
    for number, paragraph in enumerate(_paragraphs(corpora, language)):
        name = f"xquad-{number:03}"
        documents.append(Document(name, paragraph["context"]))
        sentences[name] = tuple((start, end) for start, end in paragraph["sentence_breaks"])
        places |= {qa["id"]: (name, qa["answers"][0]["answer_start"]) for qa in paragraph["qas"]}
    asked = tuple(
        Asked(qa["question"], (places[qa["id"]],), f"{asked_in}-{language}")
        for paragraph in _paragraphs(corpora, asked_in)
        for qa in paragraph["qas"]
    )
    return Situation(f"XQuAD-R {asked_in}→{language}", tuple(documents), asked, sentences)


def _no_problem(error: SourceError) -> None:
    raise error


def seeds(questions: Path) -> Situation:
    """Return the sample collection with the questions of a file, unanswerable ones among them."""
    rows = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    asked = tuple(
        Asked(
            row["question"],
            tuple((e["document"], (e["start"] + e["end"]) // 2) for e in row["expected"]),
            row["kind"],
        )
        for row in rows
    )
    return Situation(questions.stem, tuple(sample_documents(_no_problem)), asked)
