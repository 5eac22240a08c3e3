"""The real paper, executed once for all tests, and typeset once by the embedded engine."""

from synthetic.built import built_paper, executed_paper, judged_paper

__all__ = ["built_paper", "executed_paper", "judged_paper"]  # fixtures
