"""Tests of what `index/sources/tables/` holds."""
