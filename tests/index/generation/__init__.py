"""Tests of what `index/generation/` holds."""
