"""Tests of what `bot/telegram/transport/` holds."""
