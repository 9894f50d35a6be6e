"""Tests of what `index/sources/opendocument/` holds."""
