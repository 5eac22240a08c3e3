"""Quarto runs this after each render: what is left to do in a format after pandoc."""

from recomputed.typeset.finish import finish_all

finish_all()
