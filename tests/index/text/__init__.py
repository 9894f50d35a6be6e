"""Tests of what `index/text/` holds."""
