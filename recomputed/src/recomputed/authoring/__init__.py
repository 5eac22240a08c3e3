"""What an author begins with: a new paper, and one more thing in it."""
