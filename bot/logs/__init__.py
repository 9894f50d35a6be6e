"""The log: how it is set up, and what never gets into it."""
