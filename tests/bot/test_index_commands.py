"""The commands that change a collection, over real files, and the gate before it goes live."""

import datetime as dt
import errno
import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.acceptance import require
from bot.commands.index.watch import changes
from index.errors import GenerationRefused
from index.indexer import Indexer
from index.records import Dated, Document
from index.remarks import Remark, RemarkKind, parse
from index.sources.tables.export import line
from index.store import Store
from retrieval.evaluation import Case, Expected
from retrieval.records import Answer
from tests.bot.fakes import SUMMIT, found, not_found
from tests.bot.test_whole import Ended, Run, trichdan  # noqa: F401 - a fixture
from tests.index.conftest import new_store, quick_path  # noqa: F401 - fixtures
from tests.index.fakes import FakeEncoder, FakeTokens
from tests.index.published import folder_of

CAT = "Con mèo tên là Mướp.\n"


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Make a folder of two documents."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "cat.txt").write_text(CAT, "utf-8")
    (folder / "dog.md").write_text(
        "---\ntitle: Chú chó Đốm\ndate: 2024-04-22\n---\nChó tên là Đốm.\n", "utf-8"
    )
    return folder


def test_json_of_what_is_listed_and_checked(
    trichdan: Run,  # noqa: F811 - the fixture
    articles: Path,
) -> None:
    """An object a line with exactly the fields that are documented, in their order."""
    trichdan("index", "build", "articles")
    documents = [json.loads(row) for row in trichdan("index", "list", "--json").out.splitlines()]
    assert documents[1] == {
        "document": "dog.md",
        "title": "Chú chó Đốm",
        "source": None,
        "url": None,
        "date": "2024-04-22",
    }
    assert trichdan("index", "list", "--json", "--title", "voi") == Ended(3, "", "")
    (told,) = map(json.loads, trichdan("index", "generations", "--json").out.splitlines())
    assert list(told) == ["generation", "live", "documents", "sentences", "newest", "encoder", "damaged"]
    assert (told["live"], told["documents"], told["newest"]) == (True, 2, "2024-04-22")
    sound = json.loads(trichdan("index", "check", "--json").out)
    wanted = {"generation": told["generation"], "sound": True, "documents": 2, "sentences": 2, "faults": []}
    assert (sound, list(sound)) == (wanted, list(wanted))


def test_a_collection_from_its_first_document_to_its_last(
    trichdan: Run,  # noqa: F811 - the fixture
    articles: Path,
) -> None:
    """Build, add, update, list, show, remove, roll back: each says what it did, and answers follow."""
    assert "2 added, 0 changed, 0 removed" in trichdan("index", "build", "articles").out
    (articles.parent / "fish.txt").write_text("Con cá tên là Ngần.\n", "utf-8")
    added = trichdan("index", "add", "fish.txt")
    assert "3 documents" in added.out
    assert "1 added, 0 changed, 0 removed, 2 reused" in added.out
    assert "Con cá tên là Ngần." in trichdan("ask", "--all", "Con cá tên là gì?").out

    (articles / "cat.txt").write_text("Con mèo tên là Miu.\n", "utf-8")
    updated = trichdan("index", "update", "articles")
    assert "0 added, 1 changed, 0 removed" in updated.out
    again = trichdan("index", "update", "articles")
    assert again.out.split(":")[0] == updated.out.split(":")[0]

    listed = trichdan("index", "list").out.splitlines()
    assert [row.split()[0] for row in listed] == ["document", "cat.txt", "dog.md", "fish.txt"]
    assert trichdan("index", "list", "--title", "cho DOM").out.splitlines()[1].startswith("dog.md")
    assert "cat.txt" not in trichdan("index", "list", "--since", "2024-01-01").out
    nothing = trichdan("index", "list", "--source", "nobody")
    assert (nothing.status, nothing.out, nothing.err.count("\n")) == (3, "", 1)

    shown = trichdan("index", "show", "dog.md").out
    assert "2024-04-22 (stated)" in shown
    assert "Chó tên là Đốm." in shown
    unknown = trichdan("index", "show", "cow.md")
    assert (unknown.status, unknown.out) == (2, "")
    assert "cow.md" in unknown.err

    removed = trichdan("index", "remove", "cat.txt", "dog.md")
    assert "2 removed" in removed.out
    assert "Miu" not in trichdan("ask", "--all", "Con mèo tên là gì?").out
    assert trichdan("index", "remove", "cat.txt").status == 2
    assert trichdan("index", "rollback").status == 0
    assert "Miu" in trichdan("ask", "--all", "Con mèo tên là gì?").out
    assert trichdan("index", "generations").out.count("bundled") == 3


def test_what_reading_left_out_is_counted(trichdan: Run, tmp_path: Path) -> None:  # noqa: F811
    """In the last line of a build, in detail for a document, and as JSON for scripts."""
    heads = Remark(RemarkKind.HEADS, 5, (1, 2, 3), ("Báo cáo năm 2024",))
    documents = [
        Document(
            "a", "Con mèo tên là Mướp.", remarks=(heads, Remark(RemarkKind.FORMS, 1, (2,), ("Tên: Mướp",)))
        ),
        Document("b", "Chó tên là Đốm.", remarks=(Remark(RemarkKind.HEADS, 2, (1,)),)),
    ]
    (tmp_path / "all.jsonl").write_text("".join(map(line, documents)), "utf-8")
    assert (
        "0 problems, 7 running heads left out, 1 form field read, "
        in trichdan("index", "build", "all.jsonl").out
    )
    shown = trichdan("index", "show", "a").out
    assert "5 running heads left out" in shown
    assert "1, 2, 3" in shown
    assert "Báo cáo năm 2024" in shown
    assert "Tên: Mướp" in shown
    report = json.loads(trichdan("index", "build", "--json", "all.jsonl").out)
    assert report["remarks"] == {"running_heads": 7, "form_fields": 1}
    assert (report["documents"], report["reused"], report["problems"]) == (2, 2, [])
    told = json.loads(trichdan("index", "show", "--json", "a").out)
    assert parse(told["remarks"]) == documents[0].remarks
    assert [sentence["text"] for sentence in told["sentences"]] == ["Con mèo tên là Mướp."]


def test_a_collection_in_vietnamese(
    trichdan: Run,  # noqa: F811
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the language set, or a system in it, everything is in it: results, problems, errors."""
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    (articles / "empty.txt").write_text(" ", "utf-8")
    built = trichdan("index", "build", "articles")
    assert "2 tài liệu, 2 câu, thêm 2, đổi 0, bỏ 0, dùng lại 0, 1 chỗ có vấn đề" in built.out
    assert "không có nội dung nên bị bỏ qua" in built.err
    assert trichdan("index", "list").out.splitlines()[0].split() == [
        "tài",
        "liệu",
        "ngày",
        "nguồn",
        "tên",
        "địa",
        "chỉ",
    ]
    assert "2024-04-22 (tài liệu ghi)" in trichdan("index", "show", "dog.md").out
    assert "nguyên vẹn: 2 tài liệu, 2 câu" in trichdan("index", "check").out
    assert "Không có tài liệu 'x'" in trichdan("index", "show", "x").err
    assert trichdan("index", "refresh").err.startswith("trichdan: Chưa có địa chỉ nào")
    assert "Không có tài liệu x" in trichdan("index", "remove", "x").err
    monkeypatch.setenv("TRICHDAN_LANGUAGE", "en")
    assert "There is no document x" in trichdan("index", "remove", "x").err
    assert trichdan("index", "generations").out.split()[:2] == ["generation", "documents"]


def test_update_can_remove_what_is_gone(trichdan: Run, articles: Path) -> None:  # noqa: F811
    """With --delete the collection is what the paths hold; without a path there must be a setting."""
    trichdan("index", "build", "articles")
    (articles / "dog.md").unlink()
    assert "0 removed" in trichdan("index", "update", "articles").out
    assert "1 removed" in trichdan("index", "update", "--delete", "articles").out
    assert trichdan("index", "update").status == 2


def test_update_removes_only_what_came_from_its_folder(trichdan: Run, articles: Path) -> None:  # noqa: F811
    """What was added otherwise stays, even below a folder of a similar name; also after a rollback."""
    root = articles.parent
    other = root / "articles-2"
    other.mkdir()
    (other / "cow.txt").write_text("Con bò tên là Vàng.\n", "utf-8")
    (root / "fish.txt").write_text("Con cá tên là Ngần.\n", "utf-8")
    trichdan("index", "build", "articles")
    trichdan("index", "add", "fish.txt", "articles-2")
    (articles / "dog.md").unlink()
    (other / "cow.txt").unlink()
    assert "1 removed" in trichdan("index", "update", "--delete", str(articles.resolve())).out

    def ids() -> list[str]:
        return [row.split()[0] for row in trichdan("index", "list").out.splitlines()[1:]]

    assert ids() == ["cat.txt", "cow.txt", "fish.txt"]
    assert str(other.resolve()) in trichdan("index", "show", "cow.txt").out
    empty = trichdan("index", "update", "--delete", "articles-2")
    assert (empty.status, ids()) == (2, ["cat.txt", "cow.txt", "fish.txt"])
    trichdan("index", "rollback")
    assert "dog.md" in ids()
    (articles / "sub").mkdir()
    (articles / "cat.txt").rename(articles / "sub" / "cat.txt")
    moved = trichdan("index", "update", "--delete", "articles")
    assert "1 added, 0 changed, 2 removed" in moved.out
    assert ids() == ["cow.txt", "fish.txt", "sub/cat.txt"]
    assert trichdan("index", "check").status == 0


def test_update_removes_nothing_while_something_cannot_be_read(
    trichdan: Run,  # noqa: F811
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file that rights or the disk hide may be the one that is missed; what is new is taken in."""
    trichdan("index", "build", "articles")
    (articles / "fish.txt").write_text("Con cá tên là Ngần.\n", "utf-8")
    rightful = os.open

    def refused(path: str | Path, flags: int, mode: int = 0o777, **options: int) -> int:
        if Path(path).name == "dog.md":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return rightful(path, flags, mode, **options)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refused)
        hidden = trichdan("index", "update", "--delete", "articles")
    assert "1 added, 0 changed, 0 removed" in hidden.out
    assert "dog.md cannot be opened (Permission denied)" in hidden.err
    assert "so nothing is removed" in hidden.err
    assert hidden.status == 1
    (articles / "dog.md").unlink()
    gone = trichdan("index", "update", "--delete", "articles")
    assert (gone.err, "0 added, 0 changed, 1 removed" in gone.out) == ("", True)
    assert gone.status == 0


def test_a_link_that_leads_nowhere_keeps_nothing(trichdan: Run, articles: Path) -> None:  # noqa: F811
    """It is named each time; what is gone is still removed, with status 0."""
    (articles / "link.md").symlink_to("none.md")
    trichdan("index", "build", "articles")
    (articles / "dog.md").unlink()
    gone = trichdan("index", "update", "--delete", "articles")
    assert (gone.status, "0 added, 0 changed, 1 removed" in gone.out) == (0, True)
    assert "link.md cannot be opened (No such file or directory); left out." in gone.err


def test_a_document_that_takes_the_place_of_another_files_is_named(trichdan: Run, tmp_path: Path) -> None:  # noqa: F811
    """If it says something else; the same file named on its own does not count."""
    for folder, text in (
        ("a", "Con mèo tên là Mướp.\n"),
        ("b", "Con mèo tên là Mun.\n"),
        ("c", "Con mèo tên là Mun.\n"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "cat.txt").write_text(text, "utf-8")
    trichdan("index", "build", "a")
    other = trichdan("index", "add", "b/cat.txt")
    place = f"from {tmp_path / 'a'} was replaced by the one from {tmp_path / 'b' / 'cat.txt'}."
    assert (other.status, f"The document cat.txt {place}" in other.err) == (0, True)
    assert trichdan("index", "add", "c").err == ""
    (tmp_path / "c" / "cat.txt").write_text("Con mèo tên là Vàng.\n", "utf-8")
    assert trichdan("index", "add", "c/cat.txt").err == ""
    assert "1 changed" in trichdan("index", "update", "a").out


def test_a_collection_has_a_limit(
    trichdan: Run,  # noqa: F811
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What would pass it is refused in one sentence that names the setting, and the old index answers."""
    monkeypatch.setenv("TRICHDAN_MOST_SENTENCES", "3")
    trichdan("index", "build", "articles")
    (articles / "fish.txt").write_text("Con cá tên là Ngần. Nó bơi.\n", "utf-8")
    refused = trichdan("index", "add", "articles/fish.txt")
    assert (refused.status, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "TRICHDAN_MOST_SENTENCES" in refused.err
    assert "cat.txt" in trichdan("index", "list").out
    monkeypatch.setenv("TRICHDAN_MOST_SENTENCES", "4")
    assert "4 sentences" in trichdan("index", "add", "articles/fish.txt").out


def test_the_operators_questions(
    trichdan: Run,  # noqa: F811
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A build that loses an answer is refused, the lost question is named, --force publishes it."""
    trichdan("index", "build", "articles")
    question = "Con mèo tên là gì?"
    row = {"id": "1", "kind": "vi", "question": question}
    row |= {"expected": [{"document": "cat.txt", "start": 0, "end": len(CAT) - 1}]}  # type: ignore[dict-item]  # JSON
    (articles.parent / "questions.jsonl").write_text(json.dumps(row), "utf-8")
    monkeypatch.setenv("TRICHDAN_QUESTIONS_FILE", "questions.jsonl")
    (articles.parent / "fish.txt").write_text("Con cá tên là Ngần.\n", "utf-8")
    assert trichdan("index", "add", "fish.txt").status == 0
    refused = trichdan("index", "remove", "cat.txt")
    assert (refused.status, refused.out) == (1, "")
    assert question in refused.err
    assert "--force" in refused.err
    assert "Mướp" in trichdan("ask", "--all", question).out
    assert list((articles.parent / ".data").rglob(".trichdan-*")) == []
    monkeypatch.setenv("TRICHDAN_RANKER", "other.json")  # the one that answers also judges
    without = trichdan("index", "add", "fish.txt")
    assert (without.status, "TRICHDAN_RANKER=other.json" in without.err) == (2, True)
    monkeypatch.delenv("TRICHDAN_RANKER")
    assert trichdan("index", "remove", "cat.txt", "--force").status == 0
    assert "Mướp" not in trichdan("ask", "--all", question).out


def test_what_is_agreed() -> None:
    """Of four questions three are found: enough for .75, and not for more."""
    cases = [Case(f"{n}", "vi", f"Câu hỏi {n}?", (Expected("a", 0, 9),)) for n in range(4)]

    right = replace(SUMMIT, document="a", start=0, end=9)

    def ask(question: str) -> Answer:
        return not_found(question) if "2" in question else found(question, right)

    require(cases, ask, 0.75, 3)
    require([], ask, 1.0, 3)
    with pytest.raises(GenerationRefused, match=r"0\.75 of the 4 kept .* 0\.76 are agreed.*Câu hỏi 2"):
        require(cases, ask, 0.76, 3)


texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60
).filter(lambda text: text.strip() != "")
names = st.one_of(st.none(), texts)
documents = st.lists(
    st.builds(
        Document,
        id=texts,
        text=texts.map(lambda text: f"Câu. {text}"),
        title=names,
        source=names,
        url=st.one_of(st.none(), st.just("https://a.vn/b?c=d")),
        date=st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1)),
        body=st.integers(0, 3),
        author=names,
        language=st.sampled_from([None, "vi", "en"]),
        pages=st.sampled_from([(), (0, 2), (1, 4)]),
        dated=st.sampled_from([Dated.STATED, Dated.ADDRESS, Dated.FILE_NAME]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda document: document.id,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents)
def test_an_export_builds_the_same_index(
    new_store: Callable[..., Store],  # noqa: F811
    quick_path: Path,  # noqa: F811
    held: list[Document],
) -> None:
    """Part by part and byte for byte, whatever the documents say of themselves."""
    tokens = FakeTokens()
    name = len(list(quick_path.iterdir()))
    first, second = (new_store(f"{which}-{name}") for which in ("first", "second"))
    one = Indexer(first, FakeEncoder(), tokens).build(held).generation
    with first.current() as generation:
        lines = [line(document) for document in generation.iter_documents()]
    path = quick_path / f"{name}.jsonl"
    path.write_text("".join(lines), "utf-8", newline="")
    two = Indexer(second, FakeEncoder(), tokens).build_paths([path]).generation
    manifests = [
        json.loads((folder_of(store, made) / "manifest.json").read_bytes())
        for store, made in ((first, one), (second, two))
    ]
    for manifest in manifests:
        del manifest["files"]["origins.json"]  # these came from nowhere, those from a file
    assert manifests[0] == manifests[1]


def test_an_export_does_not_command_the_terminal(
    trichdan: Run,  # noqa: F811
    articles: Path,
) -> None:
    """C0, C1 and bidirectional characters are written as escapes of JSON, which reads back as it was."""
    commands = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\0\t\n\r"]
    marks = [chr(code) for code in (0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))]
    text = f"Con cá{''.join(commands)} tên là{''.join(marks)} Ngần."
    row = {"text": text, "title": text, "id": "fish"}
    (articles / "fish.jsonl").write_text(json.dumps(row), "utf-8")
    trichdan("index", "build", str(articles))
    out = trichdan("index", "export").out
    assert not [sign for sign in out if sign in {*commands, *marks} and sign != "\n"]
    (read,) = [held for held in map(json.loads, out.splitlines()) if held["id"] == "fish"]
    assert set(marks) <= set(read["text"])
    assert "Ngần" in out


def test_a_watch_repeats_nothing(
    trichdan: Run,  # noqa: F811
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each change once, each problem once; where nothing has changed nothing is said."""
    (articles / "empty.txt").touch()
    steps: list[Callable[[], object]] = [
        lambda: None,
        lambda: None,
        lambda: (articles / "fish.txt").write_text("Con cá tên là Ngần.\n", "utf-8"),
        lambda: (articles / "nul.txt").write_bytes(b"a\0b"),
        lambda: articles.rename(articles.parent / "away"),
        lambda: None,
        lambda: (articles.parent / "away").rename(articles),
    ]

    def watched(paths: list[Path]) -> Iterator[None]:
        for step in steps:
            step()
            yield

    monkeypatch.setattr("bot.commands.index.watch.changes", watched)
    ran = trichdan("index", "update", "--watch", "articles")
    assert [line.split(", ")[2] for line in ran.out.splitlines()] == ["2 added", "1 added"]
    names = ["articles/empty.txt", "articles/nul.txt", "articles"]
    assert [line.split()[1] for line in ran.err.splitlines()] == names


def test_damage_is_told_in_vietnamese(
    trichdan: Run,  # noqa: F811
    articles: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An older generation answers meanwhile."""
    trichdan("index", "build", "articles")
    (articles / "fish.txt").write_text("Con cá tên là Ngần.\n", "utf-8")
    trichdan("index", "add", "articles")
    live = (articles.parent / ".data" / "CURRENT").read_text().strip()
    (articles.parent / ".data" / "generations" / live / "manifest.json").write_bytes(b"{}")
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    asked = trichdan("ask", "--all", "Con mèo tên là gì?")
    assert "Mướp" in asked.out
    assert asked.err.startswith(f"trichdan: Bản kê của {live} bị hỏng; bạn chạy `trichdan index rollback`")


@pytest.mark.slow
def test_a_folder_that_is_put_back_is_watched_again(tmp_path: Path) -> None:
    """Its removal, its return and later changes in it are noticed; so for a file."""
    folder, file = tmp_path / "folder", tmp_path / "file.txt"
    folder.mkdir()
    file.write_text("x")
    told = changes([folder, file])
    next(told)

    def replaced() -> None:
        (tmp_path / "new").write_text("y")
        (tmp_path / "new").replace(file)

    acts = (
        folder.rmdir, folder.mkdir, lambda: (folder / "a.txt").write_text("x"),
        replaced, lambda: file.write_text("z"),
    )  # fmt: skip
    for act in acts:
        timer = threading.Timer(0.5, act)
        timer.start()
        next(told)
        timer.join()


@pytest.mark.slow
def test_watching(tmp_path: Path) -> None:
    """A file that is made, changed or removed is noticed; many at a time, once."""
    told = changes([tmp_path])
    next(told)
    path = tmp_path / "a.txt"
    for act in (lambda: path.write_text("x"), lambda: path.write_text("y"), path.unlink):
        timer = threading.Timer(0.5, act)
        timer.start()
        next(told)
        timer.join()
