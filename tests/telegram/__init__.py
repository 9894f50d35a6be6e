"""The Telegram front end against a loopback Bot API server: a real process, real HTTP."""
