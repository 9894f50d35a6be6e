"""Words: terms survive as they are, and scores are those of BM25."""

import errno
import math
import os
import random
from collections import Counter
from pathlib import Path

import pytest

from index.generation.word_index import FIELDS, META, Field, TermRow, WordIndex, build_words, join_words
from index.store.layout import HIDDEN

PART = "0123456789abcdef" * 2


def whole(rows: list[TermRow], scratch: Path) -> dict[str, bytes]:
    """Build a word index of one part."""
    words = build_words(rows, scratch, PART)
    return words | join_words([words[META]])


def opened(rows: list[TermRow], folder: Path) -> WordIndex:
    """Build, write and open a word index."""
    folder.mkdir()
    for name, data in whole(rows, folder.parent).items():
        (folder / name).write_bytes(data)
    return WordIndex.open(folder, {PART: 0})


def quantised(length: int) -> int:
    """Return the length of a text as tantivy keeps it in one byte: exact below 40, then in steps.

    An 8-bit float of 3 bits of mantissa over an offset of 24, as Lucene's SmallFloat.
    """
    if length < 24:
        return length
    rest = length - 24
    bits = rest.bit_length()
    return 24 + (rest if bits < 4 else rest >> (bits - 4) << (bits - 4))


def bm25(rows: list[list[str]], query: dict[str, float]) -> dict[int, float]:
    """Score every row that holds a term of `query`."""
    average = sum(map(len, rows)) / len(rows)
    scores: dict[int, float] = {}
    for term, weight in query.items():
        frequency = sum(term in row for row in rows)
        idf = math.log(1 + (len(rows) - frequency + 0.5) / (frequency + 0.5))
        for number, row in enumerate(rows):
            if count := Counter(row)[term]:
                norm = 1.2 * (1 - 0.75 + 0.75 * quantised(len(row)) / average)
                scores[number] = scores.get(number, 0.0) + weight * idf * count * 2.2 / (count + norm)
    return scores


def test_a_folder_that_fills_again_while_it_goes_fails_no_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread of tantivy may write its lock at that moment; what is left is hidden, and swept later."""
    rows = [TermRow(["nga"], ["nga"])]
    expected = whole(rows, tmp_path)

    def refuse(path: str, *, dir_fd: int | None = None) -> None:
        raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY), path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "rmdir", refuse)
        assert whole(rows, tmp_path) == expected
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(HIDDEN)


def test_scores_are_bm25(tmp_path: Path) -> None:
    """A hundred weighted questions over sentences of 1 to 120 terms agree with the formula."""
    random_ = random.Random(7)  # noqa: S311 - test data
    vocabulary = [f"từ{number}" for number in range(200)]
    rows = [random_.choices(vocabulary, k=random_.randint(1, 120)) for _ in range(300)]
    words = opened([TermRow(row, row[:3]) for row in rows], tmp_path / "words")
    for _ in range(100):
        query = {term: random_.choice([0.5, 1.0, 2.0]) for term in random_.sample(vocabulary, 5)}
        expected = bm25(rows, query)
        found = words.search(query, "accented", 300)
        assert {row for row, _ in found} == set(expected)
        for row, score in found:
            assert score == pytest.approx(expected[row], rel=1e-4)
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


SURVIVORS = [
    "đường", "tổng", "中文", "ひら", "22/4", "5.580", "3.7", "a b", "AND", "title:x", '"', "\\", "*", "",
    "x" * 5_000, "ế" * 30_000, "y" * 70_000, "Hoa", "hoa", "\U0001f600", "مرحبا", "-1", "OR NOT", "café",
    "cafe\u0301",
]  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
def test_terms_survive_as_they_are(tmp_path: Path, field: Field) -> None:
    """Each term finds exactly its row: nothing is split, folded, lowered or cut."""
    words = opened([TermRow([term], [term], [term]) for term in SURVIVORS], tmp_path / "words")
    for row, term in enumerate(SURVIVORS):
        assert [found for found, _ in words.search([term], field, 50)] == [row]
        assert words.document_frequency(field, term) == 1


def test_fields_are_apart(tmp_path: Path) -> None:
    """A term of one field is not found in the other."""
    words = opened([TermRow(["tổng"], ["tong"])], tmp_path / "words")
    assert words.search(["tổng"], "folded", 1) == []
    assert [row for row, _ in words.search(["tong"], "folded", 1)] == [0]


def test_equal_scores_come_by_row(tmp_path: Path) -> None:
    """Of many equal sentences the first ones come back, in order."""
    words = opened([TermRow(["a", "b"], []) for _ in range(5_000)], tmp_path / "words")
    assert [row for row, _ in words.search(["b"], "accented", 40)] == list(range(40))


def test_a_sequence_counts_its_terms(tmp_path: Path) -> None:
    """A term that occurs twice in the question counts twice."""
    words = opened([TermRow(["a"], []), TermRow(["b", "c"], [])], tmp_path / "words")
    assert words.search(["a", "a", "b"], "accented", 2) == words.search({"a": 2.0, "b": 1.0}, "accented", 2)


@pytest.mark.parametrize("terms", [[], ["nowhere"], ["\ud800"], {"a": 0.0}, {"a": -1.0}])
def test_questions_that_find_nothing(tmp_path: Path, terms: list[str] | dict[str, float]) -> None:
    """Nothing asked, nothing found, and no error."""
    words = opened([TermRow(["a"], ["a"])], tmp_path / "words")
    assert words.search(terms, "accented", 5) == []
    assert words.search(["a"], "accented", 0) == []
    assert words.document_frequency("accented", "\ud800") == 0


def test_no_rows(tmp_path: Path) -> None:
    """An index of nothing opens and finds nothing."""
    words = opened([], tmp_path / "words")
    assert len(words) == 0
    assert words.search(["a"], "accented", 5) == []


def test_equal_rows_give_equal_bytes(tmp_path: Path) -> None:
    """Names and bytes of the files depend on the rows alone."""
    rows = [TermRow([f"t{n % 17}", "x"], [f"t{n % 5}"]) for n in range(1_000)]
    assert whole(rows, tmp_path) == whole(rows, tmp_path)
    assert whole(rows, tmp_path) != whole(rows[1:], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_opening_adds_no_file(tmp_path: Path) -> None:
    """A generation is never changed, not even by reading it."""
    folder = tmp_path / "words"
    words = opened([TermRow(["a"], ["a"])], folder)
    before = {path.name for path in folder.iterdir()}
    assert set(whole([TermRow(["a"], ["a"])], tmp_path)) == before
    assert len(words) == 1


def test_parts_score_as_one(tmp_path: Path) -> None:
    """Rows in one part or in five: the same rows with the same scores, frequencies counted over all."""
    random_ = random.Random(3)  # noqa: S311 - test data
    vocabulary = [f"từ{number}" for number in range(50)]
    rows = [
        TermRow(terms := random_.choices(vocabulary, k=random_.randint(1, 60)), terms) for _ in range(500)
    ]
    one = opened(rows, tmp_path / "one")
    ends = [0, 7, 8, 200, 411, 500]
    names = [f"{number:032x}" for number in range(1 << 120, (1 << 120) + 5)]
    names = [name[::-1] for name in names]
    folder = tmp_path / "five"
    folder.mkdir()
    metas = []
    for name, start, end in zip(names, ends, ends[1:], strict=False):
        files = build_words(rows[start:end], tmp_path, name)
        metas.append(files.pop(META))
        for file, data in files.items():
            (folder / file).write_bytes(data)
    for file, data in join_words(metas).items():
        (folder / file).write_bytes(data)
    five = WordIndex.open(folder, dict(zip(names, ends, strict=False)))
    assert len(five) == len(one) == 500
    for _ in range(50):
        query = random_.sample(vocabulary, 4)
        assert five.search(query, "accented", 500) == one.search(query, "accented", 500)
        assert five.document_frequency("folded", query[0]) == one.document_frequency("folded", query[0])
