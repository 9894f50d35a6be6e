"""Answers as messages of Telegram, with their buttons. Pure."""
