"""Changes of the collection in a process of its own: what is asked of it, and what it reports."""
