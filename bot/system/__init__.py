"""What the machine gives: process, folders, private files, and language."""
