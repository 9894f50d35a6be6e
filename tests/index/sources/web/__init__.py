"""Tests of what `index/sources/web/` holds."""
