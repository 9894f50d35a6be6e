"""Tests of what `retrieval/ranking/` holds."""
