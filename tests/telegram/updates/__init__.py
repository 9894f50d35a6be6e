"""Tests of what `bot/telegram/updates/` holds."""
