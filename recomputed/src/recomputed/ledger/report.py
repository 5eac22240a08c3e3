"""The checks in a terminal: the verdict on one screen, and the audit; `rich` is imported only to print."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from recomputed.language.catalogue import ENGLISH, language
from recomputed.ledger.assumptions import is_of
from recomputed.ledger.findings import SEVERITIES, UNSEEN, Finding
from recomputed.ledger.verdicts import COMPARED, DISAGREES, RETURNED, VERDICTS, Outcome, count
from recomputed.paper_toml import Assumption, paper_settings

if TYPE_CHECKING:
    from rich.console import Console

EXPECTED, UNEXPECTED = "≠", "!"


def verdict_lines(outcomes: Sequence[Outcome], findings: Sequence[Finding]) -> tuple[str, ...]:
    """The verdict as lines of plain text: counts, every disagreement, how many findings."""
    return (
        *_tally(outcomes),
        *map(_line, _disagreements(outcomes)),
        _found(findings),
    )


def print_verdict(
    outcomes: Sequence[Outcome], findings: Sequence[Finding], console: "Console | None" = None
) -> None:
    """The verdict on one screen: counts, a table of every disagreement (unexpected ones marked !), findings."""
    from rich.console import Console
    from rich.table import Table

    console = console or Console()
    console.print(*_tally(outcomes), sep="\n", highlight=False)
    table = Table("", "claim", "place", "published", "recomputed", "", box=None, padding=(0, 1))
    for cells in _disagreements(outcomes):
        table.add_row(*map(_plain, cells), style="bold red" if cells[0] == UNEXPECTED else None)
    if table.row_count:
        console.print(table)
    console.print(_found(findings), highlight=False)


def print_audit(
    findings: Sequence[Finding],
    console: "Console | None" = None,
    number: Mapping[str, str] | None = None,
    assumptions: Sequence[Assumption] = (),
) -> None:
    """Every finding, the gravest first: its number, where, what, what would save it, and from what it follows.

    `number` has those of the known findings; any other is new. At the end stand the `assumptions`, with the findings
    that rest on them, and what no rule can see.
    """
    from rich.console import Console
    from rich.padding import Padding

    console = console or Console()
    severity, number = "", number or {}
    for finding in findings:
        if finding.severity != severity:
            severity = finding.severity
            console.print(f"\n[bold]{severity}[/] [dim]{SEVERITIES[severity]}[/]", highlight=False)
        places = ", ".join(dict.fromkeys(finding.locators))
        told = f"{_plain(finding.message[ENGLISH])} [dim]{_plain(finding.assumption[ENGLISH])}[/]"
        marks = f"{number.get(finding.id, 'new')} [cyan]{finding.id}[/] [dim]from {finding.follows}[/]"
        console.print(Padding(f"{told}\n{marks} [dim]{places}[/]", (0, 0, 0, 2)), highlight=False)
    console.print(f"\n{_found(findings)}", highlight=False)
    if assumptions:
        console.print("\n[bold]assumed[/] [dim]by this package, not stated[/]", highlight=False)
    for one in assumptions:
        on = [number.get(found.id, "new") for found in findings if is_of(found.id, one.findings)]
        told = " ".join(_plain(text[ENGLISH]) for text in (one.says, one.reason))
        rests = f" [dim]findings: {', '.join(on)}[/]" if on else ""
        otherwise = f"[dim]Otherwise: {_plain(one.otherwise[ENGLISH])}[/]"
        console.print(Padding(f"[cyan]{one.id}[/] {told} {otherwise}{rests}", (0, 0, 0, 2)), highlight=False)
    console.print("[dim]No rule can see: " + "; ".join(UNSEEN) + ".[/]", highlight=False)


def _tally(outcomes: Sequence[Outcome]) -> tuple[str, str]:
    counts = count(outcomes)
    parts = ", ".join(f"{counts[verdict]} {_plural(verdict, counts[verdict])}" for verdict in VERDICTS)
    unexpected = counts["unexpected"]
    told = f"{unexpected} not as expected" if unexpected else "all as expected"
    derived, transcribed = counts["derived"], counts["transcribed"]
    first = f"{counts['claims']} claims: {parts}; {told}."
    over_rows = f"{counts['measured']} measured over rows, " if counts["measured"] else ""
    coded = f"{counts[RETURNED]} returned from coding, " if counts[RETURNED] else ""
    second = (
        f"Of the quantities {over_rows}{derived} are recomputed from others, {coded}{transcribed} looked up"
    )
    return first, f"{second} as reported; {counts[COMPARED]} claims compare."


def _disagreements(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, ...]]:
    """Mark, id, place, published, recomputed, and for an unexpected verdict what was expected and found."""
    for outcome in outcomes:
        cells = (outcome.id, outcome.locator, outcome.published, outcome.recomputed)
        if not outcome.is_expected:
            yield UNEXPECTED, *cells, f"expected {outcome.expected}, found {outcome.verdict}"
        elif outcome.verdict == DISAGREES:
            yield EXPECTED, *cells, ""


def _line(cells: Sequence[str]) -> str:
    mark, id_, place, published, recomputed, told = cells
    end = f"; {told}" if told else ""
    return f"  {mark} {id_} ({place}): published {published}, recomputed {recomputed}{end}"


def _plural(verdict: str, number: int) -> str:
    return verdict.replace("agrees", "agree", 1) if number != 1 else verdict


def _found(findings: Sequence[Finding]) -> str:
    counts = Counter(finding.severity for finding in findings)
    source = paper_settings().article.called_in(language(ENGLISH))
    parts = ", ".join(f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity])
    return f"{len(findings)} findings about {source}{': ' if parts else ''}{parts}."


def _plain(text: str) -> str:
    """Text in which square brackets are no markup."""
    return text.replace("[", r"\[")
