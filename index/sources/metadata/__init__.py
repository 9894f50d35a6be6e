"""What documents say of themselves: title, language, source and day."""
