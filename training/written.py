"""The questions of `training/data`, written for this project to texts of the corpora.

One file holds a collection: a line `# documents` with the digest of each document, by which it is found in
the corpora, then a question a line: its language, the question, and the places that answer it as
`document:offset`, counted from 0 in that list and in code points, or `-` where nothing answers.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from index.records import Document
from index.segment import segment
from training import corpora
from training.situations import Asked, Situation

_DATA = Path(__file__).parent / "data"
FOR_ENCODER, FOR_RANKER = _DATA / "encoder", _DATA / "ranker"
"""To other documents each, so that the ranker learns from features it will meet."""
HOME, ENGLISH, OTHER = "asked-vi", "asked-en", "asked-other"
"""Kinds of questions: in the language of the documents, in English, in any other language."""
_KINDS = {"vi": HOME, "en": ENGLISH}
_PARAGRAPHS = 4
"""Of an article of Wikipedia, so many paragraphs of middling length are a document …"""
_SENTENCES, _CHARACTERS = (3, 9), 1600
"""… of so many sentences each, and no longer than that."""


def written(folder: Path, data: Path) -> Iterator[Situation]:
    """Yield each collection in `data` with its questions.

    Raises:
        ValueError: A document is not in the corpora, or a line is not as described above.

    """
    files = {path.stem: path.read_text("utf-8").splitlines() for path in sorted(data.glob("*.tsv"))}
    wanted = {digest for lines in files.values() for digest in _digests(lines)}
    found = {digest: document for digest, document in _documents(folder) if digest in wanted}
    if missing := wanted - found.keys():
        raise ValueError(f"{len(missing)} documents of {data} are not in the corpora: {sorted(missing)[:3]}")
    for name, lines in files.items():
        documents = tuple(found[digest] for digest in _digests(lines))
        yield Situation(name, documents, tuple(_asked(line, documents) for line in lines if line[0] != "#"))


def joined(collections: Iterable[Situation]) -> Situation:
    """Return all collections as one: what nothing answers in its own is not answered in another either."""
    documents = {document.id: document for each in collections for document in each.documents}
    asked = tuple(question for each in collections for question in each.asked)
    return Situation("written", tuple(documents.values()), asked)


def _digests(lines: list[str]) -> list[str]:
    return lines[0].removeprefix("# documents").split()


def _asked(line: str, documents: tuple[Document, ...]) -> Asked:
    language, question, answers = line.split("\t")
    places = []
    for answer in answers.split(",") if answers != "-" else ():
        number, offset = map(int, answer.split(":"))
        places.append((documents[number].id, offset))
    return Asked(question, tuple(places), _KINDS.get(language, OTHER))


def _documents(folder: Path) -> Iterator[tuple[str, Document]]:
    for article in corpora.news(folder):
        yield _with_digest("\n\n".join((article.title, *article.paragraphs)), article.title)
    for title, rows in groupby(corpora.wikipedia(folder), key=lambda row: row[0]):
        paragraphs = [paragraph for _, _, paragraph in rows if _is_middling(paragraph)][:_PARAGRAPHS]
        if len(paragraphs) == _PARAGRAPHS:
            yield _with_digest("\n\n".join(paragraphs), title)


def _is_middling(paragraph: str) -> bool:
    return len(paragraph) < _CHARACTERS and _SENTENCES[0] <= len(segment(paragraph)) <= _SENTENCES[1]


def _with_digest(text: str, title: str) -> tuple[str, Document]:
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return digest, Document(digest, text, title=title)
