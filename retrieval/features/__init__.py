"""What is measured of candidate sentences."""

from retrieval.features.features import Features, measure

__all__ = ["Features", "measure"]
