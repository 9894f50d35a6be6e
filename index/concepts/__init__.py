"""Concepts: countries, dates, years, amounts and currencies, the same in every language."""

from index.concepts.countries import is_country
from index.concepts.finder import concept_ids, concepts
from index.concepts.tokens import Concept

__all__ = ["Concept", "concept_ids", "concepts", "is_country"]
