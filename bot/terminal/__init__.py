"""Questions and answers in a terminal, a pipe or a script."""
