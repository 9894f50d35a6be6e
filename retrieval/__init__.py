"""How a question is answered: candidates, ranked sentences, quotes with citations, or "not here"."""
