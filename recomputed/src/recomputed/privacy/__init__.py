"""From private records to data that can be shared."""
