"""Sentence vectors: the only door to FAISS. Scores are inner products; higher is better.

Two files hold the vectors of a part. One has the vectors themselves in half precision: scores are made of
it. The other has two bits a value: a large collection is scanned by these codes, a sixteenth of the bytes of
single precision, and what looks best is scored by the vectors themselves.
"""

from index.generation.vectors.vector_index import EXACT_UP_TO, KIND, VectorIndex

__all__ = ["EXACT_UP_TO", "KIND", "VectorIndex"]
