"""Tests of what `index/sources/containment/` holds."""
