"""The manuscript: its cells, their one execution, the text woven from it."""
