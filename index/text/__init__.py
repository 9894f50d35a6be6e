"""Text to sentences, terms, dates and duplicate keys. Pure."""
