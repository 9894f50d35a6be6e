"""Measurements behind every figure in docs/quality.md."""
