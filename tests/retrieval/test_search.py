"""Candidates: what words or vectors find, by numpy and by counting."""

from dataclasses import replace

import numpy as np
import pytest

from index.encoders import BundledEncoder, StaticModel
from index.generation import Generation
from index.records import Document
from index.text.headings import numbered
from index.text.terms import fold, terms
from retrieval import search
from retrieval.question import read_question
from retrieval.reading.reader import passage
from retrieval.search import candidates
from tests.retrieval.conftest import Open

QUESTIONS = [
    "Đức viện trợ cho Ukraine bao nhiêu?",
    "duc vien tro bao nhieu",
    "NATO họp ở đâu?",
    "北约峰会",
    "không có từ nào xyzzy",
]


@pytest.mark.parametrize("count", [1, 2, 100])
@pytest.mark.parametrize("text", QUESTIONS)
def test_candidates_are_the_union(text: str, count: int, small: tuple[Generation, StaticModel]) -> None:
    """They are the nearest vectors and the best rows of each field searched, distinct and ascending."""
    generation, model = small
    question = read_question(text)
    vector = BundledEncoder(model).encode_queries([question.text])[0]
    found = candidates(question, vector, generation, count, documents=0)
    sentences = [generation.sentence(row).text for row in range(generation.sentences)]
    similar = model.encode(sentences).astype(float) @ vector
    near = set(np.lexsort((np.arange(len(sentences)), -similar))[:count].tolist())
    folded = {fold(term) for term in question.terms}
    holding = {row for row, s in enumerate(sentences) if folded & {fold(term) for term in terms(s)}}
    assert found.dtype == np.int64
    assert found.tolist() == sorted(set(found.tolist()))
    assert near <= set(found.tolist()) <= near | holding
    assert len(found) <= (3 if question.accented else 2) * count
    if count == 100:
        assert set(found.tolist()) == near | holding == set(range(len(sentences)))


def test_accents_are_searched_as_they_were_typed(open_collection: Open) -> None:
    """A word with its accents is found, even where the same letters with others crowd it out."""
    document = Document("d", "Mở đầu.\nĐục đục đục đục.\nHôm nay Đức có tin mới từ châu Âu.")
    generation, _ = open_collection([document])
    vector = np.zeros(24, dtype=np.float32)  # nearest to it is row 0
    assert candidates(read_question("duc"), vector, generation, 1, documents=0).tolist() == [0, 1]
    assert candidates(read_question("Đức"), vector, generation, 1, documents=0).tolist() == [0, 1, 2]


@pytest.mark.parametrize("wanted", [None, 3_000, 4_500])
def test_copies_do_not_crowd_out_the_others(open_collection: Open, wanted: int | None) -> None:
    """Of hundreds of copies in front, few become candidates; what comes after them is still found."""
    copies = "\n".join(["Cầu Thử Nghiệm dài 4.512 mét."] * 600)
    others = "\n".join(f"Cầu Thử Nghiệm số {number} dài {number} mét." for number in range(100, 130))
    rest = "\n".join(f"Câu chuyện thứ {number} kể về con mèo." for number in range(5_000))
    generation, model = open_collection([Document("a", copies), Document("b", others), Document("c", rest)])
    question = read_question("Cầu Thử Nghiệm dài 4.512 mét?")
    vector = BundledEncoder(model).encode_queries([question.text])[0]
    mask = None
    if wanted is not None:
        mask = np.arange(generation.sentences) < wanted
    found = candidates(question, vector, generation, 20, mask, documents=0)
    texts = [generation.sentence(row).text for row in found.tolist()]
    assert 1 <= texts.count("Cầu Thử Nghiệm dài 4.512 mét.") <= 3
    assert sum("số" in text for text in texts) >= 19


@pytest.fixture(scope="module")
def copies(open_collection: Open) -> tuple[Generation, StaticModel]:
    """Index sentences that occur hundreds of times among others that occur once."""
    made = []
    for number in range(40):
        said = ["Cầu Thử Nghiệm dài bốn nghìn mét."] * 6 + ["Hội nghị họp ở Hà Nội hôm nay."] * 3
        said += [f"Câu chuyện thứ {number * 5 + extra} kể về con mèo ở Hà Nội." for extra in range(4)]
        made.append(Document(f"{number:02}", "\n".join(said[number % 3 :] + said[: number % 3])))
    return open_collection(made)


def chosen(scores: np.ndarray, rows: np.ndarray, duplicate_keys: np.ndarray, count: int) -> list[int]:
    """Return what the best rows say, one after the other: by the rule, and nothing else."""
    order = [int(row) for row in sorted(rows, key=lambda row: (-scores[row], row))]
    best = [int(duplicate_keys[row]) for row in order[:count]]
    if 2 * len(set(best)) < len(best):
        best = list(dict.fromkeys(int(duplicate_keys[row]) for row in order))[:count]
    return sorted(best)


@pytest.mark.parametrize("share", [None, 0.9, 0.3, 0.1])
@pytest.mark.parametrize("count", [1, 4, 25])
@pytest.mark.parametrize("few", [0, 1_000_000])
def test_the_best_of_those_that_are_left(
    copies: tuple[Generation, StaticModel],
    monkeypatch: pytest.MonkeyPatch,
    share: float | None,
    count: int,
    few: int,
) -> None:
    """A filter leaves few or many, copies or others come first: as by a look at every sentence."""
    generation, model = copies
    monkeypatch.setattr(search, "_FEW", few)
    random = np.random.default_rng(count)
    all_rows = np.arange(generation.sentences)
    varied = 0
    for text in ("cầu dài", "con mèo", "họp Hà Nội", "chuyện thứ 7"):
        mask = None if share is None else random.random(generation.sentences) < share
        question = replace(read_question("xyzzy"), text=text)  # no word of it is there: vectors alone decide
        vector = BundledEncoder(model).encode_queries([text])[0]
        scores = (generation.vectors.rows(all_rows).astype(float) @ vector).round(6)
        wanted = chosen(
            scores, all_rows if mask is None else all_rows[mask], generation.duplicate_keys, count
        )
        found = candidates(question, vector, generation, count, mask, documents=0)
        assert mask is None or mask[found].all()
        assert sorted(generation.duplicate_keys[found].tolist()) == wanted
        varied += len(wanted) == len(set(wanted))
    assert varied > 0


@pytest.mark.parametrize("filtered", [False, True])
def test_what_leans_on_its_document_is_a_candidate(open_collection: Open, filtered: bool) -> None:
    """A sentence that shares no word with the question is found by its document, if a filter leaves it."""
    told = "Tàu ngầm Hà Nội cập cảng Cam Ranh.\nTàu ngầm Hà Nội đi từ Nga.\nNó dài 73 mét."
    others = [Document(f"o{n}", f"Tàu số {n} cập cảng.\nCon mèo thứ {n} ngủ trưa.") for n in range(40)]
    generation, model = open_collection([Document("told", told), *others])
    leaning = next(row for row in range(generation.sentences) if "73" in generation.sentence(row).text)
    question = read_question("Tàu ngầm Hà Nội cập cảng nào")
    vector = BundledEncoder(model).encode_queries([question.text])[0]
    mask = np.arange(generation.sentences) != leaning if filtered else None
    alone = candidates(question, vector, generation, 2, mask, documents=0)
    found = candidates(question, vector, generation, 2, mask)
    assert leaning not in alone
    assert (leaning in found) is not filtered
    assert set(alone.tolist()) <= set(found.tolist())


def test_of_a_long_document_what_stands_near_is_a_candidate(open_collection: Open) -> None:
    """A book does not become candidates as a whole."""
    book = [f"Chương {n} kể về con mèo." for n in range(400)]
    book[200] = "Tàu ngầm Hà Nội cập cảng Cam Ranh."
    generation, model = open_collection([Document("book", "\n".join(book))])
    question = read_question("Tàu ngầm Hà Nội cập cảng nào")
    vector = BundledEncoder(model).encode_queries([question.text])[0]
    found = set(candidates(question, vector, generation, 1).tolist())
    alone = set(candidates(question, vector, generation, 1, documents=0).tolist())
    assert found == alone | set(range(200 - search.AROUND, 200 + search.AROUND + 1))


LAW = """Điều 1. Vượt đèn đỏ

Phạt bốn triệu đồng.

Tước giấy phép.

Điều 2. Đi ngược chiều

Phạt ba triệu đồng.
"""


def test_what_stands_below_a_heading_comes_in_its_place(open_collection: Open) -> None:
    """Sentences are found by the words of their heading, which answers nothing itself."""
    generation, _ = open_collection([Document("a", LAW, headings=numbered(LAW))])
    vector = np.zeros(24, dtype=np.float32)
    asked = read_question("Vượt đèn đỏ")
    found = [generation.sentence(row).text for row in candidates(asked, vector, generation, 1, documents=0)]
    assert found == ["Phạt bốn triệu đồng.", "Tước giấy phép."]
    only = np.array([False, False, True, False, False])
    assert candidates(asked, vector, generation, 1, mask=only, documents=0).tolist() == [2]
    whole = [generation.sentence(row).text for row in candidates(asked, vector, generation)]
    assert whole == ["Phạt bốn triệu đồng.", "Tước giấy phép.", "Phạt ba triệu đồng."]


def test_the_reader_is_told_the_heading(open_collection: Open) -> None:
    """Before the title of the document, and once where both are the same."""
    documents = [
        Document(name, LAW, title, headings=numbered(LAW)) for name, title in (("a", "Luật"), ("b", None))
    ]
    generation, _ = open_collection(documents)
    assert [passage(generation, row).title for row in (0, 1, 4, 6)] == [
        "Luật", "Điều 1. Vượt đèn đỏ. Luật", "Điều 2. Đi ngược chiều. Luật", "Điều 1. Vượt đèn đỏ",
    ]  # fmt: skip
