"""Mutation of a paper: what a hand could get wrong is changed on purpose, and must be noticed, by `check` if at all."""
