"""What is known: documents, sentences, vectors and words, published as one generation on disk."""
