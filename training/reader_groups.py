"""Questions with the candidates that the program puts up for them: what the reader learns from.

A group is a question, the right sentences, and the wrong ones that the first stage finds nearest: hard
negatives, from the very collection that holds the answer (Karpukhin et al. 2020; Qu et al. 2021).
"""

import random
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from index.encoders import BundledEncoder, StaticModel
from index.generation import DOCUMENT, Generation
from index.records import Document
from retrieval.answer import Answerer
from retrieval.question import QuestionRefused, read_question
from retrieval.ranking import Ranker
from training import corpora
from training.judgments import Judgment, Label, judgments
from training.kept_rows import read_rows, write_rows
from training.offices import may_answer, office_questions
from training.situations import Asked, Situation, opened, right_rows
from training.written import FOR_ENCODER, FOR_RANKER, joined, written

KEPT = 16
"""Candidates of a question that are kept, the right ones besides."""
LARGEST = 700
"""Documents of one collection: so many that the questions to one are answered by little in the others."""
TOGETHER = 12
"""Written collections that are asked as one."""
HELD_OUT = {"news": 24, "wikipedia": 12}
"""From this file of the ranker's on, in the order of their names, nothing is learned from: the decision is
fitted to these."""
PARTS, PART = 16, 3
"""Of so many parts of what people wrote and judged, this one is held out as well."""
FILES = (
    "vi.viquad1-dev-test", "vi.viquad2-part", "vi.vinewsqa", "vi.mlqa-dev", "vi.uit-reg", "vi.alqac2022",
    "en.squad2-train-part", "en.tydiqa",
)  # fmt: skip
FOREIGN = (
    "ar.arcd", "ar.tydiqa-dev", "fr.piaf", "id.tydiqa-dev", "ja.jsquad", "ko.korquad1-dev", "ko.tydiqa",
    "pt.faquad", "ru.tydiqa-dev", "th.iapp-wiki", "tr.tquad", "zh.cmrc2018", "zh.drcd",
)  # fmt: skip
"""Questions in other languages to passages in theirs; the first `FOREIGN_MOST` of each file are asked."""
FOREIGN_MOST = 800
OFFICES = 2
"""So often come the questions for who holds an office."""
NAMELESS = frozenset({"vi.vinewsqa"})
"""Questions that do not name what they are about: their candidates are of the same document only."""
Spans = dict[tuple[str, int], str]
"""The words that answer, by the place that does."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence as the reader meets it.

    Attributes:
        title: Of the document; empty where it has none.
        before: The sentence before it in its document; empty at the start.
        text: The sentence.
        label: 1 where it answers, 0 where it does not, -1 where nobody knows.
        span: The words that answer, code points into `text`; None where unknown or there are none.
        leans: Whether it needs the sentence before to be understood; None where nobody said.
    """

    title: str
    before: str
    text: str
    label: int
    span: tuple[int, int] | None = None
    leans: bool | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A question and its candidates, in the order of the first stage.

    Attributes:
        kind: As of `Asked`.
        answerable: Whether the collection answers it.
        is_complete: Whether every sentence that answers is known.
        is_judged: Whether somebody read its candidates one by one.
    """

    question: str
    kind: str
    answerable: bool
    candidates: tuple[Candidate, ...]
    is_complete: bool = False
    is_judged: bool = False


def all_groups(
    folder: Path, work: Path, static: StaticModel, seed: int, report: Callable[[str], None]
) -> list[Group]:
    """Return everything the reader learns from; what was made before is read from `work`."""
    work.mkdir(parents=True, exist_ok=True)
    found: list[Group] = []
    for name, make in _sources(folder, static, seed):
        path = work / f"{name}.jsonl"
        if not path.exists():
            write_rows(path, map(asdict, make()))
        found += map(_group, read_rows(path))
        report(f"{name}: {len(found)} groups so far")
    return found


def _group(data: dict[str, Any]) -> Group:
    candidates = (
        Candidate(**{**each, "span": tuple(each["span"]) if each["span"] else None})
        for each in data["candidates"]
    )
    return Group(**{**data, "candidates": tuple(candidates)})


def _sources(
    folder: Path, static: StaticModel, seed: int
) -> Iterator[tuple[str, Callable[[], Iterable[Group]]]]:
    for number, situation in enumerate(learned_collections(folder)):
        yield f"written-{number}", partial(_written, situation, static)
        yield f"offices-{number}", partial(_offices, situation, static, seed)
    for name in (*FILES, *FOREIGN):
        most = FOREIGN_MOST if name in FOREIGN else None
        yield name, partial(islice, _human(folder, name, static, seed), most)
    yield "judged", partial(_judged, folder, static)


def learned_collections(folder: Path) -> Iterator[Situation]:
    """Yield the written collections that the reader learns from, some at a time as one."""
    for kind, data in (("ranker", FOR_RANKER), ("encoder", FOR_ENCODER)):
        for domain, mine in _by_domain(written(folder, data)).items():
            kept = mine[: HELD_OUT.get(domain, len(mine))]
            for first in range(0, len(kept), TOGETHER):
                yield replace(joined(kept[first : first + TOGETHER]), name=f"{kind} {domain} {first}")


def held_out_collections(folder: Path) -> Iterator[Situation]:
    """Yield the written collections that are held out, those of a domain as one."""
    for domain, mine in _by_domain(written(folder, FOR_RANKER)).items():
        yield replace(joined(mine[HELD_OUT[domain] :]), name=f"ranker {domain}, held out")


def _by_domain(collections: Iterable[Situation]) -> dict[str, list[Situation]]:
    found: dict[str, list[Situation]] = {}
    for collection in collections:
        found.setdefault(collection.name.split("-")[0], []).append(collection)
    return found


def _written(situation: Situation, static: StaticModel) -> Iterator[Group]:
    is_complete = situation.name.startswith("ranker")  # to the encoder's texts one sentence each is known
    for group in groups(situation, static):
        yield replace(group, is_complete=is_complete)


def _offices(situation: Situation, static: StaticModel, seed: int) -> Iterator[Group]:
    asked, spans = office_questions(situation, seed)
    for group in groups(asked, static, spans):
        names = [each.text[slice(*each.span)] for each in group.candidates if each.span]
        about = " ".join((group.question, *names))
        candidates = (
            replace(each, label=-1) if each.label == 0 and may_answer(about, each.text) else each
            for each in group.candidates
        )
        yield from [replace(group, candidates=tuple(candidates), is_complete=True)] * OFFICES


def _human(folder: Path, name: str, static: StaticModel, seed: int) -> Iterator[Group]:
    for situation, spans in human(folder, name, seed, held_out=False):
        yield from groups(situation, static, spans, in_document=name in NAMELESS)


def human(folder: Path, name: str, seed: int, *, held_out: bool) -> Iterator[tuple[Situation, Spans]]:
    """Yield the questions of one file of `qa/` in collections of its contexts, with the answers' words."""
    rows = list(corpora.extractive(folder, name))
    contexts = list(dict.fromkeys(row.context for row in rows))
    random.Random(seed).shuffle(contexts)  # noqa: S311 - reproducible, not secret
    titles = {row.context: row.title for row in rows}
    for first in range(0, len(contexts), LARGEST):
        names = {text: f"{name}-{first + n}" for n, text in enumerate(contexts[first : first + LARGEST])}
        asked, spans = [], {}
        for row in rows:
            if row.context in names and is_held_out(row.title) is held_out:
                place = (names[row.context], row.start)
                asked.append(Asked(row.question, (place,) if row.start >= 0 else (), row.language))
                spans[place] = row.answer
        documents = tuple(Document(key, text, title=titles[text] or None) for text, key in names.items())
        yield Situation(f"{name} {first}", documents, tuple(asked)), spans


def is_held_out(key: str) -> bool:
    """Tell whether what belongs to a key is held out."""
    return zlib.crc32(key.encode()) % PARTS == PART


def judged(folder: Path, *, held_out: bool) -> tuple[Situation, Spans, dict[str, Judgment]]:
    """Return the judged questions as one collection, the words that answer, and the judgments by question."""
    documents: dict[str, Document] = {}
    asked, spans, known = [], {}, {}
    for judgment in judgments(folder):
        documents |= {each.document.id: each.document for each in judgment.sentences}
        if is_held_out(judgment.sentences[0].document.id) is not held_out:
            continue
        places = []
        for each in judgment.sentences:
            if each.label is not Label.NO:
                place = (each.document.id, each.words[0] if each.words else each.start)
                places.append(place)
                if each.words:
                    spans[place] = each.document.text[slice(*each.words)]
        asked.append(Asked(judgment.question, tuple(places), judgment.language))
        known[judgment.question] = judgment
    return Situation("judged", tuple(documents.values()), tuple(asked)), spans, known


def _judged(folder: Path, static: StaticModel) -> Iterator[Group]:
    situation, spans, known = judged(folder, held_out=False)
    for group in groups(situation, static, spans):
        said = {
            each.document.text[each.start : each.end]: each.label for each in known[group.question].sentences
        }
        candidates = (
            replace(
                each,
                label=each.label if each.text in said or not group.answerable else -1,
                leans=said[each.text] is Label.LEAN if each.label == 1 and each.text in said else None,
            )
            for each in group.candidates
        )
        yield replace(group, candidates=tuple(candidates), is_complete=True, is_judged=True)


def groups(
    situation: Situation, static: StaticModel, spans: Spans | None = None, *, in_document: bool = False
) -> Iterator[Group]:
    """Yield a group for each question that can be asked.

    Args:
        situation: Collection and questions.
        static: The bundled encoder's token vectors.
        spans: The words that answer, where they are known.
        in_document: Whether only candidates of the document that answers compete.
    """
    encoder = BundledEncoder(static)
    titles = {document.id: document.title or "" for document in situation.documents}
    with opened(situation, encoder, static) as generation:
        answerer = Answerer(generation, encoder, static, Ranker.bundled())
        for asked in situation.asked:
            try:
                ranking = answerer.rank(read_question(asked.question))
            except QuestionRefused:
                continue
            rows = [group[0] for group in ranking.groups]
            right = sorted(right_rows(asked, generation))
            if in_document:
                own = {int(generation.places[row, DOCUMENT]) for row in right}
                rows = [row for row in rows if int(generation.places[row, DOCUMENT]) in own]
            texts = {generation.sentence(row).text for row in right}
            first = rows[:KEPT]
            seen = {generation.sentence(row).text for row in first}
            first += [row for row in right if generation.sentence(row).text not in seen]
            candidates = tuple(
                _candidate(generation, row, titles, texts, asked, spans or {}) for row in first
            )
            if candidates:
                yield Group(asked.question, asked.kind, bool(asked.places), candidates)


def _candidate(
    generation: Generation, row: int, titles: dict[str, str], right: set[str], asked: Asked, spans: Spans
) -> Candidate:
    sentence = generation.sentence(row)
    first = generation.rows_of(sentence.document).start
    before = generation.sentence(row - 1).text if row > first else ""
    span = None
    for document, offset in asked.places:
        if document == sentence.document and sentence.start <= offset < sentence.end:
            words, start = spans.get((document, offset), ""), offset - sentence.start
            if words and sentence.text.startswith(words, start):
                span = (start, start + len(words))
    return Candidate(titles[sentence.document], before, sentence.text, int(sentence.text in right), span)
