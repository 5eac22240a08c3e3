"""What this paper computes: one short module a subject, its figures and its tables."""
