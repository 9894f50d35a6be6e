"""Tests of what `index/check/` holds."""
