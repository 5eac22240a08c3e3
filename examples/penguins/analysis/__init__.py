"""What this paper computes from the records: counts, sizes, how they go together, and how the sexes differ."""

from analysis import counts, sizes, together, sexes  # isort: skip  # in the order of SUBJECTS

SUBJECTS = (counts, sizes, together, sexes)
"""In this order: a subject may use the numbers of those before it."""
