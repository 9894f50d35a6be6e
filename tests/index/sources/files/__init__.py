"""Tests of what `index/sources/files/` holds."""
