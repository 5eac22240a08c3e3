"""What this paper computes: one short module a subject, its figures and its tables."""

from analysis import audience, context, counts, people, profile, relation, schedule, sessions, turnover

SUBJECTS = (counts, context, profile, people, schedule, audience, sessions, turnover, relation)
"""In this order: a subject may use the numbers of those before it."""
