"""Tests of what `index/sources/legacy/` holds."""
