"""Files of every kind that is read, written as programs write them, each with what must be read out of it."""
