"""What a build is judged on, and what the judgement says. The build knows no more of the checks than this."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a run that finds nothing changed imports none of them
    from nbformat import NotebookNode

    from analysis.checks.examination import Examination
    from analysis.press.kernel import Asked
    from analysis.press.manuscript import Manuscript
    from analysis.press.weave import Woven


@dataclass(frozen=True, slots=True)
class Executed:
    """One execution of the paper: the only one there is, the one that is judged and the one that is
    typeset. `asked` is what its cells asked for.
    """

    manuscript: "Manuscript"
    notebook: "NotebookNode"
    woven: "Woven"
    data: Path
    profile: str | None
    asked: "tuple[Asked, ...]" = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`report` is `check --json`; `summary` what the terminal shows; `failures` what must hold and does
    not. `examination` is what it was drawn from, where that was done in this process.
    """

    report: Mapping[str, Any]
    summary: tuple[str, ...]
    failures: tuple[str, ...]
    examination: "Examination | None" = field(default=None, compare=False, repr=False)

    @property
    def holds(self) -> bool:
        """Whether everything that must hold does."""
        return not self.failures

    def as_json(self) -> dict[str, Any]:
        """The verdict as it is stored beside what was built."""
        return {"report": self.report, "summary": self.summary, "failures": self.failures}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Verdict":
        """The verdict that `as_json` stored."""
        return cls(stored["report"], tuple(stored["summary"]), tuple(stored["failures"]))
