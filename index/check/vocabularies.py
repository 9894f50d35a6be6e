"""The vocabularies of a generation, read once for all that look into them."""

from index.generation import Generation
from index.generation.word_index import Field


class Vocabularies(dict[Field, list[str]]):
    """The terms of each field by their ids, read when they are first asked for.

    What cannot be read raises `GenerationCorrupt`, each time.
    """

    def __init__(self, generation: Generation) -> None:
        super().__init__()
        self._generation = generation

    def __missing__(self, field: Field) -> list[str]:
        self[field] = self._generation.vocabulary(field)
        return self[field]
