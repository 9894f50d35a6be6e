"""Tests of what `index/concepts/` holds."""
