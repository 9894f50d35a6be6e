"""Tests of what `index/sources/` holds."""
