"""Candidates: what words or vectors find, by numpy and by counting."""

import numpy as np
import pytest

from index.analysis import fold, terms
from index.encoder import BundledEncoder
from index.generation import Generation
from index.records import Document
from index.static import StaticModel
from retrieval.question import read_question
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
    found = candidates(question, vector, generation, count)
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
    assert candidates(read_question("duc"), vector, generation, 1).tolist() == [0, 1]
    assert candidates(read_question("Đức"), vector, generation, 1).tolist() == [0, 1, 2]
