"""The deposit: its files, metadata, and their verification."""
