"""The library as a program of somebody else uses it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import trichdan
from index.sources import sample_folder

ROOT = Path(__file__).parents[2]
SUMMIT = "Hội nghị thượng đỉnh NATO năm 2025 được tổ chức ở đâu?"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of the sample collection."""
    made = tmp_path_factory.mktemp("library") / "index"
    trichdan.build(made, sorted(sample_folder().glob("*.txt")))
    return made


@pytest.fixture(scope="module")
def collection(folder: Path) -> Iterator[trichdan.Collection]:
    """Open it."""
    with trichdan.Collection.open(folder) as opened:
        yield opened


def test_a_quote_is_a_range_of_its_document(collection: trichdan.Collection) -> None:
    """What the documentation promises: `document.text[start:end]`, and the words that answer inside it."""
    answer = collection.ask(SUMMIT)
    assert answer.status is trichdan.Status.FOUND
    quote = answer.quotes[0]
    assert collection.document(quote.document).text[quote.start : quote.end] == quote.text
    assert quote.probability >= collection.threshold
    assert quote.answer is not None
    assert "La Haye" in quote.text[slice(*quote.answer)]


def test_what_nothing_answers(collection: trichdan.Collection) -> None:
    """No quote, and what is nearest beside it."""
    answer = collection.ask("Cách nấu phở bò?")
    assert answer.status is trichdan.Status.NOT_FOUND
    assert answer.quotes == ()
    assert collection.ask("???").reason is trichdan.Refusal.NO_WORDS


def test_documents(collection: trichdan.Collection) -> None:
    """All are there, each by its id."""
    documents = list(collection.documents())
    assert len(documents) == len(collection) == 5
    assert [collection.document(each.id) for each in documents] == documents
    with pytest.raises(KeyError):
        collection.document("nowhere.txt")


def test_a_filter(collection: trichdan.Collection) -> None:
    """Only documents that the filter lets pass are asked."""
    only = trichdan.DocumentFilter(source="no such outlet")
    assert collection.ask(SUMMIT, only=only).status is trichdan.Status.NOT_FOUND


def test_documents_made_in_memory(tmp_path: Path) -> None:
    """An index is built of values, added to, and taken from; an open collection stays as it was."""
    folder = tmp_path / "index"
    first = trichdan.Document("a", "Cầu Rồng ở Đà Nẵng dài 666 mét và có sáu làn xe.", title="Cầu Rồng")
    second = trichdan.Document("b", "Cầu Thê Húc ở Hà Nội được sơn màu đỏ son.", title="Cầu Thê Húc")
    assert trichdan.build(folder, [first]).documents == 1
    with trichdan.Collection.open(folder, reader=False) as before:
        assert trichdan.add(folder, [second]).added == 1
        assert len(before) == 1
    with trichdan.Collection.open(folder, reader=False) as after:
        assert [each.id for each in after.documents()] == ["a", "b"]
        assert after.ask("Cầu Rồng dài bao nhiêu mét?").quotes[0].document == "a"
    assert trichdan.remove(folder, ["a"]).removed == 1


def test_files_come_and_go(tmp_path: Path) -> None:
    """`update` follows a folder."""
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("Cầu Rồng ở Đà Nẵng dài 666 mét và có sáu làn xe.", encoding="utf-8")
    (articles / "b.txt").write_text("Cầu Thê Húc ở Hà Nội được sơn màu đỏ son.", encoding="utf-8")
    assert trichdan.build(tmp_path / "index", [articles]).documents == 2
    (articles / "a.txt").unlink()
    assert trichdan.update(tmp_path / "index", [articles]).removed == 1


def test_what_goes_wrong_has_a_name(tmp_path: Path) -> None:
    """Each error is of the promised tree."""
    with pytest.raises(trichdan.NoGeneration):
        trichdan.Collection.open(tmp_path / "nothing")
    with pytest.raises(trichdan.SourceError):
        trichdan.build(tmp_path / "index", [tmp_path / "nowhere"])
    with pytest.raises(TypeError, match="list"):
        trichdan.build(tmp_path / "index", "articles")
    with pytest.raises(TypeError, match="one after the other"):
        trichdan.build(tmp_path / "index", [tmp_path, trichdan.Document("a", "Một câu.")])


def test_a_precision_out_of_reach(folder: Path) -> None:
    """A threshold is found for what was measured, and for nothing else."""
    with (
        trichdan.Collection.open(folder, precision=0.7) as careful,
        trichdan.Collection.open(folder) as usual,
    ):
        assert careful.threshold != usual.threshold
    with pytest.raises(ValueError, match="precision of"):
        trichdan.Collection.open(folder, precision=0.999)


def test_what_is_promised() -> None:
    """`__all__` names what the module imports and nothing else, and every name has its documentation."""
    tree = ast.parse((ROOT / "trichdan" / "__init__.py").read_text("utf-8"))
    imported = [alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert sorted(imported) == trichdan.__all__
    assert all(getattr(trichdan, name).__doc__ for name in trichdan.__all__)


def test_the_example_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page about the library shows a program that runs as it stands."""
    page = (ROOT / "docs" / "library.md").read_text("utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").symlink_to(sample_folder())
    exec(compile(example, "library.md", "exec"), {})  # noqa: S102 - our own page
    said = capsys.readouterr().out
    assert "La Haye" in said
    assert "Bế mạc hội nghị thượng đỉnh NATO" in said
