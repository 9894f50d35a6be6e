"""The questions of `training/data`, written for this project to texts of the corpora.

One file holds a collection: a line `# documents` that names each by the digests of its parts, with a `+`
between them, by which they are found in the corpora (an article of the news, or paragraphs of Wikipedia);
then one question per line: its language, the question, and the places that answer it as `document:offset`,
or `-` where nothing does. Documents are counted from 0, offsets in code points of the parts with an empty
line between.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from index.records import Document
from training import corpora
from training.situations import Asked, Situation

_DATA = Path(__file__).parent / "data"
FOR_ENCODER, FOR_RANKER = _DATA / "encoder", _DATA / "ranker"
"""To other documents each, so that the ranker learns from features it will meet."""
HOME, ENGLISH, OTHER = "asked-vi", "asked-en", "asked-other"
"""Kinds of questions: in the language of the documents, in English, in any other language."""
_KINDS = {"vi": HOME, "en": ENGLISH}


def written(folder: Path, data: Path) -> Iterator[Situation]:
    """Yield each collection in `data` with its questions.

    Raises:
        ValueError: A document is not in the corpora, or a line is not as described above.

    """
    for name, documents, lines in files(folder, data):
        yield Situation(name, documents, tuple(_asked(line, documents) for line in lines))


def files(folder: Path, data: Path) -> Iterator[tuple[str, tuple[Document, ...], list[str]]]:
    """Yield for each file in `data` its name, its documents and the lines below the one that names them.

    Raises:
        ValueError: A document is not in the corpora.

    """
    read = {path.stem: path.read_text("utf-8").splitlines() for path in sorted(data.glob("*.tsv"))}
    wanted = {part for lines in read.values() for name in _documents(lines) for part in name.split("+")}
    found = {name: part for part in _parts(folder) if (name := digest(part[1])) in wanted}
    if missing := wanted - found.keys():
        raise ValueError(f"{len(missing)} texts of {data} are not in the corpora: {sorted(missing)[:3]}")
    for name, lines in read.items():
        documents = tuple(_document([found[part] for part in each.split("+")]) for each in _documents(lines))
        yield name, documents, lines[1:]


def joined(collections: Iterable[Situation]) -> Situation:
    """Return all collections as one: what nothing answers in its own is not answered in another either."""
    documents = {document.id: document for each in collections for document in each.documents}
    asked = tuple(question for each in collections for question in each.asked)
    return Situation("written", tuple(documents.values()), asked)


def _documents(lines: list[str]) -> list[str]:
    return lines[0].removeprefix("# documents").split()


def _asked(line: str, documents: tuple[Document, ...]) -> Asked:
    language, question, answers = line.split("\t")
    places = []
    for answer in answers.split(",") if answers != "-" else ():
        number, offset = map(int, answer.split(":"))
        places.append((documents[number].id, offset))
    return Asked(question, tuple(places), _KINDS.get(language, OTHER))


def _parts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the title and the text of whatever a document may be made of."""
    for article in corpora.news(folder):
        yield article.title, article.text
    for title, _, paragraph in corpora.wikipedia(folder):
        yield title, paragraph


def _document(parts: list[tuple[str, str]]) -> Document:
    text = "\n\n".join(part for _, part in parts)
    return Document(digest(text), text, title=parts[0][0])


def digest(text: str) -> str:
    """Return the name of a text: the first 12 digits of its SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
