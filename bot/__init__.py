"""Who asks: the command line, Telegram, settings and wiring."""
