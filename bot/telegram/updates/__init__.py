"""What people do: Telegram's updates, read as values of our own. Pure."""
