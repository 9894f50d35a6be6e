"""Which candidates compete, and how a question is typed."""

import random
from dataclasses import replace

import pytest

from index.encoders.model_files import Vocabulary
from index.text.terms import fold
from retrieval.reading.network import BUNDLED
from training.reader_batches import MOST_RIGHT, NEAREST, WRONG, competing, items, typed
from training.reader_groups import Candidate, Group


def group(labels: list[int], *, answerable: bool = True) -> Group:
    """Make a group whose candidates have these labels."""
    candidates = tuple(Candidate("", "", str(place), label) for place, label in enumerate(labels))
    return Group("Ai?", "vi", answerable, candidates)


@pytest.mark.parametrize("seed", range(5))
def test_right_ones_compete_with_the_nearest(seed: int) -> None:
    """At most two right ones, and so many wrong ones, of which three at least are of the nearest."""
    made = group([0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, -1, -1])
    found = competing(made, random.Random(seed))  # noqa: S311 - reproducible, not secret
    right = [each for each in found if each.label == 1]
    wrong = [each for each in found if each.label == 0]
    assert len(right) == MOST_RIGHT
    assert len(found) == WRONG + 1
    assert len(set(found)) == len(found)
    nearest = [each for each in made.candidates if each.label == 0][:NEAREST]
    assert sum(each in nearest for each in wrong) >= 3
    assert not [each for each in found if each.label == -1]


def test_where_nothing_answers_all_are_wrong() -> None:
    """Nobody is taken for right, whatever stands beside."""
    found = competing(group([0] * 10, answerable=False), random.Random(1))  # noqa: S311 - reproducible, not secret
    assert {each.label for each in found} == {0}
    assert len(found) == WRONG


def test_an_answer_that_was_not_found_teaches_nothing() -> None:
    """Without its right sentence a question that has one is passed over."""
    assert competing(group([0, 0, -1]), random.Random(1)) == []  # noqa: S311 - reproducible, not secret


def test_typed() -> None:
    """A Vietnamese question comes as it is, without accents, or in the short forms of chats; others stay."""
    random_ = random.Random(3)  # noqa: S311 - reproducible, not secret
    question = "Hội nghị có bao nhiêu người tham gia?"
    found = {typed(question, random_, vietnamese=True) for _ in range(300)}
    assert question in found
    assert fold(question).lower() in found
    assert any("bnhiu" in each or " bn " in each for each in found)
    english = [typed("How many came?", random_, vietnamese=False) for _ in range(100)]
    assert sum(each == "How many came?" for each in english) > 80


def test_some_questions_come_with_words_of_another_language() -> None:
    """Those in English and Vietnamese only, and what is said so is not typed as Vietnamese is."""
    vocabulary = Vocabulary.open(BUNDLED / "tokenizer.json")
    random_ = random.Random(5)  # noqa: S311 - reproducible, not secret
    seen: list[str] = []

    def switch(question: str, _: random.Random) -> str | None:
        seen.append(question)
        return None

    for kind in ("asked-en", "en", "vi", "ko", "asked-other"):
        made = [(replace(group([1, 0]), kind=kind, question=kind), group([1, 0]).candidates)]
        for _ in range(60):
            items(made, vocabulary, random_, switch)
    assert 10 < seen.count("en") < 50
    assert 0 < seen.count("vi") < seen.count("en")
    assert not {"ko", "asked-other"} & {*seen}
