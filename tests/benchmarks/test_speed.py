"""Side by side: each system is asked the same way, and one that does not finish says how far it came."""

import sys
from pathlib import Path

import pytest

from benchmarks import speed
from benchmarks.peers import Fts5, Peer, Tantivy
from benchmarks.speed import Figures, compare, table
from benchmarks.speed_case import Case, Question, Sentence, Sentences
from benchmarks.speed_systems import Pipeline
from index.records import Document

TEXTS = ["Con mèo tên là Mướp.", "Con chó tên là Đốm và sống ở Huế.", "Giá vàng tăng 2 % hôm nay."]


def case() -> Case:
    """Return three documents of a sentence each, and two questions."""
    sentences = [Sentence(number, 0, text) for number, text in enumerate(TEXTS)]
    questions = [Question("Con chó nào sống ở Huế?", [1]), Question("Giá vàng hôm nay thế nào?", [2])]
    return Case([(str(number), "", text) for number, text in enumerate(TEXTS)], sentences, questions)


@pytest.mark.parametrize("kind", [Tantivy, Fts5, Pipeline])
def test_a_system_finds_sentences(kind: type[Peer], tmp_path: Path) -> None:
    """By their places, whatever it is made of; signs in a question are no part of a query language."""
    peer = kind()
    if isinstance(peer, Pipeline):
        peer.case = case()
    peer.build(TEXTS, tmp_path)
    search = peer.open(TEXTS, tmp_path)
    for asked in case().questions:
        assert search(f'"{asked.question}) AND (')[0] in asked.right


def test_a_case_is_kept_whole(tmp_path: Path) -> None:
    """What is read is what was written."""
    case().write(tmp_path / "case.json")
    assert Case.read(tmp_path / "case.json") == case()


def test_sentences_are_found_by_a_place() -> None:
    """Each by any of its code points, and once, however often its document comes."""
    held = Sentences()
    for _ in range(2):
        held.add(Document("a", "Câu một. Câu hai."))
    assert [sentence.text for sentence in held.sentences] == ["Câu một.", "Câu hai."]
    assert [held.at("a", place) for place in (0, 7, 8, 9, 16, 17)] == [[0], [0], [], [1], [1], []]
    assert held.at("b", 0) == []


def test_who_does_not_finish_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With how far it came; what it took is left empty."""
    (tmp_path / "case.json").write_text("")
    slow = tmp_path / "slow"
    slow.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(speed, "_command", lambda name, case, folder, e5: [sys.executable, str(slow)])
    stopped = compare("tantivy", tmp_path / "case.json", 3, tmp_path, None, limit=0.2)
    assert (stopped.stopped, stopped.median_ms) == ("build: not finished after 0 s", None)
    (tmp_path / "bm25s").mkdir()
    (tmp_path / "bm25s" / "progress").write_text("2000")
    stopped = compare("bm25s", tmp_path / "case.json", 3, tmp_path, None, limit=0.2)
    assert stopped.stopped == "build: not finished after 0 s, 2,000 sentences encoded"


def test_the_table_shows_what_there_is() -> None:
    """Empty cells where a system did not come so far."""
    rows = table(
        [Figures("a", 10, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.5, 0.75), Figures("b", 10, stopped="x")]
    ).rows
    assert rows == [
        ["a", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0", ".500", ".750"],
        ["b (x)", "", "", "", "", "", "", "", ""],
    ]
