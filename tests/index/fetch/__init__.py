"""Tests of what `index/fetch/` holds."""
