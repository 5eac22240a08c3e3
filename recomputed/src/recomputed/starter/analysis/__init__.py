"""What this paper computes: one short module a subject, its figures and its tables."""

from analysis import days

SUBJECTS = (days,)
"""In this order: a subject may use the numbers of those before it. A module with `numbers` belongs here."""
