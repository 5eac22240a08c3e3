"""Exact quantities: intervals, rounding and hedges, numbers and how they are derived."""
