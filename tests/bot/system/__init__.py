"""Tests of what `bot/system/` holds."""
