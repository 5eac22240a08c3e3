"""One module a command: its options, and no more than a few lines that call what does the work."""
