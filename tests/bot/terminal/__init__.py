"""Tests of what `bot/terminal/` holds."""
