"""From features to scores and probabilities, and why they are what they are."""

from retrieval.ranking.explanation import Explanation
from retrieval.ranking.ranker import Ranker

__all__ = ["Explanation", "Ranker"]
