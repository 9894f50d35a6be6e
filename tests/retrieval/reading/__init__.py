"""Tests of reading question and sentence together."""
