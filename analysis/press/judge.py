"""The judgement of a build: what is checked of the data before, and of the execution after."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import paths
from analysis.press.recompute import Judge
from analysis.press.verdict import Executed, Verdict

if TYPE_CHECKING:
    from analysis.checks.ledger import Outcome


def prepare(data: Path) -> Judge:
    """Do all that needs only the data: load it, compute every number, compare each claim of the article.

    Gives what judges an execution on that data. Raises InputError, with every fault, if the data do not
    validate.
    """
    from analysis.checks import ledger
    from analysis.checks.reading import load_ledger
    from analysis.press.guarding import guard_execution
    from analysis.study.load import load
    from analysis.study.paper import compute

    tables = load(data)
    numbers = compute(tables)
    outcomes = ledger.judge(load_ledger(tables, numbers), numbers)

    def judge(executed: Executed) -> Verdict:
        counts = ledger.count(outcomes)
        kept = paths.FIGURES if data.resolve() == paths.DATA.resolve() else None
        guarded = guard_execution(executed, tables, numbers, kept)
        failures = [*_unexpected(outcomes), *guarded.failures]
        report = {"reproduced": not failures, "claims": ledger.as_json(outcomes), "counts": counts}
        report.update(guarded.report)
        return Verdict(report, (*_summary(outcomes, counts), *guarded.summary), tuple(failures))

    return judge


def _unexpected(outcomes: Sequence["Outcome"]) -> list[str]:
    return [
        f"{outcome.id} ({outcome.locator}): expected {outcome.expected!r}, found {outcome.verdict!r}: "
        f"published {outcome.published}, recomputed {outcome.recomputed}"
        for outcome in outcomes
        if not outcome.is_expected
    ]


def _summary(outcomes: Sequence["Outcome"], counts: Mapping[str, Any]) -> list[str]:
    """The verdict on one screen: the counts, then every disagreement."""
    told = [f"{counts[name]} {text}" for name, text in _SAID.items() if counts[name]]
    derived, transcribed, compared = counts["derived"], counts["transcribed"], counts["compared"]
    lines = [
        f"{counts['claims']} statements of the article: {', '.join(told)}.",
        f"{derived} figures are recomputed from others, {transcribed} looked up as reported; {compared} compare.",
    ]
    disagreeing = [outcome for outcome in outcomes if outcome.verdict == "disagrees"]
    if disagreeing:
        lines.append("Where the article disagrees with what its own figures give:")
    for outcome in disagreeing:
        expected = "" if outcome.is_expected else "  (unexpected)"
        lines.append(f"  {outcome.id}: {outcome.published}; recomputed: {outcome.recomputed}{expected}")
    return lines


_SAID = {
    "agrees": "agree",
    "agrees within rounding": "agree within rounding",
    "agrees within hedge": "agree within their hedge",
    "disagrees": "disagree",
    "not a quantity": "are no quantity",
}
