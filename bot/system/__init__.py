"""What the system provides: process, folders, private files, and language."""
