"""The judgement of a build: what is checked of the data before, and of the execution after."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from recomputed import paths
from recomputed.typeset.recompute import Judge
from recomputed.typeset.verdict import Executed, Verdict

if TYPE_CHECKING:
    from recomputed.ledger.verdicts import Outcome


def prepare(data: Path) -> Judge:
    """Do all that needs only the data: load it, compute every number, judge and audit the article's claims.

    Gives what judges an execution on that data. Raises InputError, with every fault, if the data do not
    validate.
    """
    from recomputed.guards.ask import guard_execution
    from recomputed.ledger import verdicts as ledger
    from recomputed.ledger.baseline import changes, numbered, read_known
    from recomputed.ledger.examination import examine
    from recomputed.ledger.report import verdict_lines
    from recomputed.manuscript.names import read_names
    from recomputed.tables.load import load

    examination = examine(load(data))
    read_names(
        examination.tables["cases"].column("case")
    )  # its faults before those of the cell that reads it
    outcomes, findings = examination.outcomes, examination.findings
    code = examination.ledger.words.manuscript
    known = read_known(code)
    number = numbered(known)

    def judge(executed: Executed) -> Verdict:
        kept = paths.FIGURES if data.resolve() == paths.DATA.resolve() else None
        guarded = guard_execution(executed, examination, kept)
        failures = [*_unexpected(outcomes), *changes(findings, known, code), *guarded.failures]
        report = {
            "reproduced": not failures,
            "claims": ledger.as_json(outcomes),
            "counts": ledger.count(outcomes),
            "findings": [{**finding.as_json(), "number": number.get(finding.id)} for finding in findings],
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
