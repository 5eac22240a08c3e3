"""The paper among its authors: a Word file that goes to them, and what comes back of it."""
