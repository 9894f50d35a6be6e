"""Tests of what `bot/telegram/services/` holds."""
