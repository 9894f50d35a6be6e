"""Changes of the collection in a separate process: what is asked of it, and what it reports."""
