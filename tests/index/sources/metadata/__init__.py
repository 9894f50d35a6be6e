"""Tests of what `index/sources/metadata/` holds."""
