"""Tests of what `bot/telegram/handlers/` holds."""
