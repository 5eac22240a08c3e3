"""The page while it is written: a warm kernel (`session`), what changed (`changes`), a local server (`server`)."""
