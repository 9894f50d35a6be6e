"""Tests of what `index/sources/rtf/` holds."""
