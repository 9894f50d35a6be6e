"""What the bot remembers across a restart, in one SQLite file."""
