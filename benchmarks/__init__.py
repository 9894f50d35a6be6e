"""Measurements behind every figure in README."""
