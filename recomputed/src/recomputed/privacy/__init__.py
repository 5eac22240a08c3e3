"""Private records to data that can be shared: codes for names, a release, and what it would tell."""
