"""The judgement of a build: what is checked of the data before, and of the execution after."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis import paths
from analysis.press.recompute import Judge
from analysis.press.verdict import Executed, Verdict

if TYPE_CHECKING:
    from analysis.checks.ledger import Outcome


def prepare(data: Path) -> Judge:
    """Do all that needs only the data: load it, compute every number, judge and audit the article's claims.

    Gives what judges an execution on that data. Raises InputError, with every fault, if the data do not
    validate.
    """
    from analysis.checks import ledger
    from analysis.checks.examination import examine
    from analysis.checks.report import verdict_lines
    from analysis.press.guarding import guard_execution
    from analysis.study.load import load
    from analysis.study.names import read_names

    examination = examine(load(data))
    read_names(
        examination.tables["cases"].column("case")
    )  # its faults before those of the cell that reads it
    outcomes, findings = examination.outcomes, examination.findings

    def judge(executed: Executed) -> Verdict:
        kept = paths.FIGURES if data.resolve() == paths.DATA.resolve() else None
        guarded = guard_execution(executed, examination, kept)
        failures = [*_unexpected(outcomes), *guarded.failures]
        report = {
            "reproduced": not failures,
            "claims": ledger.as_json(outcomes),
            "counts": ledger.count(outcomes),
            "findings": [finding.as_json() for finding in findings],
            **guarded.report,
        }
        summary = (*verdict_lines(outcomes, findings), *guarded.summary)
        return Verdict(report, summary, tuple(failures), examination)

    return judge


def _unexpected(outcomes: Sequence["Outcome"]) -> list[str]:
    return [
        f"{outcome.id} ({outcome.locator}): expected {outcome.expected!r}, found {outcome.verdict!r}: "
        f"published {outcome.published}, recomputed {outcome.recomputed}"
        for outcome in outcomes
        if not outcome.is_expected
    ]
