"""Tests of what `bot/telegram/dispatch/` holds."""
