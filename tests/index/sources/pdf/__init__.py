"""Tests of what `index/sources/pdf/` holds."""
