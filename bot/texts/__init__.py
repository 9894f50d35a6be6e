"""What the program says to people, one module or data file a language."""
