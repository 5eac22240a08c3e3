"""The commands: their options, and no more than a few lines that call what does the work."""
