"""From an update to its handler, and what is skipped."""
