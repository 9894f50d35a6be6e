"""A folder of files of every kind, written by other programs, read and built as a real collection."""

import dataclasses
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from index.check import check
from index.generation import Generation
from index.indexer import Indexer
from index.records import Document
from index.sources import Kind, read, read_file
from index.store import Store
from retrieval.cite import cite
from tests.index.fakes import FakeEncoder, FakeTokens
from tests.index.sources.written.cases import Written
from tests.index.sources.written.office import books
from tests.index.sources.written.pdfs import pdfs
from tests.index.sources.written.programs import programs
from tests.index.sources.written.texts import texts
from tests.index.sources.written.web import web

FILES = [*texts(), *books(), *pdfs(), *web(), *programs()]


class Built(NamedTuple):
    """The live generation of all files, its documents, and the problems of the build."""

    generation: Generation
    documents: dict[str, Document]
    problems: list[str]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Build all files once."""
    folder = tmp_path_factory.mktemp("files")
    for written in FILES:
        written.put(folder)
    store = Store(tmp_path_factory.mktemp("data"))
    report = Indexer(store, FakeEncoder(), FakeTokens()).build_paths([folder])
    with store.current() as generation:
        documents = {document.id: document for document in generation.iter_documents()}
        yield Built(generation, documents, [str(problem) for problem in report.problems])


def _said(document: Document) -> dict[str, object]:
    """Return a document without its headings, which test_headings.py has."""
    said = dataclasses.asdict(document)
    del said["headings"], said["lined"]
    return said


def test_there_are_files_of_every_kind() -> None:
    """At least sixty, and two or more of each kind."""
    assert len(FILES) >= 60
    folders = [written.name.split("/")[0] for written in FILES]
    assert all(folders.count(folder) >= 2 for folder in folders)
    assert len(set(folders)) == len(Kind)


@pytest.mark.parametrize("written", FILES, ids=[written.name for written in FILES])
def test_every_file(built: Built, written: Written) -> None:
    """Text, pages, title, author, day, language, outlet and address, each exactly; problems are counted."""
    for expected in written.documents:
        found = built.documents[expected.id]
        assert _said(found) == dataclasses.asdict(expected)
    assert sum(f"/{written.name}" in problem for problem in built.problems) == written.problems


def test_nothing_else_was_read(built: Built) -> None:
    """No document more, no problem more, and the generation is sound."""
    assert sorted(built.documents) == sorted(read.id for written in FILES for read in written.documents)
    assert len(built.problems) == sum(written.problems for written in FILES)
    assert all(problem.isprintable() for problem in built.problems)
    assert check(built.generation) == []


def test_quotes_cite_their_page(built: Built) -> None:
    """Every sentence of every paged document names the page on which its first words stand in print."""
    seen = set()
    for row in range(built.generation.sentences):
        quote = cite(built.generation, row)
        document = built.documents[quote.document]
        if not document.pages:
            assert quote.page is None
            continue
        assert quote.page is not None
        edges = [*document.pages, len(document.text)]
        printed = [document.text[start:end] for start, end in pairwise(edges)]
        assert quote.text.split()[0] in printed[quote.page - 1]
        assert quote.start >= edges[quote.page - 1]
        assert quote.start < edges[quote.page]
        seen.add(quote.page)
    assert seen >= {1, 2, 3, 4, 5}


@pytest.mark.parametrize("written", [pdfs()[1], books()[0], web()[0]], ids=["pdf", "docx", "html"])
def test_a_file_that_was_sent(tmp_path: Path, written: Written) -> None:
    """It is known by the name it was sent with, whatever it is called on the disk."""
    path = tmp_path / "download-123"
    path.write_bytes(written.data)
    name = f"báo cáo{Path(written.name).suffix}"
    reading = read_file(path, name=name)
    assert reading.problems == ()
    assert [_said(document) for document in reading.documents] == [
        dataclasses.asdict(dataclasses.replace(written.documents[0], id=name))
    ]


def test_a_sent_file_that_cannot_be_read(tmp_path: Path) -> None:
    """The sentence names it as it was sent, and nothing is raised."""
    path = tmp_path / "download-123"
    path.write_bytes(b"%PDF-1.7 and no more")
    reading = read_file(path, name="báo\ncáo.pdf")
    assert reading.documents == ()
    assert [str(problem) for problem in reading.problems] == [
        "báo\\ncáo.pdf is a damaged PDF file; save it again."
    ]
    missing = read_file(tmp_path / "nowhere", name="a.pdf")
    assert [str(problem) for problem in missing.problems] == [
        "a.pdf cannot be opened (No such file or directory); left out."
    ]


def test_what_a_template_says_of_itself_is_not_said_of_the_document(tmp_path: Path) -> None:
    """A file that python-docx wrote, and nobody dated or signed, has no day and no author."""
    import docx

    written = docx.Document()
    written.add_paragraph("Trường học mở cửa.")
    written.save(str(tmp_path / "a.docx"))
    (document,) = read([tmp_path], print)
    assert (document.date, document.author) == (None, None)
