"""The commands of the command line, one module per family; each imports what is heavy only when it runs."""
