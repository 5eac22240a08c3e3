"""The checks in a terminal of 80 columns: the verdict, and the audit; `rich` is imported only to print."""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from recomputed.language.catalogue import CODES, ENGLISH, language
from recomputed.ledger.assumptions import is_of
from recomputed.ledger.baseline import Known, numbered
from recomputed.ledger.findings import SEVERITIES, UNSEEN, Finding
from recomputed.ledger.lines import EXPECTED, UNEXPECTED
from recomputed.ledger.verdicts import COMPARED, DISAGREES, RETURNED, VERDICTS, Outcome, count
from recomputed.paper_toml import Assumption, paper_settings

if TYPE_CHECKING:
    from rich.console import Console

    from recomputed.ledger.examination import Examination

COLUMNS = 80
ANSWERS = {"holds": "borne out", "does not hold": "not borne out"}
UNDECIDED = "left open, as the ranges overlap"
KINDS = {
    "derived": "recomputed from others",
    RETURNED: "returned from coding",
    "transcribed": "looked up",
    "measured": "measured over rows",
    COMPARED: "compare numbers",
}
"""What is said of the claims of each kind; a claim that returns what it was coded from reproduces nothing."""


def verdict_lines(examination: "Examination", known: Sequence[Known] = ()) -> tuple[str, ...]:
    """The verdict as lines of plain text of at most 80 columns: counts, every disagreement in words, the findings.

    `known` are the findings that the paper knows.
    """
    outcomes = examination.outcomes
    told = [one for one in outcomes if one.verdict == DISAGREES or not one.is_expected]
    return (
        *_tally(outcomes),
        *(("", _heading(told)) if told else ()),
        *(line for one in told for line in _disagreement(one, examination)),
        "",
        *_findings(examination.findings, known),
    )


def text_lines(guarded: Mapping[str, str]) -> tuple[str, ...]:
    """What the guards say of each edition's text, by its file; once of those of which they say the same."""
    same: dict[str, list[str]] = {}
    for file, said in guarded.items():
        same.setdefault(said, []).append(file)
    headed = {said: f"The text of {' and '.join(files)}" for said, files in same.items()}
    return tuple(line for said, heading in headed.items() for line in ("", heading, *wrapped(said)))


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

    console = console or Console()
    severity, number = "", number or {}
    for finding in findings:
        if finding.severity != severity:
            severity = finding.severity
            _print_wrapped(f"\n[bold]{severity}[/]: [dim]{SEVERITIES[severity]}[/]", console)
        places = ", ".join(dict.fromkeys(finding.locators))
        told = f"{_plain(finding.message[ENGLISH])} [dim]{_plain(finding.assumption[ENGLISH])}[/]"
        marks = f"{number.get(finding.id, 'new')} [cyan]{finding.id}[/] [dim]from {finding.follows}[/]"
        _print_wrapped(f"{told}\n{marks} [dim]{places}[/]", console, "  ")
    console.print(f"\n[bold]{_count_of(findings)}[/]", *_severities(findings), sep="\n", highlight=False)
    if assumptions:
        console.print("\n[bold]assumed[/] [dim]by this package, not stated[/]", highlight=False)
    for one in assumptions:
        on = [number.get(found.id, "new") for found in findings if is_of(found.id, one.findings)]
        told = " ".join(_plain(text[ENGLISH]) for text in (one.says, one.reason))
        rests = f" [dim]findings: {', '.join(on)}[/]" if on else ""
        otherwise = f"[dim]Otherwise: {_plain(one.otherwise[ENGLISH])}[/]"
        _print_wrapped(f"[cyan]{one.id}[/] {told} {otherwise}{rests}", console, "  ")
    _print_wrapped("[dim]No rule can see: " + "; ".join(UNSEEN) + ".[/]", console)


def _print_wrapped(told: str, console: "Console", indent: str = "") -> None:
    """In the console's width; no line ends with blanks."""
    from rich.text import Text

    for line in Text.from_markup(told).wrap(console, console.width - len(indent)):
        line.rstrip()
        console.print(Text(indent).append_text(line), highlight=False, soft_wrap=True)


def _tally(outcomes: Sequence[Outcome]) -> Iterator[str]:
    counts = count(outcomes)
    unexpected = counts["unexpected"]
    yield f"{_number(len(outcomes), 'claim')}, {f'{unexpected} not' if unexpected else 'all'} as expected"
    yield from _listed(f"{counts[one]} {_plural(one, counts[one])}" for one in VERDICTS if counts[one])
    kinds = [f"{counts[kind]} {told}" for kind, told in KINDS.items() if counts[kind]]
    yield from _listed(kinds, "by kind: ")


def _heading(told: Sequence[Outcome]) -> str:
    expected = all(one.is_expected for one in told)
    what = ": what is said, what the data give (where)" if expected else ", or are not as expected"
    return f"{_number(len(told), 'claim')} the data do not bear out{what}"


def _disagreement(outcome: Outcome, examination: "Examination") -> list[str]:
    """What is published, what the data give, and where: `height of A: “3”, data 4 (Table 1)`."""
    words, claim = examination.ledger.words, examination.ledger.stated.get(outcome.id)
    place = words.place(outcome.locator)[ENGLISH]
    if claim is None:
        told = f"{outcome.published}: {ANSWERS.get(outcome.recomputed, UNDECIDED)}"
    else:
        number = examination.numbers[outcome.number]
        given = words.figure(number.value, claim.unit, digits=max(number.digits, 0) + 2)[ENGLISH]
        told = f"{words.subject(claim)[ENGLISH]}: {_quoted(outcome, examination)}, data {given}"
    told += f" {_kept(f'({place})')}"
    if not outcome.is_expected:
        told += f"; {outcome.id}: expected {outcome.expected}, found {outcome.verdict}"
    return _freed(wrapped(told, EXPECTED if outcome.is_expected else UNEXPECTED))


def _quoted(outcome: Outcome, examination: "Examination") -> str:
    """The words as printed; those of another language are marked, by the place's language or the manuscript's."""
    said = f"“{outcome.published}”"
    parts = (part for part in outcome.locator.split(".") if part in CODES)
    code = next(parts, examination.ledger.words.manuscript).partition("-")[0]
    if code == ENGLISH or not any(mark.isalpha() for mark in outcome.published):
        return said
    from babel import Locale

    return f"{said} ({Locale.parse(code).english_name})"


def _plural(verdict: str, number: int) -> str:
    return verdict.replace("agrees", "agree", 1) if number != 1 else verdict


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def _findings(findings: Sequence[Finding], known: Sequence[Known]) -> Iterator[str]:
    number, found = numbered(known), {finding.id for finding in findings}
    new = [finding for finding in findings if finding.id not in number]
    gone = [row for row in known if row.finding not in found]
    yield f"{_count_of(findings)}: {len(new) or 'none'} new, {len(gone) or 'none'} gone"
    yield from _severities(findings)
    for finding in new:
        yield from wrapped(f"new: {finding.message[ENGLISH]}", UNEXPECTED)
    for row in gone:
        yield from wrapped(f"gone: {row.id} {row.finding}", UNEXPECTED)


def _count_of(findings: Sequence[Finding]) -> str:
    source = paper_settings().article.called_in(language(ENGLISH))
    return f"{_number(len(findings), 'finding')} about {source}"


def _severities(findings: Sequence[Finding]) -> list[str]:
    counts = Counter(finding.severity for finding in findings)
    return _listed(f"{counts[severity]} {severity}" for severity in SEVERITIES if counts[severity])


def _listed(parts: Iterable[str], begins: str = "") -> list[str]:
    """Parts with a dot between, in lines that end between two parts."""
    kept = " · ".join(map(_kept, parts))
    return _freed(wrapped(begins + kept)) if kept else []


def _kept(text: str) -> str:
    """A text that stays on one line when it is wrapped."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def _freed(lines: Iterable[str]) -> list[str]:
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def wrapped(text: str, mark: str = "") -> list[str]:
    """A text in lines of at most 80 columns, indented; no word is cut."""
    begins = f"  {mark} " if mark else "  "
    return textwrap.wrap(
        text,
        COLUMNS,
        initial_indent=begins,
        subsequent_indent=" " * len(begins),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _plain(text: str) -> str:
    """Text in which square brackets are no markup."""
    return text.replace("[", r"\[")
