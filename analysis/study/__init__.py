"""What the paper computes. Imports neither `checks` nor `press`."""
