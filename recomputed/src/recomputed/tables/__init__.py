"""The data: its schema, loading and validation, rows."""
