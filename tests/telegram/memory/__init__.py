"""Tests of what `bot/telegram/memory/` holds."""
