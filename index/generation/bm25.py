"""Okapi BM25 (Robertson and Zaragoza 2009): its constants, and how rare a word is."""

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Frequency = TypeVar("Frequency", float, npt.NDArray[np.floating])

K1, B = 1.2, 0.75  # the usual constants


def idf(frequency: Frequency, sentences: int) -> Frequency:
    """Return how rare it is to be found in `frequency` of all sentences.

    The formula of Robertson and Spärck Jones, kept above zero as Lucene does.
    """
    rarity: Frequency = np.log1p((sentences - frequency + 0.5) / (frequency + 0.5))
    return rarity
