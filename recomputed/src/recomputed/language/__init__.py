"""How numbers and findings are worded."""
