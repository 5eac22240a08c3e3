"""A number followed home: cards, trace, what-if, lists."""
