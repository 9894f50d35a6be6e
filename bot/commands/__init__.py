"""The commands of the command line, one module a family; each imports what is heavy only when it runs."""
