"""Tests of what `bot/logs/` holds."""
