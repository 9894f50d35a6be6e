"""Tests of what `bot/telegram/messages/` holds."""
