"""Tests of what `index/store/` holds."""
