"""The trees that come out say what the library that fitted them says."""

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from training.trees import COLUMNS, COUNT, L2, RATE, SEED, SMALLEST, boosted


def made(count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make rows of which the right ones have two columns of the same sign, which no weighted sum tells."""
    random_ = np.random.default_rng(1)
    features = random_.normal(size=(count, 3)).astype(np.float32)
    right = (features[:, 0] * features[:, 1] > 0) ^ (random_.random(count) < 0.1)
    return features, right, random_.uniform(0.5, 2, size=count)


def test_same_as_the_library() -> None:
    """Constant and trees are the log-odds, and half of them if half is wanted; each tree is 0 on average."""
    features, right, weight = made(10_000)
    trees, first = boosted(features, right, weight, share=1.0)
    model = HistGradientBoostingClassifier(
        learning_rate=RATE, max_iter=COUNT, max_leaf_nodes=8, min_samples_leaf=SMALLEST, early_stopping=False,
        l2_regularization=L2, max_features=COLUMNS, random_state=SEED,
    ).fit(features, right, sample_weight=weight / weight.mean())  # fmt: skip
    wanted = model.decision_function(features)
    assert np.ptp(wanted) > 2
    np.testing.assert_allclose(first + trees.add_up(features), wanted, atol=1e-4)
    half, first_half = boosted(features, right, weight, share=0.5)
    np.testing.assert_allclose(first_half + half.add_up(features), wanted / 2, atol=1e-4)
    assert max(abs(root.mean) for root in trees.roots) < 1e-9
    found = trees.add_up(features)
    assert found.mean() == pytest.approx(0, abs=1e-3)
    assert np.mean((first + found > 0) == right) > 0.8


def test_nothing_to_tell() -> None:
    """Fewer rows than two leaves need make no trees, and the constant is the log-odds of all."""
    features, right, _ = made(SMALLEST)
    trees, first = boosted(features, right, np.ones(SMALLEST), share=1.0)
    assert trees.roots == ()
    assert first == pytest.approx(np.log(right.mean() / (1 - right.mean())), abs=0.01)
