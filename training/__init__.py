"""Scripts that make the bundled encoder and ranker from public corpora."""
