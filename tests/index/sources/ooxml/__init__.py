"""Tests of what `index/sources/ooxml/` holds."""
