"""What the toy paper computes. Every figure in it is made up."""

from analysis import counts, cups, growth, stalls

SUBJECTS = (counts, stalls, growth, cups)
"""In this order: a subject may use the numbers of those before it."""
