"""Mutation of the paper: everything that a hand could get wrong, changed on purpose, must be noticed.

`python -m tests.mutation` makes every mutant and says which survive; the test suite takes a seeded sample.
"""
