"""Tests of what `index/indexer/` holds."""
