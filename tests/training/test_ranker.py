"""The fitting of the ranker on examples whose right weights are known."""

import numpy as np
import pytest

from retrieval.features import Features
from retrieval.ranking import Ranker
from retrieval.ranking.ranker import CALIBRATED
from training.prior import ANSWERABLE
from training.ranker import (
    MADE,
    MOST_AGAIN,
    Example,
    _firsts,
    _lacking,
    _told_again,
    _weight_of,
    train_ranker,
)

LATE, WORDS, FOREIGN = map(Features._fields.index, ("late_rare", "words_before", "foreign"))


def made(count: int, seed: int, *, answerable: bool = True) -> list[Example]:
    """Make examples in which what is right has more of `late`, and `words` says nothing."""
    random_ = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        features = np.zeros((20, len(Features._fields)), dtype=np.float32)
        features[:, LATE], features[:, WORDS] = random_.normal(size=20), random_.normal(size=20)
        right = np.zeros(20, dtype=np.bool_)
        if answerable:
            place = int(random_.integers(20))
            features[place, LATE] += 4
            right[place] = True
        found.append(Example(features, right, "vi"))
    return found


def test_the_ranker_finds_what_tells_right_from_wrong() -> None:
    """The useful feature gets the weight, the order is right, and unanswerable questions stay below."""
    found = made(300, 1) + made(300, 2, answerable=False)
    ranker = train_ranker(found, {"vi": 1.0}, lambda line: None)
    assert ranker.weights[LATE] > 10 * abs(ranker.weights[WORDS])
    first = [e.right[ranker.score(e.features).argmax()] for e in made(100, 3)]
    assert np.mean(first) > 0.9

    def best(example: Example) -> float:
        scores = ranker.score(example.features)
        order = np.argsort(-scores)
        return float(ranker.probability(example.features[order], scores[order])[0])

    answerable = [best(example) for example in made(100, 4)]
    others = [best(example) for example in made(100, 5, answerable=False)]
    assert np.mean([p >= ranker.threshold for p in answerable]) > 0.85
    assert np.mean([p < ranker.threshold for p in others]) > 0.85


def test_what_is_the_same_for_a_whole_question_has_no_weight() -> None:
    """It orders nothing, whatever rounding makes of it."""
    found = made(60, 1)
    for number, example in enumerate(found):
        example.features[:, FOREIGN] = number % 2
    ranker = train_ranker(found + made(60, 2, answerable=False), {"vi": 1.0}, lambda line: None)
    assert ranker.weights[FOREIGN] == 0
    assert ranker.weights[LATE] > 0


def test_questions_made_of_the_answer_count_less_in_the_probability() -> None:
    """Where those of people are right and made ones wrong, each with its weight."""
    people, easy = made(100, 1), made(100, 2)
    for example in people + easy:  # the first sentence is the same in all, and far ahead
        example.right[:] = np.arange(20) == example.right.argmax()
        example.features[:, LATE] = example.right * 9
    wrong = [Example(e.features, np.roll(e.right, 1), "vi-made") for e in easy]
    found = people + wrong + made(100, 3, answerable=False)
    ranker = train_ranker(found, {"vi": 0.3, "vi-made": 0.3}, lambda line: None)
    probabilities, right = _firsts(ranker, people)
    assert right.all()
    assert np.mean(probabilities) == pytest.approx(1 / (1 + MADE), abs=0.05)


def test_weights_of_examples() -> None:
    """However many there are of each, answerable questions weigh what is stated."""
    found = made(3, 1) + made(17, 2, answerable=False)
    weights = _weight_of(found, {"vi": 0.6})
    assert sum(weights[:3]) == pytest.approx(0.6 * ANSWERABLE)
    assert sum(weights) == pytest.approx(0.6)


def test_how_often_what_lacks_is_right() -> None:
    """Of the first sentences without the date asked for, one in four is right; others do not count."""
    ranker = Ranker(
        np.ones(len(Features._fields), np.float32), np.zeros(len(CALIBRATED), np.float32), 0.0, 0.0
    )
    found = made(8, 1)
    assert _lacking(ranker, found, {"vi": 1.0}) == 1.0
    for number, example in enumerate(found[:4]):
        first = int(ranker.score(example.features).argmax())
        example.features[first, LATE] += 9
        example.features[first, Features._fields.index("kind_when")] = -1
        example.right[:] = np.arange(20) == (first if number == 0 else first - 1)
    assert _lacking(ranker, found, {"vi": 1.0}) == pytest.approx(0.25)


@pytest.mark.parametrize("answerable", [True, False])
def test_told_again(answerable: bool) -> None:
    """Copies of the best right sentence, else of the best, with scores around its own and its label."""
    ranker = Ranker(
        np.linspace(-1, 1, len(Features._fields)).astype(np.float32),
        np.zeros(len(CALIBRATED), np.float32),
        0.0,
        0.0,
    )
    random_ = np.random.default_rng(1)
    (example,) = made(1, 6, answerable=answerable)
    scores = ranker.score(example.features)
    source = scores[example.right].max() if answerable else scores.max()
    moved = []
    for _ in range(300):
        again = _told_again(ranker, example, random_)
        count = len(again.right) - len(example.right)
        assert 1 <= count <= MOST_AGAIN
        assert (again.features[:20] == example.features).all()
        assert again.right[20:].tolist() == [answerable] * count
        moved += (ranker.score(again.features[20:]) - source).tolist()
    assert np.mean(moved) == pytest.approx(0, abs=0.1)
    assert np.std(moved) == pytest.approx(1, abs=0.1)
