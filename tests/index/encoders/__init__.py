"""Tests of what `index/encoders/` holds."""
