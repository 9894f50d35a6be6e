"""Tests of what `retrieval/features/` holds."""
