"""The measured tasks: public benchmarks, and the questions about the sample collection."""

import json
import lzma
from collections.abc import Iterable
from dataclasses import replace
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
    return Situation(f"XQuAD-R {language}", tuple(documents), asked, sentences)


def xquad_retrieval(corpora: Path, language: str) -> Situation:
    """Return MTEB's XQuADRetrieval: rank the paragraphs; of questions with equal texts only the last counts.

    So does MTEB's loader, which keeps questions by their texts: 1,182 of 1,190 for Vietnamese.
    """
    paragraphs = _paragraphs(corpora, language)
    documents = tuple(Document(f"xquad-{n:03}", p["context"]) for n, p in enumerate(paragraphs))
    places = {
        qa["question"]: (f"xquad-{n:03}", qa["answers"][0]["answer_start"])
        for n, p in enumerate(paragraphs)
        for qa in p["qas"]
    }
    asked = tuple(Asked(question, (place,), language) for question, place in places.items())
    return Situation(f"XQuADRetrieval {language}", documents, asked)


def undivided(situation: Situation) -> Situation:
    """Return the same with each document as one sentence, as encoders of paragraphs see it."""
    return replace(situation, sentences={d.id: ((0, len(d.text)),) for d in situation.documents})


def together(situations: Iterable[Situation]) -> Situation:
    """Return one collection with the questions of all; their documents must be the same."""
    first, *others = situations
    if any(other.documents != first.documents for other in others):
        raise ValueError("questions about different collections")
    return replace(first, asked=sum((other.asked for other in others), first.asked))


def _no_problem(error: SourceError) -> None:
    raise error


def seeds(questions: Path) -> Situation:
    """Return the sample collection with the questions of a file, including unanswerable ones."""
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


def xquad_answers(corpora: Path, language: str, asked_in: str) -> list[str]:
    """Return the words that answer each question of `xquad_r`, in its order."""
    words = {
        qa["id"]: qa["answers"][0]["text"]
        for paragraph in _paragraphs(corpora, language)
        for qa in paragraph["qas"]
    }
    return [words[qa["id"]] for paragraph in _paragraphs(corpora, asked_in) for qa in paragraph["qas"]]
