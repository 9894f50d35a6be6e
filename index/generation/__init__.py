"""A generation: what is on disk, opened, verified and read."""

from index.generation.corpus import Corpus
from index.generation.generation import Generation
from index.generation.places import CONTEXT, DOCUMENT, END, LINE, PARAGRAPH, START

__all__ = ["CONTEXT", "DOCUMENT", "END", "LINE", "PARAGRAPH", "START", "Corpus", "Generation"]
