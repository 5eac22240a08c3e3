"""How the paper becomes documents and a deposit."""
