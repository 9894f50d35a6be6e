"""What the tokens of a question meet: the parts that `test_features` does not see."""

import numpy as np

from retrieval.features.token_features import _columns


def test_columns_for_products_stand_in_the_order_of_c() -> None:
    """So that a product with them meets no lane that was never set, which would raise a warning."""
    matrix = np.arange(20, dtype=np.float32).reshape(5, 4)
    places = np.array([3, 0, 0])
    chosen = _columns(matrix, places)
    assert chosen.flags.c_contiguous
    assert chosen.tolist() == matrix[:, places].tolist()
    pairs = _columns(matrix, np.array([[3, 0], [1, 1]]))
    assert pairs.max(axis=1).flags.c_contiguous
    assert pairs.max(axis=1).tolist() == matrix[:, [3, 1]].tolist()
