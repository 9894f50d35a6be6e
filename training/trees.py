"""Fits boosted regression trees, and turns them into those that the program adds up."""

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from retrieval.ranking.trees import MOST_LEAVES, Split, Trees

COUNT, RATE, SMALLEST, L2, COLUMNS = 300, 0.1, 200, 1.0, 0.3
"""How many trees, the weight of each, the fewest rows of a leaf, and the share of the columns, drawn at
random, among which each split is the best, so that the trees differ (Breiman 2001)."""
SEED = 0


def boosted(
    features: npt.NDArray[np.float32],
    right: npt.NDArray[np.bool_],
    weight: npt.NDArray[np.float64],
    *,
    share: float,
) -> tuple[Trees, float]:
    """Return trees that say `share` of the log-odds of being right, and what they say on average.

    Each tree says 0 on average, so that what one of their columns adds can be told.
    """
    model = HistGradientBoostingClassifier(
        learning_rate=RATE,
        max_iter=COUNT,
        max_leaf_nodes=MOST_LEAVES,
        min_samples_leaf=SMALLEST,
        l2_regularization=L2,
        max_features=COLUMNS,
        early_stopping=False,
        random_state=SEED,
    )
    model.fit(features, right, sample_weight=weight / weight.mean())
    first = float(np.asarray(model._baseline_prediction).item())  # not to be had otherwise
    roots = []
    for (predictor,) in model._predictors:  # nor are these
        mean, _ = _mean(predictor.nodes, 0)
        first += mean
        root = _split(predictor.nodes, 0, mean, share)
        if isinstance(root, Split):
            roots.append(root)
    return Trees.of(roots), share * first


def _split(nodes: npt.NDArray[np.void], place: int, middle: float, share: float) -> Split | float:
    """Return the node at a place of the table, with all it leads to, as values above `middle`."""
    node = nodes[place]
    mean = share * (_mean(nodes, place)[0] - middle)
    if node["is_leaf"]:
        return mean
    below, above = (_split(nodes, int(node[side]), middle, share) for side in ("left", "right"))
    return Split(int(node["feature_idx"]), float(node["num_threshold"]), mean, below, above)


def _mean(nodes: npt.NDArray[np.void], place: int) -> tuple[float, int]:
    """Return the mean of the leaves that a node leads to, weighted by their rows, and the number of these."""
    node = nodes[place]
    if node["is_leaf"]:
        return float(node["value"]), int(node["count"])
    ends = [_mean(nodes, int(node[side])) for side in ("left", "right")]
    count = sum(rows for _, rows in ends)
    return sum(value * rows for value, rows in ends) / count, count
