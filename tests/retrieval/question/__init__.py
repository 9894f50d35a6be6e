"""Tests of what `retrieval/question/` holds."""
