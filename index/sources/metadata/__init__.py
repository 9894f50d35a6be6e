"""What documents say about themselves: title, language, source and day."""
